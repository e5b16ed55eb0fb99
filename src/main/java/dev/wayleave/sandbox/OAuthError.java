package dev.wayleave.sandbox;

/** An error of RFC 6749 §5.2 or RFC 7591 §3.2.2: a code from the standard, a description for people. */
final class OAuthError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    OAuthError(String code, String description) {
        super(description, null, false, false);
        this.code = code;
    }

    /** This error as the token and registration endpoints answer it. */
    Answer answer() {
        return Answer.json(400, StrictJson.object().put("error", code).put("error_description", getMessage()));
    }

    /** An endpoint that answers with OAuth's errors instead of the platform's. */
    static Endpoint answering(Endpoint endpoint) {
        return request -> {
            try {
                return endpoint.answer(request);
            } catch (OAuthError e) {
                return e.answer();
            } catch (Refused e) {
                return new OAuthError("invalid_request", String.valueOf(e.getMessage())).answer();
            }
        };
    }
}
