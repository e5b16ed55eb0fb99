package dev.wayleave.openapi;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A response object. */
public record Response(@Nullable String description, List<MediaType> content) {
    public Response {
        content = List.copyOf(content);
    }
}
