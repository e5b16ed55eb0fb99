package dev.wayleave.upstream;

import java.time.Duration;

/** The platform gave no answer that could be used. */
public final class UpstreamException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Kind kind;
    private final Duration retryAfter;

    UpstreamException(Kind kind, Throwable cause) {
        super(kind.name(), cause);
        this.kind = kind;
        this.retryAfter = Duration.ZERO;
    }

    UpstreamException(Kind kind) {
        this(kind, Duration.ZERO);
    }

    UpstreamException(Kind kind, Duration retryAfter) {
        super(kind.name());
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** When a later try may go better; nothing where that is not known. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** What went wrong, as far as the caller can use it. */
    public enum Kind {
        /** No connection came about: nothing was sent. */
        UNREACHABLE(true),
        /** The deadline passed; whether the platform acted is not known. */
        TIMED_OUT(true),
        /** No byte of an answer came in the time that there is for the first; whether the platform acted is not known. */
        SILENT(true),
        /** The connection broke before any byte of an answer; whether the platform acted is not known. */
        BROKEN(true),
        /** The connection broke within the answer; whether the platform did all of it is not known. */
        CUT_OFF(true),
        /** No secure connection came about: nothing was sent. */
        INSECURE(true),
        /** The deadline had passed before: nothing was sent. */
        EXPIRED(false),
        /** Nobody waits for the answer any more; whether the platform acted is not known. */
        CANCELLED(false),
        /** The platform has failed so often that it is not asked for a while: nothing was sent. */
        FAILING(false),
        /** What is about to be done could not be remembered: nothing was sent. */
        NOT_RECORDED(false),
        /** The answer breaks the rules of HTTP, and was not taken; whether the platform acted is not known. */
        MALFORMED(false),
        /** The answer is larger than the limit; whether the platform acted is not known. */
        TOO_LARGE(false),
        /** There is no room in memory for the answer; whether the platform acted is not known. */
        NO_ROOM(false),
        /** The address would have left the platform's origin or base path: nothing was sent. */
        REFUSED_ADDRESS(false),
        /** The host leads into a private network, where it was not meant to: nothing was sent. */
        PRIVATE_ADDRESS(false);

        private final boolean failure;

        Kind(boolean failure) {
            this.failure = failure;
        }

        /** Whether it says something about the platform's health. */
        boolean isFailure() {
            return failure;
        }
    }
}
