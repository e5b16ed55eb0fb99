package dev.wayleave.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The requests to the platform that a log tells of, as far as the values are in it: never a credential, no header that nobody
 * set, and a placeholder for each value that was not kept.
 */
public final class Replay {
    private static final Pattern METHOD = Pattern.compile("[A-Z]+ ");

    private Replay() {}

    /**
     * Gives one object for each call that was sent, in the order in which they ended, and at last one for each that was about
     * to be sent and of whose end nothing is told.
     */
    public static void each(InputStream in, Consumer<ObjectNode> requests) throws IOException {
        Map<String, JsonNode> started = new LinkedHashMap<>();
        LineReader lines = new LineReader(in);
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            JsonNode record = read(line);
            String id = record.path("id").asText();
            switch (record.path("type").asText()) {
                case "started" -> started.put(id, record);
                case "call" -> {
                    started.remove(id);
                    if (record.path("attempts").asInt() > 0) {
                        ended(record, requests);
                    }
                }
                default -> {}
            }
        }
        started.values().forEach(record -> requests.accept(unknown(record)));
    }

    private static void ended(JsonNode record, Consumer<ObjectNode> requests) {
        if (record.has("steps")) {
            record.path("steps").forEach(step -> {
                if (step.path("attempts").asInt() > 0) {
                    requests.accept(request(record, step));
                }
            });
            JsonNode dropped = record.path("dropped").path("steps");
            if (!dropped.isMissingNode()) {
                ObjectNode others = named(record);
                others.set("dropped", dropped);
                requests.accept(others);
            }
        } else if (record.path("operation").asText().contains(" ")) {
            ObjectNode request = request(record);
            request.set("attempts", record.path("attempts"));
            request.set("outcome", record.path("outcome"));
            requests.accept(request);
        }
    }

    /** Whether and how often it was sent, and which of its steps, only the platform knows. */
    private static ObjectNode unknown(JsonNode record) {
        ObjectNode request;
        if (METHOD.matcher(record.path("operation").asText()).lookingAt()) {
            request = request(record);
        } else {
            request = named(record);
            request.set("operation", record.path("operation"));
            request.putArray("missing").add("all");
        }
        return request.put("outcome", "unknown");
    }

    private static JsonNode read(byte[] line) {
        try {
            return line.length > Chain.LONGEST_LINE
                    ? JsonNodeFactory.instance.missingNode()
                    : Chain.JSON.readTree(line);
        } catch (IOException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    /** What a step sent, of which only the operation is kept. */
    private static ObjectNode request(JsonNode record, JsonNode step) {
        ObjectNode request = named(record);
        String[] operation = step.path("operation").asText().split(" ", 2);
        request.set("step", step.path("id"));
        request.put("method", operation[0]);
        request.put("target", operation.length < 2 ? "" : operation[1]);
        request.putArray("missing").add("all");
        request.set("attempts", step.path("attempts"));
        request.set("outcome", step.path("outcome"));
        return request;
    }

    private static ObjectNode named(JsonNode record) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        for (String field : List.of("time", "id", "platform", "tool")) {
            request.set(field, record.path(field));
        }
        return request;
    }

    private static ObjectNode request(JsonNode record) {
        ObjectNode request = named(record);
        String[] operation = record.path("operation").asText().split(" ", 2);
        List<String> missing = new ArrayList<>();
        record.path("arguments").forEach(name -> missing.add(name.asText()));
        String path = operation[1];
        List<String> query = new ArrayList<>();
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        JsonNode body = properties;
        for (JsonNode value : record.path("values")) {
            JsonNode kept = value.get("value");
            if (kept == null) {
                continue;
            }
            String name = value.path("name").asText();
            missing.remove(value.path("argument").asText());
            switch (value.path("in").asText()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(text(kept)));
                case "query" -> texts(kept).forEach(text -> query.add(encoded(name) + "=" + encoded(text)));
                case "header" -> headers.put(name, text(kept));
                case "property" -> properties.set(name, kept);
                case "body" -> body = kept;
                default -> missing.add(value.path("argument").asText());
            }
        }
        request.put("method", operation[0]);
        request.put("target", path + (query.isEmpty() ? "" : "?" + String.join("&", query)));
        if (!headers.isEmpty()) {
            request.set("headers", headers);
        }
        if (!body.isObject() || !body.isEmpty()) {
            request.set("body", body);
        }
        ArrayNode names = request.putArray("missing");
        missing.forEach(names::add);
        return request;
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> texts.add(text(item)));
        } else {
            texts.add(text(value));
        }
        return texts;
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
