package dev.wayleave.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.tool.Handling.Access;
import dev.wayleave.tool.Tool;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The level that the platform gives the caller allows tools of that class.
 *
 * @param fact asks for the level's name
 * @param levels the classes that each level allows; a level that is not among them allows none
 */
public record AccessLevel(PlatformFact fact, Map<String, Set<Access>> levels, String origin) implements Rule {
    public AccessLevel {
        levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    }

    /** What a tool counts as: what its owner says, else {@code read} where it only reads, else the most there is. */
    public static Access of(Tool tool) {
        Access said = tool.handling().access();
        return said != null ? said : tool.handling().safe() ? Access.READ : Access.SCHEMA;
    }

    @Override
    public Decision judge(Question question) {
        Optional<String> level =
                fact.of(question.caller()).filter(JsonNode::isTextual).map(JsonNode::textValue);
        Access access = of(question.tool());
        if (level.isEmpty()) {
            return new Decision.Refused(
                    "Nothing was sent: the platform does not tell your access level at present.",
                    "the level cannot be read (" + origin + ")");
        }
        boolean known = levels.containsKey(level.get());
        if (known && levels.getOrDefault(level.get(), Set.of()).contains(access)) {
            return new Decision.Allowed("level " + level.get() + " (" + origin + ")");
        }
        String name = known ? level.get() : "unknown";
        return new Decision.Refused(
                "Nothing was sent: the access level there is " + name + ", which does not allow "
                        + access.name().toLowerCase(Locale.ROOT) + " tools.",
                "level " + name + " (" + origin + ")");
    }
}
