package dev.wayleave.openapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request body object; its content types stand in the document's order. */
public record RequestBody(boolean required, @Nullable String description, List<MediaType> content) {
    public RequestBody {
        content = List.copyOf(content);
    }
}
