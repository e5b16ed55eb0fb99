package dev.wayleave.workflow;

/** Why a text is no expression, condition or template; for its owner. */
public final class InvalidExpression extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidExpression(String message) {
        super(message, null, false, false);
    }
}
