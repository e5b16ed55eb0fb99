package dev.wayleave.upstream;

/** What came of an answer on its connection once the request was handed over; thrown through the client to who waits. */
final class AnswerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final UpstreamException.Kind kind;

    AnswerFault(UpstreamException.Kind kind, Throwable cause) {
        super(kind.name(), cause, false, false);
        this.kind = kind;
    }

    AnswerFault(UpstreamException.Kind kind) {
        super(kind.name(), null, false, false);
        this.kind = kind;
    }

    UpstreamException.Kind kind() {
        return kind;
    }
}
