package dev.wayleave.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.tool.MemberNames;
import dev.wayleave.tool.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Wherever the arguments name something, in path, query, header or body, nested or repeated, it is what a claim of the
 * caller says. What does not name it is none of this rule's business.
 *
 * @param name of an argument, a parameter or a member of a body; dots go into objects
 * @param claim the name of, or the path to, a claim with a single value
 * @param at the places among the arguments where the name means it, with dots into objects; empty for everywhere
 */
public record ArgumentEquals(String name, String claim, List<String> at, String origin) implements Rule {
    public ArgumentEquals {
        at = List.copyOf(at);
    }

    /** Whether a place is one of that name. */
    public static boolean isPlaceOf(String place, String name) {
        List<String> whole = MemberNames.segments(place);
        List<String> wanted = MemberNames.segments(name);
        int from = whole.size() - wanted.size();
        return from >= 0 && whole.subList(from, whole.size()).equals(wanted);
    }

    @Override
    public @Nullable Decision judge(Question question) {
        ObjectNode arguments = question.arguments();
        if (arguments == null) {
            return null;
        }
        List<JsonNode> found = occurrences(question, arguments);
        if (found.isEmpty()) {
            return null;
        }
        Optional<String> wanted = question.caller().claim(claim).map(String::valueOf);
        return found.stream().allMatch(value -> isOnly(value, wanted))
                ? new Decision.Allowed(origin)
                : new Decision.Refused(
                        "Nothing was sent: " + name + " must be "
                                + wanted.map(value -> "'" + value + "', as in your token")
                                        .orElse("in your token") + ".",
                        origin);
    }

    /** By the names of the tool's arguments, and by those that the request has for them. */
    private List<JsonNode> occurrences(Question question, ObjectNode arguments) {
        List<JsonNode> found = new ArrayList<>(named(arguments));
        for (Slot slot : question.tool().slots()) {
            JsonNode value = arguments.get(slot.argument());
            if (value == null) {
                continue;
            }
            if (!slot.name().equals(slot.argument())) {
                ObjectNode sent = JsonNodeFactory.instance.objectNode();
                sent.set(slot.name(), value);
                found.addAll(named(sent));
            }
            if (slot.isSentAsItIs() && mentions(value)) {
                found.add(MissingNode.getInstance());
            }
        }
        return found;
    }

    private List<JsonNode> named(ObjectNode arguments) {
        return at.isEmpty()
                ? MemberNames.values(arguments, name)
                : at.stream()
                        .flatMap(place -> MemberNames.valuesAt(arguments, place).stream())
                        .toList();
    }

    private boolean mentions(JsonNode value) {
        for (JsonNode text : value.isArray() ? value : List.of(value)) {
            if (text.isTextual() && MemberNames.mentions(text.textValue(), name)) {
                return true;
            }
        }
        return false;
    }

    /** A single value that is it, or a list of nothing else. */
    private static boolean isOnly(JsonNode value, Optional<String> wanted) {
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (!isOnly(element, wanted)) {
                    return false;
                }
            }
            return true;
        }
        return value.isValueNode()
                && !value.isNull()
                && wanted.isPresent()
                && value.asText().equals(wanted.get());
    }
}
