package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encoding objects of OpenAPI 3 as they stand, their headers without references: of each header what is left is
 * {@code required} and its {@code schema} (3.2 §4.15).
 */
final class OpenApi3Encoding {
    private static final Set<String> READ = Set.of("headers", "encoding", "prefixEncoding", "itemEncoding");
    private static final int DEEPEST = 4;
    private final Reading reading;

    OpenApi3Encoding(Reading reading) {
        this.reading = reading;
    }

    MediaType of(Place type, String name, @Nullable Schema schema) throws Unreadable {
        Place item = type.member("itemEncoding");
        return new MediaType(
                name, schema, byName(type, 0), byPosition(type, 0), item.node().isObject() ? encoding(item, 0) : null);
    }

    private Map<String, JsonNode> byName(Place holder, int depth) throws Unreadable {
        Map<String, JsonNode> encodings = new LinkedHashMap<>();
        for (Place property : holder.member("encoding").members()) {
            encodings.put(property.token(), encoding(property, depth));
        }
        return encodings;
    }

    private List<JsonNode> byPosition(Place holder, int depth) throws Unreadable {
        List<JsonNode> encodings = new ArrayList<>();
        for (Place part : holder.member("prefixEncoding").elements()) {
            encodings.add(encoding(part, depth));
        }
        return encodings;
    }

    private JsonNode encoding(Place place, int depth) throws Unreadable {
        if (!(place.node() instanceof ObjectNode told)) {
            return place.node();
        }
        if (depth > DEEPEST) {
            throw new Unreadable(place, "multipart bodies stand within each other more than " + DEEPEST + " deep");
        }
        ObjectNode encoding = told.objectNode();
        told.properties().stream()
                .filter(member -> !READ.contains(member.getKey()))
                .forEach(member -> encoding.set(member.getKey(), member.getValue()));
        for (Place use : place.member("headers").members()) {
            if (!use.token().equalsIgnoreCase("Content-Type")) {
                encoding.withObject("/headers").set(use.token(), header(use));
            }
        }
        byName(place, depth + 1)
                .forEach((name, inner) -> encoding.withObject("/encoding").set(name, inner));
        List<JsonNode> parts = byPosition(place, depth + 1);
        if (!parts.isEmpty()) {
            ArrayNode all = encoding.putArray("prefixEncoding");
            parts.forEach(all::add);
        }
        if (place.member("itemEncoding").node().isObject()) {
            encoding.set("itemEncoding", encoding(place.member("itemEncoding"), depth + 1));
        }
        return encoding;
    }

    private ObjectNode header(Place use) throws Unreadable {
        Place header = reading.object(use, "a header");
        Place schema = header.member("schema");
        for (Place type : header.member("content").members()) {
            schema = reading.object(type, "a media type").member("schema");
        }
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("required", reading.flag(header, "required", false));
        if (schema.exists()) {
            told.set("schema", reading.schemas().at(schema, Direction.REQUEST).json());
        }
        return told;
    }
}
