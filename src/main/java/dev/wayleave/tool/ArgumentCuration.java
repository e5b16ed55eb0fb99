package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.sql.SqlGate;
import dev.wayleave.sql.SqlKind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code x-mcp} says of a parameter or of a property of a body.
 *
 * @param name what agents call it; null for the description's name
 * @param bind where its value comes from; null where it comes from the agent
 * @param value {@code default}
 * @param reject keywords that narrow what is accepted; null for none
 * @param forbid names of members that stand nowhere in it
 * @param forbidOwn names of members that it does not have itself
 * @param sql the statements that its text may be; null for any text
 * @param header what of {@code Mcp-Param-…} repeats it; null for no header
 */
record ArgumentCuration(
        @Nullable String name,
        boolean hidden,
        @Nullable Bind bind,
        @Nullable JsonNode value,
        @Nullable Bounds clamp,
        @Nullable Bounds reject,
        List<String> forbid,
        List<String> forbidOwn,
        @Nullable SqlGate sql,
        @Nullable String header) {
    private static final Map<String, SqlKind> SQL_KINDS =
            Arrays.stream(SqlKind.values()).collect(Collectors.toMap(SqlKind::word, Function.identity()));

    /** Where the value of an argument comes from that no agent can set. */
    sealed interface Bind {
        /** The caller's token. */
        record Claim(String path) implements Bind {}

        /** The overlay itself. */
        record Const(JsonNode value) implements Bind {}

        /** The answer of another operation. */
        record Lookup(String operation, String pointer) implements Bind {}
    }

    /** Null for none on that side. */
    record Bounds(@Nullable JsonNode minimum, @Nullable JsonNode maximum) {
        static Bounds read(Extension x) throws UnusableOperation {
            Bounds bounds = new Bounds(x.number("minimum"), x.number("maximum"));
            if (bounds.minimum == null && bounds.maximum == null) {
                throw new UnusableOperation(x.source(), "gives neither `minimum` nor `maximum`");
            }
            if (bounds.minimum != null
                    && bounds.maximum != null
                    && bounds.minimum.decimalValue().compareTo(bounds.maximum.decimalValue()) > 0) {
                throw x.wrong("minimum", "is more than `maximum`");
            }
            return bounds;
        }
    }

    /** Knows the bounds of the schema, which {@code clamp: true} means. */
    static ArgumentCuration read(Extension x, JsonNode schema) throws UnusableOperation {
        String name = x.parsed(
                "name", "1 to 64 of A-Z, a-z, 0-9, _, . and -", text -> ArgumentNames.isName(text) ? text : null);
        Boolean hidden = x.flag("hidden");
        Bind bind = x.child("bind", ArgumentCuration::bind);
        JsonNode value = x.value("default");
        if (bind != null && Boolean.FALSE.equals(hidden)) {
            throw x.wrong("hidden", "is false, and a value that is bound is always hidden");
        }
        if (bind != null && value != null) {
            throw x.wrong("default", "says nothing where the value is bound");
        }
        String header = x.parsed("header", "1 to 64 characters of an HTTP token", MirroredHeaders::name);
        boolean isHidden = bind != null || Boolean.TRUE.equals(hidden);
        if (header != null && isHidden) {
            throw x.wrong("header", "says nothing where the value is hidden");
        }
        Bounds reject = x.child("reject", Bounds::read);
        SqlGate sql = x.child("sql", ArgumentCuration::sql);
        if (sql != null && (isHidden || !isText(schema))) {
            throw x.wrong("sql", "is for a text that agents write: its type is string, and it is not hidden");
        }
        return new ArgumentCuration(
                name,
                isHidden,
                bind,
                value,
                clamp(x, schema),
                reject,
                names(x, "forbid"),
                names(x, "forbid-own"),
                sql,
                header);
    }

    private static List<String> names(Extension x, String key) throws UnusableOperation {
        List<String> names = x.texts(key);
        return names == null ? List.of() : names;
    }

    private static boolean isText(JsonNode schema) {
        return schema.path("type").asText().equals("string");
    }

    private static SqlGate sql(Extension x) throws UnusableOperation {
        if (x.choice("dialect", Map.of("sqlite", true)) == null) {
            throw new UnusableOperation(x.source(), "names no `dialect`; the one that is known is sqlite");
        }
        List<String> allow = x.texts("allow");
        if (allow == null || allow.isEmpty() || !SQL_KINDS.keySet().containsAll(allow)) {
            throw x.wrong("allow", "is a list of " + String.join(", ", new TreeSet<>(SQL_KINDS.keySet())));
        }
        Map<SqlKind, String> instead = new EnumMap<>(SqlKind.class);
        for (var one : x.names("instead").entrySet()) {
            SqlKind kind = SQL_KINDS.get(one.getKey());
            if (kind == null || allow.contains(one.getKey())) {
                throw x.wrong("instead", "names tools by what is not in `allow`");
            }
            instead.put(kind, one.getValue());
        }
        return new SqlGate(allow.stream().map(SQL_KINDS::get).collect(Collectors.toSet()), instead);
    }

    private static Bind bind(Extension x) throws UnusableOperation {
        String claim = x.text("claim");
        JsonNode constant = x.value("const");
        Bind.Lookup lookup = x.child("lookup", ArgumentCuration::lookup);
        int said = (claim == null ? 0 : 1) + (constant == null ? 0 : 1) + (lookup == null ? 0 : 1);
        if (said != 1) {
            throw new UnusableOperation(x.source(), "says one of `claim`, `const` and `lookup`");
        }
        return claim != null ? new Bind.Claim(claim) : constant != null ? new Bind.Const(constant) : required(lookup);
    }

    private static Bind required(Bind.@Nullable Lookup lookup) {
        if (lookup == null) {
            throw new IllegalStateException("nothing is bound");
        }
        return lookup;
    }

    private static Bind.Lookup lookup(Extension x) throws UnusableOperation {
        String operation = x.text("operation");
        String pointer = x.text("pointer");
        if (operation == null || pointer == null) {
            throw new UnusableOperation(x.source(), "names an `operation` and a `pointer` into its answer");
        }
        return new Bind.Lookup(operation, pointer);
    }

    private static @Nullable Bounds clamp(Extension x, JsonNode schema) throws UnusableOperation {
        JsonNode said = x.value("clamp");
        if (said == null || !said.isBoolean()) {
            return x.child("clamp", Bounds::read);
        }
        if (!said.booleanValue()) {
            return null;
        }
        Bounds own = new Bounds(number(schema, "minimum"), number(schema, "maximum"));
        if (own.minimum == null && own.maximum == null) {
            throw x.wrong("clamp", "is true, and the schema has neither `minimum` nor `maximum`");
        }
        return own;
    }

    private static @Nullable JsonNode number(JsonNode schema, String keyword) {
        return schema.path(keyword).isNumber() ? schema.path(keyword) : null;
    }
}
