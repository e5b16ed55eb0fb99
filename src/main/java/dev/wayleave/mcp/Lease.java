package dev.wayleave.mcp;

/** Ends something once it is given up and nobody uses it any more. */
final class Lease {
    private final Runnable end;
    private int users;
    private boolean givenUp;
    private boolean ended;

    Lease(Runnable end) {
        this.end = end;
    }

    /** Whether it may be used, until {@link #leave}: it has not ended. */
    synchronized boolean enter() {
        if (!ended) {
            users++;
        }
        return !ended;
    }

    void leave() {
        endIf(true);
    }

    /** It ends with its last user. */
    void giveUp() {
        endIf(false);
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    private void endIf(boolean left) {
        synchronized (this) {
            users -= left ? 1 : 0;
            givenUp |= !left;
            if (!givenUp || users > 0 || ended) {
                return;
            }
            ended = true;
        }
        end.run();
    }
}
