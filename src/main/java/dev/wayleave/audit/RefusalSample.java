package dev.wayleave.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Of what is refused: so many of one caller each second one by one, and ten times as many of all together; of the others the
 * exact number. All callers of whom nothing is known are one.
 */
final class RefusalSample {
    private static final int CALLERS = 10;
    private final int most;
    private final InstantSource clock;
    private final Map<String, Long> suppressed = new TreeMap<>();
    private final Map<Source, Integer> ofSource = new HashMap<>();
    private Instant second = Instant.MIN;
    private Instant from = Instant.MIN;
    private long admitted;

    /** Who is refused, and where. */
    record Source(
            String platform,
            @Nullable String issuer,
            @Nullable String subject) {
        static Source of(AuditEvent event) {
            AuditEvent.Who who = event.began().who();
            return new Source(event.began().where().platform(), who.issuer(), who.subject());
        }
    }

    RefusalSample(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Whether this one is remembered by itself; otherwise it is counted. */
    synchronized boolean admits(Source source, String outcome) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (!now.equals(second)) {
            second = now;
            admitted = 0;
            ofSource.clear();
        }
        if (admitted < (long) CALLERS * most && ofSource.getOrDefault(source, 0) < most) {
            admitted++;
            ofSource.merge(source, 1, Integer::sum);
            return true;
        }
        count(outcome);
        return false;
    }

    synchronized void count(String outcome) {
        if (suppressed.isEmpty()) {
            from = clock.instant();
        }
        suppressed.merge(outcome, 1L, Long::sum);
    }

    /** The record of those that were counted, once they are of an earlier second. */
    synchronized List<byte[]> due(boolean all) {
        Instant now = clock.instant();
        if (suppressed.isEmpty() || !(all || now.isAfter(from.plusSeconds(1)))) {
            return List.of();
        }
        byte[] record = EventJson.suppressed(now, from, suppressed);
        suppressed.clear();
        return List.of(record);
    }
}
