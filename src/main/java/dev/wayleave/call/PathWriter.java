package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.tool.PathTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the path of one operation, so that every value stays within its own segment. */
final class PathWriter {
    /**
     * A segment that leads elsewhere; also with path parameters behind it, which some servers take away, and some of them
     * only after something in front of them has decoded the semicolon.
     */
    private static final Pattern ELSEWHERE = Pattern.compile("|(\\.|%2[eE]){1,2}((;|%3[bB]).*)?");

    private static final String LITERAL = ":@!$&'()*+,;=";
    private final List<List<Part>> segments = new ArrayList<>();

    /** What a segment is made of: text, or else a variable. */
    private record Part(String text, @Nullable StyledSlot variable) {}

    PathWriter(String template, List<StyledSlot> slots) {
        Map<String, StyledSlot> byName = new HashMap<>();
        slots.forEach(slot -> byName.put(slot.parameter().name(), slot));
        List<String> parts = PathTemplate.of(template).parts();
        List<Part> segment = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (i % 2 == 1) {
                segment.add(new Part("", byName.get(parts.get(i))));
                continue;
            }
            String[] texts = parts.get(i).split("/", -1);
            for (int j = 0; j < texts.length; j++) {
                if (j > 0) {
                    segments.add(segment);
                    segment = new ArrayList<>();
                }
                segment.add(new Part(PercentEncoding.encode(texts[j], LITERAL), null));
            }
        }
        segments.add(segment);
        segments.removeFirst();
    }

    String write(ObjectNode arguments) throws UnfitArgument {
        StringBuilder path = new StringBuilder();
        for (List<Part> segment : segments) {
            StringBuilder text = new StringBuilder();
            StyledSlot last = null;
            for (Part part : segment) {
                text.append(part.variable() == null ? part.text() : value(part.variable(), arguments));
                last = part.variable() == null ? last : part.variable();
            }
            if (last != null && ELSEWHERE.matcher(text).matches()) {
                throw new UnfitArgument("must not be empty, \".\" or \"..\", because it is a segment of the path")
                        .in(last.argument());
            }
            path.append('/').append(text);
        }
        return path.toString();
    }

    private static String value(StyledSlot slot, ObjectNode arguments) throws UnfitArgument {
        JsonNode value = slot.value(arguments);
        if (value == null) {
            return "";
        }
        String content = slot.content(value);
        try {
            return content == null ? slot.style().expand(value) : PercentEncoding.encode(content);
        } catch (UnfitArgument e) {
            throw e.in(slot.argument());
        }
    }
}
