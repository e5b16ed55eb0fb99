package dev.wayleave.openapi;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A request body object; its content types stand in the document's order. */
public record RequestBody(boolean required, @Nullable String description, List<MediaType> content) {
    public RequestBody {
        content = List.copyOf(content);
    }
}
