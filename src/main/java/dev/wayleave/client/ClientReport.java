package dev.wayleave.client;

import dev.wayleave.client.Limit.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which limits of a client the tools do not keep, for people. */
public record ClientReport(Client client, int limits, List<Trouble> troubles) {
    private static final int MOST_PLACES = 5;

    /** A limit that is not kept, and where. */
    record Trouble(Limit limit, List<String> where) {
        Trouble {
            where = List.copyOf(where);
        }

        boolean is(Effect effect) {
            return limit.effect() == effect;
        }
    }

    public ClientReport {
        troubles = List.copyOf(troubles);
    }

    /**
     * Holds the tools against every limit of the client.
     *
     * @param server the name under which its user adds the server, which clients put before a tool's name
     */
    public static ClientReport of(Client client, String server, List<ListedTool> tools) {
        Offer offer = new Offer(client, server, tools);
        List<Limit> limits = ClientLimits.of(client);
        List<Trouble> troubles = new ArrayList<>();
        for (Limit limit : limits) {
            List<String> where = limit.check().failures(offer);
            if (!where.isEmpty()) {
                troubles.add(new Trouble(limit, where));
            }
        }
        return new ClientReport(client, limits.size(), troubles);
    }

    /** Whether a tool, or all of them, could not be used there. */
    public boolean breaks() {
        return troubles.stream().anyMatch(trouble -> trouble.is(Effect.BREAKS));
    }

    /** What is worth changing: all but notes. */
    List<Trouble> findings() {
        return troubles.stream().filter(trouble -> !trouble.is(Effect.NOTE)).toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("%s: %d of %d limits kept%n"
                .formatted(client, limits - findings().size(), limits));
        for (Trouble trouble : troubles) {
            List<String> where = trouble.where();
            String more = where.size() > MOST_PLACES ? " and " + (where.size() - MOST_PLACES) + " more" : "";
            text.append("  %-6s %s: %s%s%n         (%s)%n"
                    .formatted(
                            trouble.limit().effect().name().toLowerCase(Locale.ROOT),
                            trouble.limit().otherwise(),
                            String.join(", ", where.subList(0, Math.min(MOST_PLACES, where.size()))),
                            more,
                            trouble.limit().source()));
        }
        return text.toString().stripTrailing();
    }
}
