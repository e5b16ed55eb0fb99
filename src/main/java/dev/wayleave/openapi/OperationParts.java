package dev.wayleave.openapi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a version of OpenAPI says what an operation takes and gives. */
sealed interface OperationParts permits OpenApi3Parts, Swagger2Parts {
    /** What an operation takes. */
    record Inputs(List<Parameter> parameters, @Nullable RequestBody body) {}

    Inputs inputs(Place pathItem, Place operation) throws Unreadable;

    Map<String, Response> responses(Place operation) throws Unreadable;

    static OperationParts of(Reading reading, Place root) {
        return reading.version() == Version.V2_0 ? new Swagger2Parts(reading, root) : new OpenApi3Parts(reading);
    }
}
