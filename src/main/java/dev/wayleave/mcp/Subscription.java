package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import java.io.IOException;
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

    /** Acknowledges what of it can be told by an endpoint, which tells what the caller sees now. */
    Subscription(Endpoint at, Caller caller, Message.Call call, EventStream events) throws ProtocolError {
        this.path = at.platform().path();
        this.owner = caller.name();
        BearerToken token = caller.token();
        this.credentials = token == null ? List.of() : List.of(token.in("Authorization"));
        this.id = call.id();
        this.wanted = at.wanted(call);
        this.events = events;
        this.finished = at::finished;
        this.seen = at.seen(caller);
        events.tell(message("notifications/subscriptions/acknowledged", json -> {
            json.writeObjectFieldStart("notifications");
            for (Listing listing : wanted) {
                json.writeBooleanField(listing.filter(), true);
            }
            json.writeEndObject();
        }));
    }

    /** Who may have so many of them. */
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
}
