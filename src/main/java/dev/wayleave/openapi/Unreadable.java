package dev.wayleave.openapi;

/** Why the part of a document that is being read cannot be used. It ends as a finding, or as a {@link DocumentException}. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Source source;

    Unreadable(Place place, String message) {
        this(place.source(), message);
    }

    Unreadable(Source source, String message) {
        super(message, null, false, false);
        this.source = source;
    }

    Source source() {
        return source;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
