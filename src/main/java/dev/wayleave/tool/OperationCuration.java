package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Operation;
import dev.wayleave.tool.Handling.Access;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code x-mcp} says of an operation; null is what it does not say.
 *
 * @param asks what is asked before it is called
 * @param arguments how its body stands among the arguments
 * @param keyHeader the header in which the platform takes an idempotency key
 * @param scopes what is needed, whatever the operation's {@code security} says
 */
record OperationCuration(
        @Nullable Boolean expose,
        @Nullable String name,
        @Nullable String title,
        @Nullable String description,
        @Nullable ScopeRequirement scopes,
        Hints hints,
        @Nullable Boolean safe,
        @Nullable Boolean idempotent,
        @Nullable String keyHeader,
        @Nullable Access access,
        @Nullable Duration cacheTtl,
        @Nullable Boolean confirm,
        List<Ask> asks,
        @Nullable ArgumentStyle arguments,
        @Nullable ResultShape result,
        @Nullable TaskCuration task) {
    static final Pattern TOOL_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
    private static final int LONGEST_ORIGIN = 256;
    private static final Pattern POINTER = Pattern.compile("(/([^/~]|~[01])*)*");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,6})(ms|s|m|h)");
    static final OperationCuration NONE = new OperationCuration(
            null, null, null, null, null, Hints.NONE, null, null, null, null, null, null, List.of(), null, null, null);

    /** The annotations as MCP spells them. */
    record Hints(
            @Nullable Boolean readOnly,
            @Nullable Boolean destructive,
            @Nullable Boolean idempotent,
            @Nullable Boolean openWorld) {
        static final Hints NONE = new Hints(null, null, null, null);

        static Hints read(Extension x) throws UnusableOperation {
            return new Hints(
                    x.flag("readOnlyHint"),
                    x.flag("destructiveHint"),
                    x.flag("idempotentHint"),
                    x.flag("openWorldHint"));
        }
    }

    static OperationCuration of(Operation operation) throws UnusableOperation {
        JsonNode extension = operation.extensions().get(Extension.NAME);
        return extension == null ? NONE : Extension.read(extension, operation.source(), OperationCuration::read);
    }

    /**
     * The same for a step of a workflow, in whose midst nobody is asked; it says itself what it sends.
     *
     * @param reads whether the step only reads; null to leave what the operation says
     */
    OperationCuration asStep(@Nullable Boolean reads) throws UnusableOperation {
        if (!asks.isEmpty()) {
            throw new UnusableOperation("x-mcp.asks cannot be asked in the midst of a workflow; ask before it");
        }
        return new OperationCuration(
                expose,
                name,
                title,
                description,
                scopes,
                hints,
                reads == null ? safe : reads,
                idempotent,
                null,
                access,
                cacheTtl,
                confirm,
                asks,
                arguments,
                result,
                null);
    }

    static OperationCuration read(Extension x) throws UnusableOperation {
        Hints hints = x.child("annotations", Hints::read);
        x.parsed(
                "origin", "the name of one of upstream.origins", text -> text.length() <= LONGEST_ORIGIN ? text : null);
        return new OperationCuration(
                x.flag("expose"),
                x.parsed("name", "1 to 64 of A-Z, a-z, 0-9, _ and -", OperationCuration::toolName),
                x.text("title"),
                x.text("description"),
                scopes(x),
                hints == null ? Hints.NONE : hints,
                x.flag("safe"),
                x.flag("idempotent"),
                x.parsed(
                        "idempotency-key",
                        "the name of a header, such as Idempotency-Key",
                        text -> isHeader(text) ? text : null),
                x.choice("access", Map.of("read", Access.READ, "data", Access.DATA, "schema", Access.SCHEMA)),
                x.child("cache", OperationCuration::ttl),
                x.flag("confirm"),
                AskCuration.read(x),
                x.choice("arguments", ArgumentStyle.BY_NAME),
                x.child("result", OperationCuration::result),
                x.child("task", TaskCuration::read));
    }

    static @Nullable ScopeRequirement scopes(Extension x) throws UnusableOperation {
        List<List<String>> alternatives = x.textLists("scopes");
        if (alternatives == null) {
            return null;
        }
        if (!alternatives.stream().flatMap(List::stream).allMatch(ScopeRequirement::isScope)) {
            throw x.wrong("scopes", "names a scope that no token can hold");
        }
        return ScopeRequirement.said(alternatives, x.at("scopes"));
    }

    private static Duration ttl(Extension x) throws UnusableOperation {
        Duration ttl = x.parsed("ttl", "a duration such as 500ms, 60s, 5m or 1h", OperationCuration::duration);
        if (ttl == null) {
            throw x.wrong("ttl", "is missing");
        }
        return ttl;
    }

    static ResultShape result(Extension x) throws UnusableOperation {
        return new ResultShape(
                pointer(x, "pointer"),
                paths(x, "merge"),
                paths(x, "keep"),
                paths(x, "drop"),
                x.names("rename"),
                pointer(x, "more"));
    }

    private static String pointer(Extension x, String key) throws UnusableOperation {
        String pointer = x.parsed(key, "a JSON pointer such as /data/items", text -> isPointer(text) ? text : null);
        return pointer == null ? "" : pointer;
    }

    private static List<String> paths(Extension x, String key) throws UnusableOperation {
        List<String> paths = x.texts(key);
        return paths == null ? List.of() : paths;
    }

    static boolean isHeader(String text) {
        return HEADER.matcher(text).matches();
    }

    static boolean isPointer(String text) {
        return POINTER.matcher(text).matches();
    }

    private static @Nullable String toolName(String text) {
        return TOOL_NAME.matcher(text).matches() ? text : null;
    }

    static @Nullable Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
