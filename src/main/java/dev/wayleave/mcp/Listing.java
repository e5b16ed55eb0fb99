package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/** A kind of list whose change can be told (MCP 2026-07-28, subscriptions). */
enum Listing {
    TOOLS("toolsListChanged", "notifications/tools/list_changed"),
    PROMPTS("promptsListChanged", "notifications/prompts/list_changed"),
    RESOURCES("resourcesListChanged", "notifications/resources/list_changed");

    private final String filter;
    private final String notification;

    Listing(String filter, String notification) {
        this.filter = filter;
        this.notification = notification;
    }

    /** How a client asks for it. */
    String filter() {
        return filter;
    }

    /** How it is told. */
    String notification() {
        return notification;
    }

    /** Those that a client asks to be told of. */
    static Set<Listing> asked(JsonNode filter) throws ProtocolError {
        if (!filter.isObject()) {
            throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "params.notifications must be an object.");
        }
        Set<Listing> wanted = EnumSet.noneOf(Listing.class);
        for (Listing listing : values()) {
            JsonNode asked = filter.path(listing.filter());
            if (!asked.isMissingNode() && !asked.isBoolean()) {
                throw ProtocolError.of(
                        200,
                        ProtocolError.INVALID_PARAMS,
                        "params.notifications." + listing.filter() + " must be true or false.");
            }
            if (asked.booleanValue()) {
                wanted.add(listing);
            }
        }
        return wanted;
    }

    static String digest(JsonRpc.Members list) {
        return DigestUtils.sha256Hex(JsonRpc.result(JsonNodeFactory.instance.numberNode(0), list));
    }
}
