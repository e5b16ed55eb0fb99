package dev.wayleave.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One read that is under way. Those who ask for the same wait for it no longer than they have time, and learn nothing but an
 * answer that can be given again: its failure is that of its own call alone.
 */
final class Flight {
    private static final Duration LONGEST = Duration.ofHours(1);
    private final long began;
    private final CompletableFuture<Optional<Kept>> landed = new CompletableFuture<>();

    /** @param began which changes had been heard of */
    Flight(long began) {
        this.began = began;
    }

    long began() {
        return began;
    }

    /** To be called once, whatever came of it; null where it came to nothing that others can use. */
    void land(@Nullable Kept came) {
        landed.complete(Optional.ofNullable(came));
    }

    /**
     * What came of it, or null.
     *
     * @param cancellation of the call that waits
     */
    @Nullable
    Kept await(Duration longest, Cancellation cancellation) throws UpstreamException {
        CompletableFuture<Optional<Kept>> mine = landed.copy();
        Runnable hook = () -> mine.cancel(false);
        cancellation.whenCancelled(hook);
        try {
            long millis = longest.compareTo(LONGEST) < 0 ? longest.toMillis() : LONGEST.toMillis();
            return mine.get(millis, TimeUnit.MILLISECONDS).orElse(null);
        } catch (TimeoutException e) {
            throw new UpstreamException(UpstreamException.Kind.TIMED_OUT, e);
        } catch (CancellationException | ExecutionException e) {
            throw new UpstreamException(UpstreamException.Kind.CANCELLED, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(UpstreamException.Kind.CANCELLED, e);
        } finally {
            cancellation.forget(hook);
        }
    }
}
