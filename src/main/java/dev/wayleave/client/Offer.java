package dev.wayleave.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * All that a client is offered.
 *
 * @param server the name under which its user added the server
 */
record Offer(Client client, String server, List<ListedTool> tools) {
    Offer {
        tools = List.copyOf(tools);
    }

    /** The names of the tools for which it holds. */
    List<String> where(Predicate<ListedTool> holds) {
        List<String> names = new ArrayList<>();
        for (ListedTool tool : tools) {
            if (holds.test(tool)) {
                names.add(tool.name());
            }
        }
        return names;
    }

    String fullName(ListedTool tool) {
        return client.fullName(server, tool.name());
    }
}
