package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The strings of a document, the short ones kept once, and how much of them a message shows. */
final class Texts {
    private static final int SHORT = 64;
    private static final int MOST = 100_000;

    private final Map<String, TextNode> kept = new HashMap<>();

    TextNode node(String text) {
        if (text.length() > SHORT) {
            return TextNode.valueOf(text);
        }
        TextNode node = kept.get(text);
        if (node == null) {
            node = TextNode.valueOf(text);
            if (kept.size() < MOST) {
                kept.put(text, node);
            }
        }
        return node;
    }

    /** For messages: short, and without characters that would break or turn a line. */
    static String excerpt(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length() && i < SHORT; i++) {
            char c = text.charAt(i);
            boolean plain = !Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT
                    && Character.getType(c) != Character.LINE_SEPARATOR
                    && Character.getType(c) != Character.PARAGRAPH_SEPARATOR
                    && !Character.isSurrogate(c);
            out.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return text.length() > SHORT ? out + "…" : out.toString();
    }

    /** The first line of what a parser has to say. */
    static String oneLine(@Nullable String message) {
        if (message == null) {
            return "no reason given";
        }
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
