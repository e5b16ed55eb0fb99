package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent back for one request. */
record Answer(int status, String body, Map<String, String> headers) {
    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer json(int status, JsonNode body) {
        return new Answer(
                status,
                StrictJson.write(body),
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store"));
    }

    static Answer json(JsonNode body) {
        return json(200, body);
    }

    static Answer text(String body) {
        return new Answer(200, body, Map.of("Content-Type", "text/plain; charset=utf-8"));
    }

    static Answer empty(int status) {
        return new Answer(status, "", Map.of());
    }

    /** Sends a browser elsewhere with a GET (RFC 9110 §15.4.4). */
    static Answer seeOther(URI location) {
        return new Answer(303, "", Map.of("Location", location.toString(), "Cache-Control", "no-store"));
    }

    Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, body, more);
    }
}
