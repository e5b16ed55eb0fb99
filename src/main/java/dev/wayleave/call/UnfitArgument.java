package dev.wayleave.call;

/** A value that fits its schema and still cannot be written where it goes; carries why out of the middle of a request. */
final class UnfitArgument extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    /**
     * Of an argument that is not named yet.
     *
     * @param reason continues a sentence that begins with the argument's name, such as "must not be empty"
     */
    UnfitArgument(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The same of a part of the argument, or of the argument itself. */
    UnfitArgument in(String name) {
        return new UnfitArgument(name + ": " + reason);
    }

    String reason() {
        return reason;
    }
}
