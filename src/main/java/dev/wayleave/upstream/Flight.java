package dev.wayleave.upstream;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One read that is under way. Those who ask for the same wait for it no longer than they have time, and learn nothing but an
 * answer that can be given again: its failure is that of its own call alone.
 */
final class Flight {
    private static final Duration LONGEST = Duration.ofHours(1);
    private final long began;
    private final CountDownLatch landed = new CountDownLatch(1);
    private volatile @Nullable Kept kept;

    /** @param began which changes had been heard of */
    Flight(long began) {
        this.began = began;
    }

    long began() {
        return began;
    }

    /** To be called once, whatever came of it; null where it came to nothing that others can use. */
    void land(@Nullable Kept came) {
        kept = came;
        landed.countDown();
    }

    /** What came of it, or null. */
    @Nullable
    Kept await(Duration longest) throws UpstreamException {
        try {
            long millis = longest.compareTo(LONGEST) < 0 ? longest.toMillis() : LONGEST.toMillis();
            if (!landed.await(millis, TimeUnit.MILLISECONDS)) {
                throw new UpstreamException(UpstreamException.Kind.TIMED_OUT);
            }
            return kept;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(UpstreamException.Kind.CANCELLED, e);
        }
    }
}
