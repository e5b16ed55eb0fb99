package dev.wayleave.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as JSON objects, all of it ASCII, so that no value can begin a line of its own. */
final class EventJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .setCodec(new ObjectMapper());
    private static final int LONGEST_TEXT = 256;

    /** One for each rule that had a say. */
    private static final int LONGEST_REASON = 2048;

    private EventJson() {}

    /** @param dropped how many members each list lacks that was too long */
    static byte[] started(AuditEvent.Began began, Map<String, Integer> dropped) {
        return object("started", began.time(), json -> {
            began(json, began);
            dropped(json, dropped);
        });
    }

    /** @param dropped how many members each list lacks that was too long */
    static byte[] ended(AuditEvent event, Map<String, Integer> dropped) {
        AuditEvent.Sent sent = event.sent();
        return object("call", event.began().time(), json -> {
            began(json, event.began());
            json.writeStringField("decision", event.decision());
            json.writeStringField("reason", cut(event.reason(), LONGEST_REASON));
            json.writeStringField("outcome", event.outcome());
            json.writeNumberField("attempts", sent.attempts());
            if (sent.status() != null) {
                json.writeNumberField("upstream_status", sent.status());
            }
            json.writeNumberField("upstream_bytes", sent.bytes());
            json.writeStringField("cache", sent.cache());
            if (sent.age() != null) {
                json.writeNumberField("cache_age_ms", millis(sent.age()));
            }
            json.writeNumberField("upstream_ms", millis(sent.duration()));
            json.writeNumberField("duration_ms", millis(event.duration()));
            steps(json, event.steps());
            dropped(json, dropped);
        });
    }

    /** Of a name in a list, as it is written. */
    static int length(String name) {
        return bytes(json -> json.writeString(cut(name, LONGEST_TEXT))).length;
    }

    static int length(AuditEvent.Value value) {
        return bytes(json -> value(json, value)).length;
    }

    static int length(AuditEvent.Step step) {
        return bytes(json -> step(json, step)).length;
    }

    /** How many requests were refused at the door and not remembered one by one. */
    static byte[] suppressed(Instant time, Instant from, Map<String, Long> outcomes) {
        return object("suppressed", time, json -> {
            json.writeStringField("from", from.toString());
            json.writeObjectFieldStart("outcomes");
            for (Map.Entry<String, Long> outcome : outcomes.entrySet()) {
                json.writeNumberField(outcome.getKey(), outcome.getValue());
            }
            json.writeEndObject();
        });
    }

    /** The end of a time in which nothing could be remembered. */
    static byte[] resumed(Instant time, Instant from, long lost) {
        return object("resumed", time, json -> {
            json.writeStringField("from", from.toString());
            json.writeNumberField("lost", lost);
        });
    }

    /** What an earlier process left behind unfinished, and was cut off. */
    static byte[] repaired(Instant time, byte[] torn, int shown) {
        return object("repaired", time, json -> {
            json.writeNumberField("bytes", torn.length);
            json.writeStringField("sha256", Chain.sha256(torn, torn.length));
            json.writeFieldName("text");
            json.writeBinary(torn, 0, Math.min(torn.length, shown));
        });
    }

    /** A line that is signed. */
    static byte[] signed(String type, Instant time) {
        return object(type, time, json -> {});
    }

    /** Writes a value, or the members of an object. */
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] object(String type, Instant time, Members members) {
        return bytes(json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeStringField("time", time.toString());
            members.write(json);
            json.writeEndObject();
        });
    }

    private static byte[] bytes(Members value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            value.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void began(JsonGenerator json, AuditEvent.Began began) throws IOException {
        AuditEvent.Who who = began.who();
        AuditEvent.What what = began.what();
        json.writeStringField("id", began.id());
        text(json, "request", began.request());
        text(json, "trace", began.trace());
        json.writeStringField("platform", began.where().platform());
        json.writeStringField("generation", began.where().generation());
        text(json, "issuer", who.issuer());
        text(json, "subject", who.subject());
        text(json, "client", who.client());
        texts(json, "groups", who.groups());
        texts(json, "scopes", who.scopes());
        text(json, "token", who.token());
        text(json, "kind", what.kind());
        text(json, "tool", what.tool());
        text(json, "resource", what.resource());
        text(json, "operation", what.operation());
        texts(json, "needed", what.needed());
        texts(json, "arguments", what.arguments());
        if (!what.values().isEmpty()) {
            json.writeArrayFieldStart("values");
            for (AuditEvent.Value value : what.values()) {
                value(json, value);
            }
            json.writeEndArray();
        }
    }

    private static void value(JsonGenerator json, AuditEvent.Value value) throws IOException {
        json.writeStartObject();
        text(json, "argument", value.argument());
        json.writeStringField("in", value.in());
        text(json, "name", value.name());
        if (value.value() != null) {
            json.writeObjectField("value", value.value());
        }
        text(json, "hmac", value.hmac());
        json.writeEndObject();
    }

    private static void steps(JsonGenerator json, List<AuditEvent.Step> steps) throws IOException {
        if (steps.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("steps");
        for (AuditEvent.Step step : steps) {
            step(json, step);
        }
        json.writeEndArray();
    }

    private static void step(JsonGenerator json, AuditEvent.Step step) throws IOException {
        json.writeStartObject();
        text(json, "id", step.id());
        text(json, "operation", step.operation());
        json.writeStringField("outcome", step.outcome());
        json.writeNumberField("attempts", step.attempts());
        if (step.status() != null) {
            json.writeNumberField("status", step.status());
        }
        json.writeStringField("cache", step.cache());
        json.writeNumberField("duration_ms", millis(step.duration()));
        json.writeEndObject();
    }

    private static void dropped(JsonGenerator json, Map<String, Integer> dropped) throws IOException {
        if (!dropped.isEmpty()) {
            json.writeObjectField("dropped", dropped);
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1_000_000.0;
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, cut(value, LONGEST_TEXT));
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(cut(value, LONGEST_TEXT));
        }
        json.writeEndArray();
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
