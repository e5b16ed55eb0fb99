package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Source;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations with nothing but what a test is about. */
final class Operations {
    private Operations() {}

    static Operation named(@Nullable String id, String method, String path, String... tags) {
        return operation(id, method, path, null, null, false, List.of(tags));
    }

    static Operation described(@Nullable String summary, @Nullable String description, boolean deprecated) {
        return operation("getPet", "GET", "/pets/{petId}", summary, description, deprecated, List.of());
    }

    private static Operation operation(
            @Nullable String id,
            String method,
            String path,
            @Nullable String summary,
            @Nullable String description,
            boolean deprecated,
            List<String> tags) {
        return new Operation(
                id,
                method,
                path,
                summary,
                description,
                deprecated,
                tags,
                List.of(),
                null,
                Map.of(),
                null,
                Map.of(),
                new Source("test", "", 0));
    }
}
