package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.audit.AuditEvent;
import dev.wayleave.audit.AuditLog;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.Tool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Chooses the arguments that are remembered with their values: those that the operator names, and of these a keyed hash only
 * where they may be secrets, are long, or repeat the caller's token.
 */
public final class RecordedValues {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 4096;
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(passw|secret|token|credential|private|api[-_]?key|signature|cookie|authori[sz]ation).*");
    private final Set<String> named;
    private final AuditLog audit;

    /**
     * Made once.
     *
     * @param named tools and arguments, such as {@code get_pet.id}
     */
    public RecordedValues(Set<String> named, AuditLog audit) {
        this.named = Set.copyOf(named);
        this.audit = audit;
    }

    List<AuditEvent.Value> of(ToolCall call, Tool tool) {
        List<AuditEvent.Value> values = new ArrayList<>();
        for (Slot slot : named.isEmpty() ? List.<Slot>of() : tool.slots()) {
            JsonNode value = call.arguments().get(slot.argument());
            if (value != null && named.contains(tool.name() + "." + slot.argument())) {
                values.add(value(call, tool, slot, value));
            }
        }
        return values;
    }

    private AuditEvent.Value value(ToolCall call, Tool tool, Slot slot, JsonNode value) {
        String text = text(value);
        BearerToken token = call.caller().token();
        JsonNode schema = tool.inputSchema().path("properties").path(slot.argument());
        boolean hidden = text.length() > LONGEST
                || (token != null && !token.mask(text).equals(text))
                || SECRET.matcher(slot.argument()).matches()
                || SECRET.matcher(slot.name()).matches()
                || mayBeSecret(schema, value)
                || holdsSecretNames(value);
        return new AuditEvent.Value(
                slot.argument(),
                place(slot),
                slot.name(),
                hidden ? null : value,
                hidden ? audit.fingerprint(text.getBytes(StandardCharsets.UTF_8)) : null);
    }

    /** Whether the description says so, or says it where it is not looked for. */
    private static boolean mayBeSecret(JsonNode schema, JsonNode value) {
        if (!schema.isObject()) {
            return true;
        }
        boolean told = schema.findValues("writeOnly").stream().anyMatch(JsonNode::asBoolean)
                || schema.findValuesAsText("format").contains("password");
        boolean elsewhere = value.isContainerNode()
                && (schema.findValue("$ref") != null || schema.findValue("$dynamicRef") != null);
        return told || elsewhere;
    }

    private static boolean holdsSecretNames(JsonNode value) {
        if (value.isObject()
                && value.properties().stream()
                        .anyMatch(member -> SECRET.matcher(member.getKey()).matches())) {
            return true;
        }
        for (JsonNode part : value) {
            if (holdsSecretNames(part)) {
                return true;
            }
        }
        return false;
    }

    private static String place(Slot slot) {
        return switch (slot) {
            case Slot.InParameter parameter -> parameter.parameter().in().name().toLowerCase(Locale.ROOT);
            case Slot.InBody property -> "property";
            case Slot.WholeBody whole -> "body";
        };
    }

    private static String text(JsonNode value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read can be written", e);
        }
    }
}
