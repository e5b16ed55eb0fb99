package dev.wayleave.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.caller.Caller;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The door before everything else: a claim, or what the platform says, must be a value, or a list with that value.
 *
 * @param value what is looked at; empty for none, or on any doubt
 * @param wanted the value; null for the boolean {@code true}
 * @param message what the client is told where it is closed
 */
public record Gate(
        Function<Caller, Optional<JsonNode>> value,
        @Nullable String wanted,
        String message,
        String origin) implements Rule {
    @Override
    public Decision judge(Question question) {
        return judge(question.caller());
    }

    Decision judge(Caller caller) {
        return value.apply(caller).filter(this::opens).isPresent()
                ? new Decision.Allowed(origin)
                : new Decision.Forbidden(message, origin);
    }

    private boolean opens(JsonNode found) {
        if (found.isArray()) {
            for (JsonNode element : found) {
                if (wanted != null && element.isTextual() && element.textValue().equals(wanted)) {
                    return true;
                }
            }
            return false;
        }
        return wanted == null
                ? found.isBoolean() && found.booleanValue()
                : found.isValueNode() && !found.isNull() && found.asText().equals(wanted);
    }
}
