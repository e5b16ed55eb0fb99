package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Schema;
import dev.wayleave.openapi.Source;
import dev.wayleave.tool.ArgumentCuration.Bind;
import dev.wayleave.tool.ArgumentCuration.Bounds;
import dev.wayleave.tool.ArgumentPath.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes {@code x-mcp} out of the schemas of a tool's arguments and makes treatments of it. Where it stands in a place that
 * no treatment can reach, the operation is unusable: what was to be hidden must never be shown.
 */
final class ArgumentsCuration {
    /** Schemas for the same value as the one that they are in. */
    private static final Set<String> SAME_VALUE = Set.of("allOf", "anyOf", "oneOf");

    private static final Set<String> NOT_SCHEMAS = Set.of("default", "const", "enum", "examples");
    private final Source operation;
    private final Predicate<ArgumentPath> shown;
    private final List<Treatment> treatments = new ArrayList<>();
    private final Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    ArgumentsCuration(Source operation) {
        this(operation, path -> false);
    }

    /** @param shown what is not hidden although it is said to be, unless it is bound */
    ArgumentsCuration(Source operation, Predicate<ArgumentPath> shown) {
        this.operation = operation;
        this.shown = shown;
    }

    /** What is left of the schema; null for one that is hidden. */
    record Visible(JsonNode schema, boolean required) {}

    List<Treatment> treatments() {
        return treatments;
    }

    @Nullable
    Visible argument(String argument, JsonNode schema, boolean required) throws UnusableOperation {
        return visible(schema, new ArgumentPath(argument, List.of()), required);
    }

    /** A definition can be of any argument, so that nothing can be said of its parts. */
    void definition(JsonNode schema) throws UnusableOperation {
        refuseWithin(schema);
    }

    /** Of a body whose schema agents are not asked for, because it goes as text or bytes, nothing can be kept to. */
    void lost(Schema schema) throws UnusableOperation {
        refuseWithin(schema.json());
        for (JsonNode definition : schema.definitions().values()) {
            refuseWithin(definition);
        }
    }

    private @Nullable Visible visible(JsonNode schema, ArgumentPath path, boolean required) throws UnusableOperation {
        JsonNode extension = schema.get(Extension.NAME);
        if (extension == null) {
            return new Visible(inside(schema, path), required);
        }
        ArgumentCuration said = Extension.read(extension, operation, x -> ArgumentCuration.read(x, schema));
        if (said.name() != null && !path.steps().isEmpty()) {
            throw new UnusableOperation(
                    operation.of(extension), "names " + path + ", which is a part of an argument and keeps its name");
        }
        boolean bound = said.bind() != null || said.value() != null;
        if (said.hidden() && (bound || !shown.test(path))) {
            hide(said, path, required, operation.of(extension));
            return null;
        }
        ObjectNode out = (ObjectNode) inside(schema, path);
        JsonNode value = said.value();
        if (value != null) {
            treatments.add(new Treatment.Default(path, value));
            out.set("default", value);
        }
        Bounds clamp = said.clamp();
        if (clamp != null) {
            treatments.add(new Treatment.Clamp(path, decimal(clamp.minimum()), decimal(clamp.maximum())));
            narrow(out, clamp);
        }
        Bounds reject = said.reject();
        if (reject != null) {
            narrow(out, reject);
        }
        if (!said.forbid().isEmpty()) {
            treatments.add(new Treatment.Forbid(path, said.forbid()));
        }
        if (!said.forbidOwn().isEmpty()) {
            treatments.add(new Treatment.ForbidOwn(path, said.forbidOwn()));
        }
        if (said.sql() != null) {
            treatments.add(new Treatment.Sql(path, said.sql()));
        }
        mirror(said.header(), path, out, operation.of(extension));
        return new Visible(out, required && value == null);
    }

    /** Has clients repeat it in a header; a tool that asks for what no header can carry is dropped by clients whole. */
    private void mirror(@Nullable String header, ArgumentPath path, ObjectNode schema, Source source)
            throws UnusableOperation {
        if (header == null) {
            return;
        }
        if (!path.steps().stream().allMatch(Step.Member.class::isInstance) || !MirroredHeaders.mayCarry(schema)) {
            throw new UnusableOperation(
                    source, "`header` is for text, integers and booleans outside of lists, and " + path + " is none");
        }
        if (!headers.add(header)) {
            throw new UnusableOperation(source, "the header " + header + " is that of two arguments");
        }
        schema.put(MirroredHeaders.KEYWORD, header);
    }

