package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.tool.Slot;
import dev.wayleave.upstream.UpstreamRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes the header fields that arguments set, cookies among them. */
final class HeaderWriter {
    /** What cannot end the field or be read as something else on the way (RFC 9110 §5.5). */
    private static final Pattern FIELD_VALUE =
            Pattern.compile("(?:[\\x21-\\x7e](?:[\\x20\\x21-\\x7e\\t]*[\\x21-\\x7e])?)?");

    private final List<StyledSlot> headers;
    private final List<StyledSlot> cookies;

    HeaderWriter(List<Slot> slots) {
        this.headers = StyledSlot.of(slots, In.HEADER);
        this.cookies = StyledSlot.of(slots, In.COOKIE);
    }

    List<UpstreamRequest.Header> write(ObjectNode arguments) throws UnfitArgument {
        List<UpstreamRequest.Header> fields = new ArrayList<>();
        for (StyledSlot slot : headers) {
            JsonNode value = slot.value(arguments);
            if (value != null && !(value.isContainerNode() && value.isEmpty())) {
                fields.add(new UpstreamRequest.Header(slot.parameter().name(), field(slot, value)));
            }
        }
        List<String> pairs = new ArrayList<>();
        for (StyledSlot slot : cookies) {
            JsonNode value = slot.value(arguments);
            if (value != null) {
                pairs.addAll(cookies(slot, value));
            }
        }
        if (!pairs.isEmpty()) {
            fields.add(new UpstreamRequest.Header("Cookie", String.join("; ", pairs)));
        }
        return fields;
    }

    private static String field(StyledSlot slot, JsonNode value) throws UnfitArgument {
        try {
            String content = slot.content(value);
            return checked(content == null ? slot.style().expand(value) : ascii(content, value));
        } catch (UnfitArgument e) {
            throw e.in(slot.argument());
        }
    }

    private static List<String> cookies(StyledSlot slot, JsonNode value) throws UnfitArgument {
        List<String> pairs = new ArrayList<>();
        String content = slot.content(value);
        try {
            List<Pair> written = content == null
                    ? slot.style().pairs(value)
                    : List.of(
                            new Pair(PercentEncoding.encode(slot.parameter().name()), PercentEncoding.encode(content)));
            for (Pair pair : written) {
                if (pair.toString().indexOf(';') >= 0 || pair.name().indexOf('=') >= 0) {
                    throw new UnfitArgument("must not hold \";\", nor a name \"=\", because it is a cookie");
                }
                pairs.add(checked(pair.toString()));
            }
        } catch (UnfitArgument e) {
            throw e.in(slot.argument());
        }
        return pairs;
    }

    /** JSON can say everything in ASCII; plain text cannot. */
    private static String ascii(String content, JsonNode value) {
        if (!value.isContainerNode() && content.equals(PlainText.of(value))) {
            return content;
        }
        StringBuilder out = new StringBuilder(content.length());
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            out.append(c > 0x7e ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return out.toString();
    }

    private static String checked(String value) throws UnfitArgument {
        if (!FIELD_VALUE.matcher(value).matches()) {
            throw new UnfitArgument(
                    "must be visible ASCII without control characters or spaces around it, because it is a header");
        }
        return value;
    }
}
