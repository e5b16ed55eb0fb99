package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.tool.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parameter of one tool with the argument that fills it. */
record StyledSlot(String argument, Parameter parameter, ParameterStyle style) {
    static List<StyledSlot> of(List<Slot> slots, Parameter.In in) {
        return slots.stream()
                .filter(Slot.InParameter.class::isInstance)
                .map(Slot.InParameter.class::cast)
                .filter(slot -> slot.parameter().in() == in)
                .map(slot -> new StyledSlot(slot.argument(), slot.parameter(), new ParameterStyle(slot.parameter())))
                .toList();
    }

    /**
     * What to write; null for nothing. An argument that is not there is not written, whatever default the description
     * tells: that is the platform's to fill in. A null says as little (RFC 6570 §2.3), unless the parameter must be there:
     * then it is written like an empty string, as the specification's tables do in their column of undefined values.
     */
    @Nullable
    JsonNode value(ObjectNode arguments) {
        JsonNode value = arguments.get(argument);
        return value != null && value.isNull() && !parameter.required() ? null : value;
    }

    /** The value of a {@code content}-typed parameter, not yet escaped; null where the style applies. */
    @Nullable
    String content(JsonNode value) {
        String type = parameter.contentType();
        if (type == null) {
            return null;
        }
        return FieldEncoding.isJson(type) ? value.toString() : PlainText.of(value);
    }
}
