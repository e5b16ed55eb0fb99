package dev.wayleave.openapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response object. */
public record Response(@Nullable String description, List<MediaType> content) {
    public Response {
        content = List.copyOf(content);
    }
}
