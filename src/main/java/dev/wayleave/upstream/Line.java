package dev.wayleave.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request on its way to an origin, as long as it can be broken off. */
final class Line {
    private final @Nullable Duration patience;
    private final boolean insists;
    private @Nullable Runnable breaking;
    private boolean givenUp;

    /**
     * One that begins.
     *
     * @param patience how long the first byte of the answer may take; null where only the whole has its time
     * @param insists whether its answer is taken even where there is little room, because what it tells was done
     */
    Line(@Nullable Duration patience, boolean insists) {
        this.patience = patience;
        this.insists = insists;
    }

    boolean insists() {
        return insists;
    }

    @Nullable
    Duration patience() {
        return patience;
    }

    /** Whether it may still go out; how to break it off from then on. */
    synchronized boolean goesOut(Runnable how) {
        breaking = how;
        return !givenUp;
    }

    /** Nobody waits for its answer any more. */
    void giveUp() {
        Runnable how = givingUp();
        if (how != null) {
            how.run();
        }
    }

    private synchronized @Nullable Runnable givingUp() {
        givenUp = true;
        return breaking;
    }
}
