package dev.wayleave.upstream;

/** The platform gave no answer that could be used. */
public final class UpstreamException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    UpstreamException(Kind kind, Throwable cause) {
        super(kind.name(), cause);
        this.kind = kind;
    }

    UpstreamException(Kind kind) {
        super(kind.name());
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What went wrong, as far as the caller can use it. */
    public enum Kind {
        /** No connection came about: nothing was sent. */
        UNREACHABLE(true, true),
        /** The deadline passed; whether the platform acted is not known. */
        TIMED_OUT(true, false),
        /** The connection broke; whether the platform acted is not known. */
        BROKEN(true, true),
        /** The platform has failed so often that it is not asked for a while: nothing was sent. */
        FAILING(false, false),
        /** What is about to be done could not be remembered: nothing was sent. */
        NOT_RECORDED(false, false),
        /** The answer is larger than the limit. */
        TOO_LARGE(false, false),
        /** The address would have left the platform's origin or base path: nothing was sent. */
        REFUSED_ADDRESS(false, false),
        /** The host leads into a private network, where it was not meant to: nothing was sent. */
        PRIVATE_ADDRESS(false, false);

        private final boolean failure;
        private final boolean passing;

        Kind(boolean failure, boolean passing) {
            this.failure = failure;
            this.passing = passing;
        }

        /** Whether it says something about the platform's health. */
        boolean isFailure() {
            return failure;
        }

        /** Whether the next attempt may go better. */
        boolean mayPass() {
            return passing;
        }
    }
}
