package dev.wayleave.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads JSON (RFC 8259, nothing looser) into a tree that knows its lines; a member twice is an error. */
final class JsonTree {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.DEPTH + 1)
                    .maxStringLength(Limits.FILE_BYTES)
                    .build())
            .build();

    private final String name;
    private final JsonParser parser;
    private final Texts texts = new Texts();

    private JsonTree(String name, JsonParser parser) {
        this.name = name;
        this.parser = parser;
    }

    static JsonNode read(String name, byte[] bytes) throws DocumentException {
        try (JsonParser parser = JSON.createParser(bytes)) {
            return new JsonTree(name, parser).document();
        } catch (IOException invalid) {
            throw new DocumentException(new Source(name, "", 0), "is not JSON: " + Texts.oneLine(invalid.getMessage()));
        }
    }

    private JsonNode document() throws IOException, DocumentException {
        try {
            if (parser.nextToken() == null) {
                throw refusedAt(0, "is empty");
            }
            JsonNode root = value(1);
            if (parser.nextToken() != null) {
                throw refused("something follows the end of the document");
            }
            return root;
        } catch (JsonProcessingException invalid) {
            int line = invalid.getLocation() == null ? 0 : invalid.getLocation().getLineNr();
            throw refusedAt(line, "is not JSON: " + Texts.oneLine(invalid.getOriginalMessage()));
        }
    }

    private JsonNode value(int line) throws IOException, DocumentException {
        if (parser.getParsingContext().getNestingDepth() > Limits.DEPTH) {
            throw refused("is nested deeper than " + Limits.DEPTH + " levels");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(line);
            case START_ARRAY -> array();
            case VALUE_STRING -> texts.node(parser.getText());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.instance;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw refused("a value is missing");
        };
    }

    private JsonNode object(int line) throws IOException, DocumentException {
        Map<String, JsonNode> members = new LinkedHashMap<>(4);
        int[] lines = new int[4];
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            int keyLine = line();
            if (members.size() == lines.length) {
                lines = Arrays.copyOf(lines, 2 * lines.length);
            }
            lines[members.size()] = keyLine;
            parser.nextToken();
            if (members.put(key, value(keyLine)) != null) {
                throw refusedAt(keyLine, "the member \"" + Texts.excerpt(key) + "\" stands here twice");
            }
        }
        return new Located(members, line, Arrays.copyOf(lines, members.size()));
    }

    private JsonNode array() throws IOException, DocumentException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(line()));
        }
        return array;
    }

    private JsonNode number() throws IOException, DocumentException {
        JsonNode number = Numbers.parse(parser.getText());
        if (number == null) {
            throw refused("the number " + Texts.excerpt(parser.getText()) + " is out of range");
        }
        return number;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private DocumentException refused(String message) {
        return refusedAt(line(), message);
    }

    private DocumentException refusedAt(int line, String message) {
        Deque<String> tokens = new ArrayDeque<>();
        for (JsonStreamContext at = parser.getParsingContext(); at != null && !at.inRoot(); at = at.getParent()) {
            if (at.hasPathSegment()) {
                tokens.push(
                        at.inArray() ? Integer.toString(at.getCurrentIndex()) : String.valueOf(at.getCurrentName()));
            }
        }
        return new DocumentException(new Source(name, Place.pointer(tokens), line), message);
    }
}
