package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes values that want to be somewhere else than in their place. */
final class HostileValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> ATOMS = List.of(
            "..",
            ".",
            "/",
            "//",
            "\\",
            "..\\",
            "../",
            "/..",
            "/../",
            "./",
            "..;",
            "..;/",
            ";",
            ";a=b",
            "%",
            "%2e",
            "%2E%2e",
            "%2f",
            "%2F..",
            "%5c",
            "%252e",
            "%252e%252e%252f",
            "%c0%ae",
            "%c0%af",
            "%e0%80%ae",
            "%00",
            "%0d%0a",
            "%u002e",
            "%zz",
            "%2",
            "\0",
            "\r\n",
            "\n",
            "\r",
            "\t",
            " ",
            "\u007f",
            "\u0085",
            "#",
            "?",
            "?x=1",
            "#f",
            "&",
            "&admin=1",
            "=",
            "@",
            ":",
            ":80",
            "user:pw@",
            "evil.example",
            "@evil.example",
            "//evil.example/x",
            "http://",
            "https://evil.example",
            "file:///etc/passwd",
            "[::1]",
            "127.1",
            "2130706433",
            "\ud800",
            "\udc00",
            "\udc00\ud800",
            "\ud83d\ude00",
            "é",
            "e\u0301",
            "\u010a",
            "\u010d",
            "\u2215",
            "\uff0f",
            "\uff0e",
            "\u2024",
            "\u3002",
            "\u202e",
            "\u200b",
            "\ufeff",
            "\uffff",
            "{",
            "}",
            "{v}",
            "[",
            "]",
            "|",
            "^",
            "`",
            "'",
            "\"",
            "<",
            ">",
            "+",
            ",",
            "*",
            "~",
            "!",
            "$",
            "(",
            ")",
            "-",
            "_",
            "a",
            "Z",
            "0",
            "pets",
            "admin",
            "a.b",
            " HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            "\r\nX-Evil: 1",
            "\r\n\r\nGET /admin HTTP/1.1\r\n\r\n");
    private final Random random;
    private final List<String> atoms = new ArrayList<>(ATOMS);

    /** With some words of one's own. */
    HostileValues(Random random, List<String> more) {
        this.random = random;
        atoms.addAll(more);
    }

    /** A value of about this type: now and then of another. */
    JsonNode of(String type) {
        return switch (random.nextInt(12) == 0 ? random.nextInt(6) : -1) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(random.nextLong());
            case 2 -> JSON.booleanNode(true);
            case 3 -> array(2);
            case 4 -> object(2);
            case 5 -> JSON.textNode(text());
            default ->
                switch (type) {
                    case "array" -> array(0);
                    case "object" -> object(0);
                    default -> JSON.textNode(text());
                };
        };
    }

    String text() {
        int length = random.nextInt(40);
        if (length == 0) {
            return "";
        }
        if (length == 1 && random.nextInt(50) == 0) {
            return atom().repeat(3000);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(length < 30 ? 3 : 8); i > 0; i--) {
            text.append(random.nextInt(20) == 0 ? String.valueOf((char) random.nextInt(0x10000)) : atom());
        }
        return text.toString();
    }

    private String atom() {
        return atoms.get(random.nextInt(atoms.size()));
    }

    private ArrayNode array(int nested) {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(nested > 0 && random.nextBoolean() ? array(nested - 1) : JSON.textNode(text()));
        }
        return array;
    }

    private ObjectNode object(int nested) {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set(text(), nested > 0 && random.nextBoolean() ? object(nested - 1) : JSON.textNode(text()));
        }
        return object;
    }
}
