package dev.wayleave.audit;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Calls to be remembered, and logs to remember them in. */
final class Calls {
    private static final AuditEvent.Where WHERE = new AuditEvent.Where("test", "0123456789abcdef-0123456789abcdef");

    private Calls() {}

    static AuditEvent.Began began(String id) {
        return new AuditEvent.Began(
                Instant.EPOCH,
                id,
                "1",
                null,
                WHERE,
                new AuditEvent.Who("https://i", "user", "client", List.of("ops"), List.of("read"), null),
                new AuditEvent.What(
                        "tool", "put_pet", null, "PUT /pets/{id}", List.of("write"), List.of("id"), List.of()));
    }

    /** A read of a resource, with a reason as long as many rules make it. */
    static AuditEvent read(String id, String reason) {
        AuditEvent.Began began = new AuditEvent.Began(
                Instant.EPOCH,
                id,
                "1",
                null,
                WHERE,
                AuditEvent.Who.NOBODY,
                new AuditEvent.What(
                        "resource",
                        "get_pet",
                        "pets://{id}",
                        "GET /pets/{id}",
                        List.of("read"),
                        List.of("id"),
                        List.of()));
        return new AuditEvent(began, "allow", reason, "ok", AuditEvent.Sent.NOTHING, Duration.ZERO, List.of());
    }

    static AuditEvent ended(String id) {
        return new AuditEvent(
                began(id),
                "allow",
                "security",
                "ok",
                new AuditEvent.Sent(1, 200, 2, Duration.ofMillis(1), "none", null),
                Duration.ofMillis(2),
                List.of());
    }

    static AuditEvent refused() {
        AuditEvent.Began began = new AuditEvent.Began(
                Instant.EPOCH, "r", null, null, WHERE, AuditEvent.Who.NOBODY, AuditEvent.What.NOTHING);
        return new AuditEvent(
                began, "deny", "token missing", "unauthenticated", AuditEvent.Sent.NOTHING, Duration.ZERO, List.of());
    }

    static DurableLog log(Path file, long maxBytes) {
        return log(file, maxBytes, false);
    }

    static DurableLog log(Path file, long maxBytes, boolean mayForget) {
        try {
            return DurableLog.open(
                    new DurableLog.Options(file, null, mayForget, maxBytes, 5),
                    new SecureRandom(),
                    InstantSource.system());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
