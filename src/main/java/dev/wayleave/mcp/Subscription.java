package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One client that waits to be told of changes, and what it saw last. */
final class Subscription {
    private static final String ID = "io.modelcontextprotocol/subscriptionId";
    private final String path;
    private final String owner;
    private final List<String> credentials;
    private final JsonNode id;
    private final Set<Listing> wanted;
    private final EventStream events;
    private final UnaryOperator<JsonRpc.Members> finished;
    private Map<Listing, String> seen;

    /**
     * Acknowledges it.
     *
     * @param finished makes the result of what tells which one it was
     * @param seen digests of the lists as they were told last
     */
    Subscription(
            String path,
            Caller caller,
            Message.Call call,
            EventStream events,
            UnaryOperator<JsonRpc.Members> finished,
            Map<Listing, String> seen)
            throws ProtocolError {
        this.path = path;
        this.owner = owner(caller);
        BearerToken token = caller.token();
        this.credentials = token == null ? List.of() : List.of(token.in("Authorization"));
        this.id = call.id();
        this.wanted = wanted(call.params().path("notifications"));
        this.events = events;
        this.finished = finished;
        this.seen = Map.copyOf(seen);
        events.tell(message("notifications/subscriptions/acknowledged", json -> {
            json.writeObjectFieldStart("notifications");
            for (Listing listing : wanted) {
                json.writeBooleanField(listing.filter(), true);
            }
            json.writeEndObject();
        }));
    }

    /** Who may have so many of them. */
    static String owner(Caller caller) {
        return caller.issuer() + '\n' + caller.subject();
    }

    String owner() {
        return owner;
    }

    String path() {
        return path;
    }

    /** With which it was asked for, to be judged again. */
    List<String> credentials() {
        return credentials;
    }

    boolean isOver() {
        return events.isOver();
    }

    /** Tells what is not as it was seen last. */
    synchronized void show(Map<Listing, String> now) {
        for (Listing listing : wanted) {
            if (!now.getOrDefault(listing, "").equals(seen.get(listing))) {
                events.tell(message(listing.notification(), json -> {}));
            }
        }
        seen = Map.copyOf(now);
    }

    /** Nothing more will be told. */
    synchronized void end() {
        events.end(JsonRpc.result(id, finished.apply(this::name)));
    }

    private byte[] message(String method, JsonRpc.Members members) {
        return JsonRpc.notification(method, json -> {
            json.writeObjectFieldStart("_meta");
            name(json);
            json.writeEndObject();
            members.write(json);
        });
    }

    private void name(JsonGenerator json) throws IOException {
        json.writeFieldName(ID);
        json.writeTree(id);
    }

    /** What is asked for and can be told; single resources cannot. */
    private static Set<Listing> wanted(JsonNode filter) throws ProtocolError {
        if (!filter.isObject()) {
            throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "params.notifications must be an object.");
        }
        Set<Listing> wanted = EnumSet.noneOf(Listing.class);
        for (Listing listing : Listing.values()) {
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
}
