package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.tool.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the query of one operation. */
final class QueryWriter {
    private final List<StyledSlot> slots;
    private final List<StyledSlot> whole;
    private final Set<String> names;
    private final FormFields form;

    QueryWriter(List<Slot> slots) {
        this.slots = StyledSlot.of(slots, In.QUERY);
        this.whole = StyledSlot.of(slots, In.QUERYSTRING);
        this.names = this.slots.stream()
                .map(slot -> PercentEncoding.encode(slot.parameter().name()))
                .collect(Collectors.toUnmodifiableSet());
        this.form = new FormFields(whole.stream()
                .map(slot -> slot.parameter().content())
                .filter(Objects::nonNull)
                .findFirst()
                .map(MediaType::encoding)
                .orElse(Map.of()));
    }

    /** Without its question mark; empty for none. */
    String write(ObjectNode arguments) throws UnfitArgument {
        List<String> parts = new ArrayList<>();
        for (StyledSlot slot : slots) {
            JsonNode value = slot.value(arguments);
            if (value != null) {
                pairs(slot, value).forEach(pair -> parts.add(pair.toString()));
            }
        }
        for (StyledSlot slot : whole) {
            JsonNode value = slot.value(arguments);
            if (value != null) {
                parts.add(whole(slot, value));
            }
        }
        return String.join("&", parts);
    }

    private List<Pair> pairs(StyledSlot slot, JsonNode value) throws UnfitArgument {
        String own = PercentEncoding.encode(slot.parameter().name());
        String content = slot.content(value);
        if (content != null) {
            return List.of(new Pair(own, PercentEncoding.encode(content)));
        }
        try {
            List<Pair> pairs = slot.style().pairs(value);
            for (Pair pair : pairs) {
                if (!pair.name().equals(own) && names.contains(pair.name())) {
                    throw new UnfitArgument("must not have a member " + pair.name()
                            + ", because that is the name of another parameter of the query");
                }
            }
            return pairs;
        } catch (UnfitArgument e) {
            throw e.in(slot.argument());
        }
    }

    /** The media type decides how the whole query is written; text is taken for a query that its sender has put together. */
    private String whole(StyledSlot slot, JsonNode value) throws UnfitArgument {
        String content = slot.content(value);
        String type =
                slot.parameter().contentType() == null ? "" : slot.parameter().contentType();
        if (type.startsWith("application/x-www-form-urlencoded")) {
            try {
                return form.write(value);
            } catch (UnfitArgument e) {
                throw e.in(slot.argument());
            }
        }
        String text = content == null ? PlainText.of(value) : content;
        return PercentEncoding.encode(text, type.startsWith("text/") ? "&+" + Encoder.RESERVED_IN_QUERY.kept() : "");
    }
}
