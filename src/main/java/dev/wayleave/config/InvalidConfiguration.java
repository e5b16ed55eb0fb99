package dev.wayleave.config;

/** A configuration that cannot be served. Its message is for the operator: the key, the file and what would be right. */
public final class InvalidConfiguration extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidConfiguration(String message) {
        super(message);
    }
}
