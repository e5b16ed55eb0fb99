package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** All operations of all paths. One that cannot be read is left out and told; the others stay. */
final class PathsReader {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    /** One has a member of its own; the others no client can send: they end or change what a connection speaks. */
    private static final Set<String> NOT_ADDITIONAL = Set.of("query", "connect", "pri");

    private final Reading reading;
    private final OperationReader operations;
    private final List<Operation> read = new ArrayList<>();
    private final Map<String, String> shapes = new HashMap<>();

    PathsReader(Reading reading, OperationReader operations) {
        this.reading = reading;
        this.operations = operations;
    }

    List<Operation> read(Place paths) {
        for (Place path : paths.members()) {
            if (!path.token().startsWith("x-")) {
                path(path);
            }
        }
        return read;
    }

    private void path(Place path) {
        try {
            PathTemplate template = PathTemplate.of(path);
            Place item = item(path);
            for (Place member : item.members()) {
                String name = member.token();
                boolean newer = reading.version() == Version.V3_2;
                if (METHODS.contains(name) || (newer && name.equals("query"))) {
                    operation(item, member, name.toUpperCase(Locale.ROOT), template);
                } else if (newer && name.equals("additionalOperations")) {
                    additional(item, member, template);
                } else if (name.equals("query") || name.equals("additionalOperations")) {
                    reading.findings().warning(member, "`" + name + "` is of OpenAPI 3.2; left out");
                }
            }
        } catch (Unreadable wrong) {
            reading.findings().error(wrong.source(), Texts.excerpt(path.token()) + " is left out: " + wrong.reason());
        }
    }

    /** A path item may refer to another and say more beside it. */
    private Place item(Place path) throws Unreadable {
        Place item = reading.object(path, "a path item");
        if (item == path || path.node().size() == 1) {
            return item;
        }
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        both.setAll((ObjectNode) item.node());
        for (var member : path.node().properties()) {
            if (!member.getKey().equals("$ref")) {
                both.set(member.getKey(), member.getValue());
            }
        }
        return item.holding(both);
    }

    private void additional(Place item, Place methods, PathTemplate path) {
        if (!methods.node().isObject()) {
            reading.findings().error(methods.source(), "`additionalOperations` is an object");
        }
        for (Place operation : methods.members()) {
            String method = operation.token();
            String lower = method.toLowerCase(Locale.ROOT);
            boolean token = method.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
            if (!token || METHODS.contains(lower) || NOT_ADDITIONAL.contains(lower)) {
                reading.findings()
                        .error(operation.source(), "\"" + Texts.excerpt(method) + "\" cannot be an additional method");
            } else {
                operation(item, operation, method, path);
            }
        }
    }

    private void operation(Place item, Place operation, String method, PathTemplate path) {
        try {
            read.add(operations.read(item, operation, method, path));
            String twin = path.isLabelled() ? null : shapes.putIfAbsent(method + " " + path.shape(), path.text());
            if (twin != null) {
                reading.findings().warning(operation, "is the same as " + method + " " + Texts.excerpt(twin));
            }
        } catch (Unreadable wrong) {
            JsonNode id = operation.node().path("operationId");
            String name = id.isTextual() ? " (" + Texts.excerpt(id.textValue()) + ")" : "";
            reading.findings()
                    .error(
                            wrong.source(),
                            method + " " + Texts.excerpt(path.text()) + name + " is left out: " + wrong.reason());
        }
    }
}
