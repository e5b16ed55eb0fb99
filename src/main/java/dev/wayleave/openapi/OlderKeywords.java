package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** What 2.0 and 3.0 say of a whole schema with keywords that 2020-12 does not have. */
final class OlderKeywords {
    /** What describes a value without constraining it. */
    static final Set<String> ANNOTATIONS = Set.of(
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "$comment",
            "$anchor",
            "$dynamicAnchor",
            "x-mcp");

    private static final List<String> SAME_VALUE = List.of("$ref", "allOf", "anyOf", "oneOf", "not", "const");

    private OlderKeywords() {}

    /** Finishes {@code out}, the converted members of {@code schema}. */
    static ObjectNode finish(Place schema, Version version, ObjectNode out, Remarks remarks) {
        if (!remarks.isEmpty()) {
            out.put("description", remarks.after(out.path("description").asText("")));
        }
        if (remarks.hasLooserNames()) {
            out.remove(List.of("additionalProperties", "unevaluatedProperties"));
        }
        withoutHalves(out);
        if (version.hasJsonSchema()) {
            return out;
        }
        binary(schema, out);
        return isTrue(schema.node().path("nullable")) || isTrue(schema.node().path("x-nullable")) ? nullable(out) : out;
    }

    private static boolean isTrue(JsonNode flag) {
        return flag.isBoolean() && flag.booleanValue();
    }

    /** Keywords that mean nothing without one another, which strict validators refuse. */
    private static void withoutHalves(ObjectNode out) {
        if (!out.has("if") || !(out.has("then") || out.has("else"))) {
            out.remove(List.of("if", "then", "else"));
        }
        if (!out.has("contains")) {
            out.remove(List.of("minContains", "maxContains"));
        }
    }

    /** Bytes, in the words of 3.1 (OpenAPI 3.1 §4.8.14.4), beside the formats that named them before. */
    private static void binary(Place schema, ObjectNode out) {
        boolean file = schema.node().path("type").asText("").equals("file");
        if (file) {
            out.put("format", "binary");
        }
        String format = out.path("format").asText("");
        if (format.equals("binary") && !out.has("contentMediaType")) {
            out.put("contentMediaType", "application/octet-stream");
        } else if (format.equals("byte") && !out.has("contentEncoding")) {
            out.put("contentEncoding", "base64");
        }
    }

    private static ObjectNode nullable(ObjectNode out) {
        if (SAME_VALUE.stream().anyMatch(out::has)) {
            return orNull(out);
        }
        JsonNode type = out.path("type");
        if (type.isTextual() && !type.textValue().equals("null")) {
            out.putArray("type").add(type).add("null");
        } else if (type.isArray()
                && type.valueStream().noneMatch(t -> t.asText().equals("null"))) {
            ((ArrayNode) type).add("null");
        }
        JsonNode values = out.path("enum");
        if (values.isArray() && values.valueStream().noneMatch(JsonNode::isNull)) {
            ArrayNode more = JsonNodeFactory.instance.arrayNode(values.size() + 1);
            values.forEach(more::add);
            out.set("enum", more.add(NullNode.instance));
        }
        return out;
    }

    private static ObjectNode orNull(ObjectNode out) {
        ObjectNode inner = JsonNodeFactory.instance.objectNode();
        ObjectNode outer = JsonNodeFactory.instance.objectNode();
        for (var member : out.properties()) {
            (ANNOTATIONS.contains(member.getKey()) ? outer : inner).set(member.getKey(), member.getValue());
        }
        JsonNode only = inner.size() == 1 ? inner.get("$ref") : null;
        outer.putArray("anyOf").add(only != null ? only : inner).addObject().put("type", "null");
        return outer;
    }
}
