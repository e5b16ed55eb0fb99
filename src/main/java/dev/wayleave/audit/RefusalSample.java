package dev.wayleave.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Of the requests that are refused at the door: so many each second one by one, and of the others the exact number. */
final class RefusalSample {
    private final int most;
    private final InstantSource clock;
    private final Map<String, Long> suppressed = new TreeMap<>();
    private Instant second = Instant.MIN;
    private Instant from = Instant.MIN;
    private int admitted;

    RefusalSample(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Whether this one is remembered by itself; otherwise it is counted. */
    synchronized boolean admits(String outcome) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (!now.equals(second)) {
            second = now;
            admitted = 0;
        }
        if (admitted < most) {
            admitted++;
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
