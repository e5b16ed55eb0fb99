package dev.wayleave.upstream;

import org.jspecify.annotations.Nullable;

/** One request on its way to an origin, as long as it can be broken off. */
final class Line {
    private @Nullable Runnable breaking;
    private boolean givenUp;

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
