package dev.wayleave.sandbox;

import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every call of the platform's API, allowed or refused; the newest ten thousand are kept. */
final class AuditLog {
    private static final int KEPT = 10_000;

    private final ControlStore store;
    private final Clock clock;

    AuditLog(ControlStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * One call.
     *
     * @param createdAt in ISO 8601
     * @param organization the token's, or the one asked for where there was no good token; null where neither is known
     */
    record Entry(
            String createdAt,
            @Nullable String organization,
            @Nullable String author,
            @Nullable String client,
            String action,
            String target,
            int status) {}

    void add(String action, @Nullable String organization, @Nullable Grant grant, String target, int status) {
        store.change(
                "insert into audit (created_at, organization, author, client, action, target, status)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                clock.instant().toString(),
                grant == null ? organization : grant.organization(),
                grant == null ? null : grant.subject(),
                grant == null ? null : grant.client(),
                action,
                target.length() > 300 ? target.substring(0, 300) : target,
                status);
        store.change("delete from audit where id <= (select max(id) - ? from audit)", KEPT);
    }

    /** One page of an organization's entries, newest first; pages count from 1. */
    List<Entry> page(String organization, int page, int size) {
        return store.list(
                "select created_at, organization, author, client, action, target, status from audit"
                        + " where organization = ? order by id desc limit ? offset ?",
                row -> new Entry(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getInt(7)),
                organization,
                size,
                (long) (page - 1) * size);
    }

    int size(String organization) {
        return store.list("select count(*) from audit where organization = ?", row -> row.getInt(1), organization)
                .getFirst();
    }
}
