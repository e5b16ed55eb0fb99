package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters, request bodies and responses of OpenAPI 3. */
final class OpenApi3Parts implements OperationParts {
    private final Reading reading;
    private final OpenApi3Parameter parameters;
    private final OpenApi3Encoding encodings;

    OpenApi3Parts(Reading reading) {
        this.reading = reading;
        this.encodings = new OpenApi3Encoding(reading);
        this.parameters = new OpenApi3Parameter(reading, encodings);
    }

    @Override
    public Inputs inputs(Place pathItem, Place operation) throws Unreadable {
        List<Parameter> read = new ArrayList<>();
        boolean query = false;
        boolean querystring = false;
        for (DeclaredParameter declared : DeclaredParameter.of(pathItem, operation, reading)) {
            Parameter parameter = parameters.read(declared);
            query |= parameter.in() == Parameter.In.QUERY;
            if (parameter.in() == Parameter.In.QUERYSTRING && (querystring || query)) {
                throw new Unreadable(
                        declared.use(), "a `querystring` is the whole query; another parameter is in it too");
            }
            querystring |= parameter.in() == Parameter.In.QUERYSTRING;
            read.add(parameter);
        }
        if (query && querystring) {
            throw new Unreadable(operation, "a `querystring` is the whole query; another parameter is in it too");
        }
        Place body = operation.member("requestBody");
        return new Inputs(read, body.exists() ? body(body) : null);
    }

    private @Nullable RequestBody body(Place use) throws Unreadable {
        Place body = reading.object(use, "a request body");
        List<MediaType> content = content(body.member("content"), Direction.REQUEST);
        if (content.isEmpty()) {
            reading.findings().warning(body, "the request body has no content; left out");
            return null;
        }
        return new RequestBody(reading.flag(body, "required", false), description(use, body), content);
    }

    @Override
    public Map<String, Response> responses(Place operation) throws Unreadable {
        Map<String, Response> responses = new LinkedHashMap<>();
        Place declared = operation.member("responses");
        if (declared.exists() && !declared.node().isObject()) {
            throw new Unreadable(declared, "`responses` is an object");
        }
        for (Place use : declared.members()) {
            String status = status(use.token());
            if (status != null) {
                Place response = reading.object(use, "a response");
                List<MediaType> content = content(response.member("content"), Direction.RESPONSE);
                responses.put(status, new Response(description(use, response), content));
            } else if (!use.token().startsWith("x-")) {
                reading.findings().warning(use, "is no status code; left out");
            }
        }
        return responses;
    }

    /** Null for what is neither a code, nor a range, nor {@code default}. */
    static @Nullable String status(String token) {
        String upper = token.toUpperCase(Locale.ROOT);
        return upper.matches("[1-5]([0-9]{2}|XX)") ? upper : token.equals("default") ? token : null;
    }

    /** Beside a reference a description may stand that tells more than the one it leads to (3.1 §4.8.23). */
    private @Nullable String description(Place use, Place object) {
        JsonNode beside = References.isReference(use.node()) ? use.node().path("description") : object.node();
        return beside.isTextual() ? beside.textValue() : reading.text(object, "description");
    }

    private List<MediaType> content(Place content, Direction direction) throws Unreadable {
        if (content.exists() && !content.node().isObject()) {
            throw new Unreadable(content, "`content` is an object");
        }
        List<MediaType> types = new ArrayList<>();
        for (Place use : content.members()) {
            String name = use.token().toLowerCase(Locale.ROOT).strip();
            if (name.startsWith("x-")) {
                continue;
            }
            if (name.indexOf('/') < 1 || name.chars().anyMatch(Character::isISOControl)) {
                reading.findings().warning(use, "is no media type; left out");
                continue;
            }
            Place type = reading.object(use, "a media type");
            types.add(encodings.of(type, name, schema(type, direction)));
        }
        return types;
    }

    private @Nullable Schema schema(Place type, Direction direction) throws Unreadable {
        Place schema = type.member("schema");
        if (schema.exists()) {
            return reading.schemas().at(schema, direction);
        }
        Place item = type.member("itemSchema");
        if (reading.version() != Version.V3_2 || !item.exists()) {
            return null;
        }
        ObjectNode sequence = JsonNodeFactory.instance.objectNode().put("type", "array");
        sequence.set("items", item.node());
        return reading.schemas().at(item.holding(sequence), direction);
    }
}
