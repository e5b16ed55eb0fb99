package dev.wayleave.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, all of it ASCII, so that no value can begin a line of its own. */
public final class JsonLines implements AuditLog {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final int LONGEST_TEXT = 256;

    /** One for each rule that had a say. */
    private static final int LONGEST_REASON = 2048;

    private final OutputStream out;
    private final boolean closes;
    private final ReentrantLock lock = new ReentrantLock();

    private JsonLines(OutputStream out, boolean closes) {
        this.out = out;
        this.closes = closes;
    }

    /** Appends to a file, made where it is missing. */
    public static JsonLines file(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return new JsonLines(Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true);
    }

    /** Writes to a stream that belongs to someone else. */
    public static JsonLines stream(OutputStream out) {
        return new JsonLines(out, false);
    }

    @Override
    public void record(AuditEvent event) {
        byte[] line = line(event);
        lock.lock();
        try {
            out.write(line);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the audit cannot be written", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        if (closes) {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the audit cannot be closed", e);
            }
        }
    }

    private static byte[] line(AuditEvent event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("time", event.time().toString());
            json.writeStringField("id", event.id());
            json.writeStringField("platform", event.platform());
            text(json, "issuer", event.issuer());
            text(json, "subject", event.subject());
            text(json, "client", event.client());
            texts(json, "groups", event.groups());
            texts(json, "scopes", event.scopes());
            text(json, "kind", event.kind());
            text(json, "tool", event.tool());
            text(json, "resource", event.resource());
            text(json, "operation", event.operation());
            texts(json, "needed", event.needed());
            texts(json, "arguments", event.arguments());
            json.writeStringField("decision", event.decision());
            json.writeStringField("reason", cut(event.reason(), LONGEST_REASON));
            json.writeStringField("outcome", event.outcome());
            if (event.upstreamStatus() != null) {
                json.writeNumberField("upstream_status", event.upstreamStatus());
            }
            json.writeNumberField("duration_ms", event.duration().toNanos() / 1_000_000.0);
            steps(json, event.steps());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, cut(value, LONGEST_TEXT));
        }
    }

    private static void steps(JsonGenerator json, List<AuditEvent.Step> steps) throws IOException {
        if (steps.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("steps");
        for (AuditEvent.Step step : steps) {
            json.writeStartObject();
            json.writeStringField("id", cut(step.id(), LONGEST_TEXT));
            json.writeStringField("operation", cut(step.operation(), LONGEST_TEXT));
            json.writeStringField("outcome", step.outcome());
            if (step.status() != null) {
                json.writeNumberField("status", step.status());
            }
            json.writeNumberField("duration_ms", step.duration().toNanos() / 1_000_000.0);
            json.writeEndObject();
        }
        json.writeEndArray();
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
