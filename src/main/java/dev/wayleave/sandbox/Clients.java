package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Dynamic client registration (RFC 7591) at {@code POST /oauth/register}, and the clients that are known by it. */
final class Clients implements Endpoint {
    private static final int MOST = 1_000;

    private final ControlStore store;
    private final ClientDocuments documents;
    private final Clock clock;

    Clients(ControlStore store, ClientDocuments documents, Clock clock) {
        this.store = store;
        this.documents = documents;
        this.clock = clock;
    }

    /** A registered client, or one that describes itself under its URL. */
    Optional<Client> find(String id) {
        if (ClientDocuments.isDocumentUrl(id)) {
            return documents.find(id);
        }
        return store.find(
                "select metadata from client where id = ?",
                row -> Client.read(id, StrictJson.parse(row.getString(1))),
                id);
    }

    @Override
    public Answer answer(Request request) {
        ObjectNode metadata = request.jsonObject();
        Client client = Client.read(UUID.randomUUID().toString(), metadata);
        // Every client here is a public one, whatever it asked for (RFC 7591 §3.2.1 lets a server say so).
        metadata.put("token_endpoint_auth_method", "none");
        var grantTypes = metadata.putArray("grant_types").add("authorization_code");
        if (client.refreshes()) {
            grantTypes.add("refresh_token");
        }
        metadata.putArray("response_types").add("code");
        metadata.remove("client_secret");
        long now = clock.instant().getEpochSecond();
        store.change(
                "insert into client (id, issued_at, metadata) values (?, ?, ?)",
                client.id(),
                now,
                StrictJson.write(metadata));
        store.change("delete from client where rowid <= (select max(rowid) - ? from client)", MOST);
        return Answer.json(201, metadata.put("client_id", client.id()).put("client_id_issued_at", now));
    }
}
