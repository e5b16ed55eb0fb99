package dev.wayleave.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Which tools a person must agree to, and what counts where a client cannot be asked.
 *
 * @param destructive whether all that may destroy are among them, beside those that {@code x-mcp.confirm} names
 */
public record Confirming(boolean destructive, Asks.Otherwise otherwise) {
    private static final List<String> NAMES = List.of("confirm", "confirm_call", "confirmed_by_a_person");

    /** The tool, with the argument that stands for an answer where there is to be one. */
    Tool of(Tool tool) {
        Asks asks = tool.handling().asks();
        boolean wanted = asks.confirmation() != null
                || (destructive
                        && tool.annotations().destructive()
                        && !tool.annotations().readOnly());
        if (!wanted) {
            return tool;
        }
        if (otherwise != Asks.Otherwise.ARGUMENT) {
            return tool.asking(tool.inputSchema(), asks.confirmed(new Asks.Confirmation(otherwise, null)));
        }
        ObjectNode schema = tool.inputSchema().deepCopy();
        ObjectNode properties = schema.withObject("/properties");
        for (String name : NAMES) {
            if (!properties.has(name)) {
                properties
                        .putObject(name)
                        .put("type", "boolean")
                        .put(
                                "description",
                                "true only where the person whom you work for has agreed to this very call. Needed where your"
                                        + " client cannot ask that person itself.");
                return tool.asking(schema, asks.confirmed(new Asks.Confirmation(otherwise, name)));
            }
        }
        return tool.asking(tool.inputSchema(), asks.confirmed(new Asks.Confirmation(Asks.Otherwise.REFUSE, null)));
    }
}
