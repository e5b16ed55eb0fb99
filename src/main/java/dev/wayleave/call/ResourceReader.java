package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Resource;
import dev.wayleave.tool.UriTemplate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds what a URI names, and calls what is behind it as tools are called. */
public final class ResourceReader {
    private static final String NOTHING = "";
    private final List<Resource> resources;
    private final Policy policy;
    private final ToolCaller calls;
    private final Predicate<ToolCall> open;

    /**
     * Made once for each platform.
     *
     * @param resources in the order in which a URI is looked up
     * @param calls takes the text of a resource's URI for the name of a tool
     * @param open whether a call would be made that far
     */
    public ResourceReader(List<Resource> resources, Policy policy, ToolCaller calls, Predicate<ToolCall> open) {
        this.resources = List.copyOf(resources);
        this.policy = policy;
        this.calls = calls;
        this.open = open;
    }

    /** Those that the caller may read. */
    public List<Resource> offered(Caller caller) {
        return resources.stream()
                .filter(resource -> isOffered(caller, resource))
                .toList();
    }

    /**
     * Reads what the URI names.
     *
     * @param asked has the URI for the name of a tool, and no arguments
     */
    public ToolResult read(ToolCall asked) {
        for (Resource resource : resources) {
            Optional<Map<String, String>> values = resource.uri().match(asked.tool());
            if (values.isPresent()) {
                ObjectNode arguments = nothing();
                values.get().forEach(arguments::put);
                return calls.call(asked.naming(resource.uri().text(), arguments));
            }
        }
        return calls.call(asked.naming(NOTHING, nothing()));
    }

    /** The URI of a template with these values for its variables. */
    public static String uri(UriTemplate template, Map<String, String> values) {
        return template.expand(name -> PercentEncoding.encode(values.getOrDefault(name, "")));
    }

    /** Whether the caller may read it, or some URI of it where it is a template. */
    public boolean isOffered(Caller caller, Resource resource) {
        return resource.uri().isFixed()
                ? open.test(new ToolCall(NOTHING, caller, resource.uri().text(), nothing(), Instant.MAX))
                : policy.decide(caller, resource.tool()) instanceof Decision.Allowed;
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
