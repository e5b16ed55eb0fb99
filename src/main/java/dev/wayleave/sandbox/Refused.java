package dev.wayleave.sandbox;

import org.jspecify.annotations.Nullable;

/** A request that is answered with an error; its message is for the caller. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String challenge;

    Refused(int status, String message) {
        this(status, message, null);
    }

    private Refused(int status, String message, @Nullable String challenge) {
        super(message, null, false, false);
        this.status = status;
        this.challenge = challenge;
    }

    static Refused badRequest(String message) {
        return new Refused(400, message);
    }

    /** 401 with the challenge of RFC 6750 §3; {@code presented} says whether there was a token at all. */
    static Refused unauthorized(String message, boolean presented) {
        return new Refused(401, message, presented ? "Bearer error=\"invalid_token\"" : "Bearer");
    }

    static Refused forbidden(String message) {
        return new Refused(403, message);
    }

    static Refused insufficientScope(Scope needed) {
        return new Refused(
                403,
                "token lacks the scope " + needed.text(),
                "Bearer error=\"insufficient_scope\", scope=\"" + needed.text() + "\"");
    }

    static Refused notFound(String message) {
        return new Refused(404, message);
    }

    int status() {
        return status;
    }

    /** This refusal in the platform's form. */
    Answer answer() {
        Answer answer = Answer.json(status, StrictJson.object().put("error", getMessage()));
        return challenge == null ? answer : answer.with("WWW-Authenticate", challenge);
    }
}
