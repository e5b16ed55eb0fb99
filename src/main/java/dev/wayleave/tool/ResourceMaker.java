package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the resources of a document; one that could not be read by its URI alone is left out with a finding. */
final class ResourceMaker {
    private static final int MOST_REFERENCES = 8;
    private final BehindTools behind;
    private final List<Finding> findings;

    ResourceMaker(BehindTools behind, List<Finding> findings) {
        this.behind = behind;
        this.findings = findings;
    }

    /** In the document's order, but single URIs before templates, which may fit them too. */
    List<Resource> resources(List<ResourceCuration> curated) {
        List<Resource> resources = new ArrayList<>();
        Map<String, UriTemplate> shapes = new HashMap<>();
        for (ResourceCuration one : curated) {
            try {
                UriTemplate other = shapes.putIfAbsent(one.uri().shape(), one.uri());
                if (other != null) {
                    throw new UnusableOperation("its URIs are those of " + other);
                }
                resources.add(resource(one));
            } catch (UnusableOperation e) {
                findings.add(new Finding(
                        Finding.Severity.ERROR,
                        one.source(),
                        VisibleText.of(one.uri().text(), 200) + " is left out: " + e.getMessage()));
            }
        }
        resources.sort(Comparator.comparing(resource -> !resource.uri().isFixed()));
        return resources;
    }

    private Resource resource(ResourceCuration one) throws UnusableOperation {
        Operation operation = behind.operation(one.operation());
        Tool tool = behind.tool(operation);
        if (!operation.method().equals("GET")
                || !tool.handling().safe()
                || !tool.annotations().readOnly()) {
            throw new UnusableOperation("a resource is read with a GET that only reads");
        }
        if (!tool.handling().asks().isNone()) {
            throw new UnusableOperation("nobody is asked when a resource is read, and its operation asks");
        }
        JsonNode arguments = tool.inputSchema().path("properties");
        for (String variable : one.uri().names()) {
            if (!arguments.has(variable)) {
                throw new UnusableOperation("its {" + variable + "} is no argument of " + tool.name());
            }
        }
        for (JsonNode required : tool.inputSchema().path("required")) {
            if (!one.uri().names().contains(required.asText())) {
                throw new UnusableOperation("the argument " + VisibleText.of(required.asText(), 64)
                        + " is required; make it a variable of the URI, or bind it with x-mcp");
            }
        }
        return new Resource(
                one.uri(),
                one.name() == null ? tool.name() : one.name(),
                one.title() == null ? tool.title() : one.title(),
                one.description() == null ? tool.description() : one.description(),
                one.mimeType() == null ? mimeType(operation) : one.mimeType(),
                values(one.uri(), tool),
                tool.promisingNothing());
    }

    /** What the one answer is that the description tells of a success. */
    private static @Nullable String mimeType(Operation operation) {
        Response response = operation.responses().get("200");
        List<MediaType> content = response == null ? List.of() : response.content();
        boolean told = content.size() == 1
                && ResourceCuration.MEDIA_TYPE
                        .matcher(content.getFirst().name())
                        .matches();
        return told ? content.getFirst().name() : null;
    }

    private static Map<String, List<String>> values(UriTemplate uri, Tool tool) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String variable : uri.names()) {
            List<String> some =
                    values(tool.inputSchema(), tool.inputSchema().at("/properties/" + variable), MOST_REFERENCES);
            if (!some.isEmpty()) {
                values.put(variable, some);
            }
        }
        return values;
    }

    /** Those of an enumeration, in order. */
    private static List<String> values(JsonNode root, JsonNode schema, int references) {
        String reference = schema.path("$ref").asText();
        if (reference.startsWith("#/$defs/") && references > 0) {
            return values(root, root.at(reference.substring(1)), references - 1);
        }
        if (schema.path("type").asText().equals("boolean")) {
            return List.of("false", "true");
        }
        List<String> values = new ArrayList<>();
        for (JsonNode value : schema.path("enum")) {
            if (value.isValueNode() && !value.isNull()) {
                values.add(value.asText());
            }
        }
        return new ArrayList<>(new TreeSet<>(values));
    }
}
