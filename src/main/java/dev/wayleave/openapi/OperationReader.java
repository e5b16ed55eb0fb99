package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.OperationParts.Inputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One operation object. */
final class OperationReader {
    private final Reading reading;
    private final OperationParts parts;
    private final SecurityReader security;
    private final Map<String, String> idsSeen = new HashMap<>();

    OperationReader(Reading reading, OperationParts parts, SecurityReader security) {
        this.reading = reading;
        this.parts = parts;
        this.security = security;
    }

    /** Reads what {@code use} says or, in a description that people have split into files, refers to. */
    Operation read(Place pathItem, Place use, String method, PathTemplate path) throws Unreadable {
        Place operation = reading.object(use, "an operation");
        List<SecurityRequirement> protection = security.of(operation);
        Inputs inputs = parts.inputs(pathItem, operation);
        List<Parameter> parameters = path.fit(inputs.parameters(), operation, reading.findings());
        Map<String, Response> responses = parts.responses(operation);
        return new Operation(
                operationId(operation, method + " " + path.text()),
                method,
                path.text(),
                described(operation, pathItem, "summary"),
                described(operation, pathItem, "description"),
                reading.flag(operation, "deprecated", false),
                tags(operation),
                parameters,
                inputs.body(),
                responses,
                protection,
                Reading.extensions(operation),
                use.source());
    }

    /** Its own, or the one that its path has for all of its operations. */
    private @Nullable String described(Place operation, Place pathItem, String name) {
        String own = reading.text(operation, name);
        JsonNode shared = pathItem.node().path(name);
        return own == null && shared.isTextual() ? shared.textValue() : own;
    }

    private @Nullable String operationId(Place operation, String where) {
        String id = reading.text(operation, "operationId");
        if (id == null || id.isBlank()) {
            return null;
        }
        String before = idsSeen.putIfAbsent(id, where);
        if (before != null) {
            reading.findings()
                    .warning(
                            operation.member("operationId"),
                            "\"" + Texts.excerpt(id) + "\" is the operationId of " + Texts.excerpt(before) + " too");
        }
        return id;
    }

    private List<String> tags(Place operation) {
        List<String> tags = new ArrayList<>();
        Place declared = operation.member("tags");
        for (Place tag : declared.elements()) {
            if (tag.node().isTextual()) {
                tags.add(tag.node().textValue());
            } else {
                reading.findings().warning(tag, "a tag is text; left out");
            }
        }
        if (declared.exists() && !declared.node().isArray()) {
            reading.findings().warning(declared, "`tags` is a list; left out");
        }
        return tags;
    }
}