    private void hide(ArgumentCuration said, ArgumentPath path, boolean required, Source source)
            throws UnusableOperation {
        treatments.add(new Treatment.Hidden(path));
        JsonNode value = said.value();
        switch (said.bind()) {
            case null -> {
                if (value != null) {
                    treatments.add(new Treatment.Constant(path, value));
                } else if (required) {
                    throw new UnusableOperation(
                            source, "hides " + path + ", which is required, and gives it neither `bind` nor `default`");
                }
            }
            case Bind.Const constant -> treatments.add(new Treatment.Constant(path, constant.value()));
            case Bind.Claim claim -> treatments.add(new Treatment.Claim(path, claim.path()));
            case Bind.Lookup lookup ->
                throw new UnusableOperation(source, "binds " + path + " by a lookup, which is not served yet");
        }
    }

    /** The schema without {@code x-mcp} in it, at any depth. */
    private JsonNode inside(JsonNode schema, ArgumentPath path) throws UnusableOperation {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        Set<String> optional = new HashSet<>();
        for (var member : object.properties()) {
            String keyword = member.getKey();
            JsonNode value = member.getValue();
            if (keyword.equals("properties") && value.isObject()) {
                out.set(keyword, properties(object, path, optional));
            } else if (keyword.equals("items") && value.isObject()) {
                Visible items = visible(value, path.to(new Step.Each()), false);
                out.set(keyword, items == null ? JsonNodeFactory.instance.booleanNode(false) : items.schema());
            } else if (SAME_VALUE.contains(keyword) && value.isArray()) {
                ArrayNode branches = out.putArray(keyword);
                int before = headers.size();
                for (JsonNode branch : value) {
                    refuseOn(branch);
                    branches.add(inside(branch, path));
                }
                if (headers.size() > before) {
                    throw new UnusableOperation(
                            operation, "`header` cannot be kept below `" + keyword + "`, which is not always there");
                }
            } else if (!keyword.equals(Extension.NAME)) {
                if (!NOT_SCHEMAS.contains(keyword)) {
                    refuseWithin(value);
                }
                out.set(keyword, value);
            }
        }
        without(out, optional);
        return out;
    }

    private ObjectNode properties(ObjectNode schema, ArgumentPath path, Set<String> optional) throws UnusableOperation {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (var property : schema.path("properties").properties()) {
            String name = property.getKey();
            Visible visible = visible(property.getValue(), path.to(new Step.Member(name)), required.contains(name));
            if (visible != null) {
                out.set(name, visible.schema());
            }
            if (visible == null || !visible.required()) {
                optional.add(name);
            }
        }
        return out;
    }

    private static void without(ObjectNode schema, Set<String> optional) {
        List<JsonNode> required = new ArrayList<>();
        for (JsonNode name : schema.path("required")) {
            if (!optional.contains(name.asText())) {
                required.add(name);
            }
        }
        if (required.isEmpty()) {
            schema.remove("required");
        } else {
            schema.putArray("required").addAll(required);
        }
    }

    private static void narrow(ObjectNode schema, Bounds bounds) {
        JsonNode minimum = bounds.minimum();
        JsonNode maximum = bounds.maximum();
        JsonNode least = schema.path("minimum");
        JsonNode most = schema.path("maximum");
        if (minimum != null && !(least.isNumber() && least.decimalValue().compareTo(minimum.decimalValue()) >= 0)) {
            schema.set("minimum", minimum);
        }
        if (maximum != null && !(most.isNumber() && most.decimalValue().compareTo(maximum.decimalValue()) <= 0)) {
            schema.set("maximum", maximum);
        }
    }

    private static @Nullable BigDecimal decimal(@Nullable JsonNode number) {
        return number == null ? null : number.decimalValue();
    }

    private void refuseWithin(JsonNode value) throws UnusableOperation {
        refuseOn(value);
        for (JsonNode child : value) {
            refuseWithin(child);
        }
    }

    private void refuseOn(JsonNode schema) throws UnusableOperation {
        JsonNode extension = schema.get(Extension.NAME);
        if (extension != null) {
            throw new UnusableOperation(
                    operation.of(extension),
                    "`x-mcp` cannot be kept here: it stands on parameters, and on properties and items that are not part"
                            + " of a recursion, a condition or a pattern");
        }
    }
}
