package dev.wayleave.openapi;

import java.util.List;
import java.util.Set;

/** Tells of {@code x-mcp} where nobody reads it, so that nothing is thought hidden that is not. */
final class StrayExtensions {
    private static final String NAME = "x-mcp";
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "query");
    private final Findings findings;

    StrayExtensions(Findings findings) {
        this.findings = findings;
    }

    void tell(Place root) {
        refuse(root.member("info"));
        refuse(root.member("components"));
        List.of("servers", "tags").forEach(list -> root.member(list).elements().forEach(this::refuse));
        for (Place path : root.member("paths").members()) {
            refuse(path);
            for (Place operation : path.members()) {
                if (METHODS.contains(operation.token())) {
                    body(operation.member("requestBody"));
                    operation.member("responses").members().forEach(this::body);
                }
            }
        }
        root.member("components").member("requestBodies").members().forEach(this::body);
        root.member("components").member("responses").members().forEach(this::body);
    }

    private void body(Place body) {
        refuse(body);
        body.member("content").members().forEach(this::refuse);
    }

    private void refuse(Place place) {
        Place extension = place.member(NAME);
        if (extension.exists()) {
            findings.error(
                    extension.source(),
                    "`x-mcp` means nothing here; it stands on the document, on operations, on parameters and on"
                            + " properties");
        }
    }
}
