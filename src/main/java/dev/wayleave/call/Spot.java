package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.tool.ArgumentPath;
import dev.wayleave.tool.ArgumentPath.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in the arguments that holds a value, or could.
 *
 * @param member its name in an object; ignored in an array
 * @param index in an array; ignored in an object
 */
record Spot(JsonNode container, String member, int index) {
    /** The spots that a path leads to, as far as there is anything on the way. */
    static List<Spot> at(ObjectNode arguments, ArgumentPath path) {
        return follow(arguments, path, false);
    }

    /** The same, and what is missing on the way is made, so that a value can be put there. */
    static List<Spot> made(ObjectNode arguments, ArgumentPath path) {
        return follow(arguments, path, true);
    }

    private static List<Spot> follow(ObjectNode arguments, ArgumentPath path, boolean make) {
        List<Spot> spots = List.of(new Spot(arguments, path.argument(), 0));
        for (Step step : path.steps()) {
            List<Spot> next = new ArrayList<>();
            for (Spot spot : spots) {
                spot.take(step, make, next);
            }
            spots = next;
        }
        return spots;
    }

    private void take(Step step, boolean make, List<Spot> next) {
        switch (step) {
            case Step.Member inner -> {
                if (make && (value().isMissingNode() || value().isNull())) {
                    put(JsonNodeFactory.instance.objectNode());
                }
                if (make || value().isObject()) {
                    next.add(new Spot(value(), inner.name(), 0));
                }
            }
            case Step.Each each -> {
                for (int i = 0; i < value().size() && value().isArray(); i++) {
                    next.add(new Spot(value(), "", i));
                }
            }
        }
    }

    JsonNode value() {
        return container.isArray() ? container.path(index) : container.path(member);
    }

    /** False where the container holds nothing at all. */
    boolean put(JsonNode value) {
        switch (container) {
            case ObjectNode object -> object.set(member, value);
            case ArrayNode array -> array.set(index, value);
            default -> {
                return false;
            }
        }
        return true;
    }
}
