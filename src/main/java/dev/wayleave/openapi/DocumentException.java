package dev.wayleave.openapi;

/** A document that cannot be used at all. Its message is for the operator and names file, place and what would be right. */
public final class DocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    public DocumentException(Source source, String message) {
        super(source + ": " + message);
    }
}
