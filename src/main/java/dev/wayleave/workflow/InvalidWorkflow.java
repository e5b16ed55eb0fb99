package dev.wayleave.workflow;

import dev.wayleave.openapi.Place;
import dev.wayleave.openapi.Source;

/** Why a part of a workflow document cannot be used, and where it stands; for its owner. */
final class InvalidWorkflow extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Source source;

    InvalidWorkflow(Place place, String message) {
        super(message, null, false, false);
        this.source = place.source();
    }

    Source source() {
        return source;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
