package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.FakePlatform.Received;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the value of {@code v} out of a raw request as a platform would: it splits by the style, then decodes. */
final class IndependentReader {
    private final String in;
    private final String style;
    private final boolean explode;
    private final String type;

    IndependentReader(String place, String type) {
        String[] words = place.split(" ", 0);
        this.in = words[0];
        this.style = words[1];
        this.explode = words.length > 2 && words[2].equals("true");
        this.type = type;
    }

    JsonNode read(Received received) {
        return switch (in) {
            case "path" -> segment(received.target().split("/", -1)[2]);
            case "query" -> pairs(List.of(query(received).split("&", -1)), this::uri);
            case "header" -> list(received.header("v").getFirst(), ",", text -> text);
            case "cookie" ->
                pairs(
                        List.of(received.header("Cookie").getFirst().split("; ", -1)),
                        style.equals("cookie") ? t -> t : this::uri);
            default ->
                switch (style) {
                    case "json" -> json(received.body());
                    case "form" -> pairs(List.of(received.body().split("&", -1)), this::form);
                    default -> pairs(parts(received.body()), text -> text);
                };
        };
    }

    /** What stands between the boundaries, as pairs of the one name. */
    private static List<String> parts(String body) {
        List<String> pairs = new ArrayList<>();
        for (String part : body.split("--BOUNDARY(-BOUNDARY)*(--)?\r\n", -1)) {
            if (!part.isEmpty()) {
                assertThat(part).startsWith("Content-Disposition: form-data; name=\"v\"\r\n");
                int head = part.indexOf("\r\n\r\n");
                pairs.add("v=" + part.substring(head + 4, part.length() - 2));
            }
        }
        return pairs;
    }

    private static String query(Received received) {
        return received.target().substring(received.target().indexOf('?') + 1);
    }

    private interface Decoder {
        String of(String text);
    }

    private String uri(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private String form(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private JsonNode json(String text) {
        try {
            return normal(Mounted.JSON.readTree(text).path("v"));
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private JsonNode segment(String segment) {
        return switch (style) {
            case "label" -> list(segment.substring(1), explode ? "." : ",", this::uri);
            case "matrix" -> {
                List<String> pairs =
                        new ArrayList<>(List.of(segment.substring(1).split(";", -1)));
                pairs.replaceAll(pair -> pair.contains("=") ? pair : pair + "=");
                yield pairs(pairs, this::uri);
            }
            default -> list(segment, ",", this::uri);
        };
    }

    private JsonNode pairs(List<String> pairs, Decoder decoder) {
        boolean form = in.equals("body");
        if (type.equals("object") && !form && (explode || style.equals("deepObject"))) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (String pair : pairs) {
                String name = decoder.of(pair.substring(0, pair.indexOf('=')));
                String member = style.equals("deepObject") ? name.substring("v[".length(), name.length() - 1) : name;
                assertThat(style.equals("deepObject") && (member.contains("[") || member.contains("]")))
                        .as("another member than " + member)
                        .isFalse();
                object.put(member, decoder.of(pair.substring(pair.indexOf('=') + 1)));
            }
            return object;
        }
        if (type.equals("array") && (explode || form)) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            pairs.forEach(pair -> array.add(decoder.of(pair.substring("v=".length()))));
            return array;
        }
        String value = pairs.getFirst().substring("v=".length());
        if (type.equals("object") && form) {
            return json("{\"v\":" + decoder.of(value) + "}");
        }
        String delimiter = switch (style) {
            case "spaceDelimited" -> "%20";
            case "pipeDelimited" -> "%7C";
            default -> ",";
        };
        return list(value, delimiter, decoder);
    }

    private JsonNode list(String text, String delimiter, Decoder decoder) {
        List<String> parts = List.of(text.split(Pattern.quote(delimiter), -1));
        if (type.equals("array")) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            parts.forEach(part -> array.add(decoder.of(part)));
            return array;
        }
        if (type.equals("object")) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            if (explode) {
                parts.forEach(part -> object.put(
                        decoder.of(part.substring(0, part.indexOf('='))),
                        decoder.of(part.substring(part.indexOf('=') + 1))));
            } else {
                for (int i = 0; i < parts.size(); i += 2) {
                    object.put(decoder.of(parts.get(i)), decoder.of(parts.get(i + 1)));
                }
            }
            return object;
        }
        return normal(JsonNodeFactory.instance.textNode(decoder.of(text)));
    }

    private JsonNode normal(JsonNode value) {
        if (type.equals("number") || type.equals("integer")) {
            return JsonNodeFactory.instance.textNode(
                    new BigDecimal(value.asText()).stripTrailingZeros().toPlainString());
        }
        return value.isContainerNode() ? value : JsonNodeFactory.instance.textNode(value.asText());
    }
}
