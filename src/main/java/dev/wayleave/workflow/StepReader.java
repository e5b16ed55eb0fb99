package dev.wayleave.workflow;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.openapi.Place;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads steps, with what their workflow says of all of them. */
final class StepReader {
    private static final int MOST = 100;
    private static final long LONGEST = 600_000;
    private static final Pattern NAMED_OPERATION =
            Pattern.compile("\\$sourceDescriptions\\.([A-Za-z0-9_-]+)\\.(.{1,300})", Pattern.DOTALL);
    private static final Pattern OPERATION_PATH = Pattern.compile("\\{?\\$sourceDescriptions\\.([A-Za-z0-9_-]+)\\.url}?"
            + "#/paths/([^/]{1,1000})/(?:additionalOperations/)?([A-Za-z]+)");
    private static final Map<String, In> PLACES = Map.of(
            "path",
            In.PATH,
            "query",
            In.QUERY,
            "querystring",
            In.QUERYSTRING,
            "header",
            In.HEADER,
            "cookie",
            In.COOKIE);
    private final Map<String, String> sources;
    private final boolean later;
    private final Components components;
    private final ValueReader values;
    private final ActionReader actions;

    /**
     * For one document.
     *
     * @param sources the types of source descriptions by their names
     * @param later whether it is of version 1.1
     */
    StepReader(Map<String, String> sources, boolean later, Components components) {
        this.sources = sources;
        this.later = later;
        this.components = components;
        this.values = new ValueReader(later);
        this.actions = new ActionReader(components, values, later);
    }

    ValueReader values() {
        return values;
    }

    Step step(Place place, Fields workflow) throws InvalidWorkflow {
        Fields fields = new Fields(place, "a step");
        String id = fields.id("stepId");
        fields.text("description");
        Step.Target target = target(fields);
        boolean calls = target instanceof Step.Target.Operation;
        Map<String, StepParameter> parameters = parameters(fields, calls);
        parameters(workflow, calls).forEach(parameters::putIfAbsent);
        Payload body = body(fields, calls);
        if (fields.has("successCriteria")
                && fields.member("successCriteria").node().isEmpty()) {
            throw new InvalidWorkflow(fields.member("successCriteria"), "has at least one criterion");
        }
        List<String> dependsOn = new ArrayList<>();
        Duration timeout = null;
        if (later) {
            for (Place one : fields.list("dependsOn", MOST)) {
                dependsOn.add(one.node().asText());
            }
            timeout = fields.has("timeout") ? Duration.ofMillis(fields.number("timeout", 0, LONGEST)) : null;
        }
        Step step = new Step(
                id,
                target,
                List.copyOf(parameters.values()),
                body,
                actions.criteria(fields, "successCriteria"),
                actions.actions(fields, workflow, true),
                actions.actions(fields, workflow, false),
                outputs(fields),
                timeout,
                dependsOn,
                fields.extensions(),
                place.source());
        fields.end();
        return step;
    }

    Map<String, Value> outputs(Fields fields) throws InvalidWorkflow {
        Map<String, Value> outputs = new LinkedHashMap<>();
        for (Place output : fields.named("outputs")) {
            outputs.put(output.token(), values.output(output));
        }
        return outputs;
    }

    private Step.Target target(Fields fields) throws InvalidWorkflow {
        String operation = fields.text("operationId");
        String path = fields.text("operationPath");
        String workflow = fields.text("workflowId");
        boolean one = (operation == null ? 0 : 1) + (path == null ? 0 : 1) + (workflow == null ? 0 : 1) == 1;
        if (!one) {
            throw new InvalidWorkflow(
                    fields.place(), "a step has one of `operationId`, `operationPath` and `workflowId`");
        }
        if (workflow != null) {
            if (workflow.startsWith("$")) {
                throw new InvalidWorkflow(fields.member("workflowId"), "names a workflow of another document");
            }
            return new Step.Target.Workflow(workflow);
        }
        return new Step.Target.Operation(
                operation != null
                        ? operation(fields.member("operationId"), operation)
                        : path(fields.member("operationPath"), String.valueOf(path)));
    }

    private String operation(Place place, String text) throws InvalidWorkflow {
        Matcher named = NAMED_OPERATION.matcher(text);
        if (!named.matches()) {
            long several = sources.values().stream()
                    .filter(type -> !type.equals("arazzo"))
                    .count();
            if (several > 1) {
                throw new InvalidWorkflow(place, "names an operation without its source, of which there are several");
            }
            return text;
        }
        openApi(place, named.group(1));
        return named.group(2);
    }

    private String path(Place place, String text) throws InvalidWorkflow {
        Matcher named = OPERATION_PATH.matcher(text);
        if (!named.matches()) {
            throw new InvalidWorkflow(place, "is `{$sourceDescriptions.NAME.url}#/paths/PATH/METHOD`");
        }
        openApi(place, named.group(1));
        String escaped = named.group(2).replace("+", "%2B");
        try {
            String path = URLDecoder.decode(escaped, StandardCharsets.UTF_8)
                    .replace("~1", "/")
                    .replace("~0", "~");
            return named.group(3).toUpperCase(Locale.ROOT) + " " + path;
        } catch (IllegalArgumentException e) {
            throw new InvalidWorkflow(place, "is not percent-encoded");
        }
    }

    private void openApi(Place place, String source) throws InvalidWorkflow {
        String type = sources.get(source);
        if (type == null) {
            throw new InvalidWorkflow(place, "names no source description");
        }
        if (!type.equals("openapi")) {
            throw new InvalidWorkflow(place, "names a source of type " + type + ", which is not read");
        }
    }

    /** By place and name. */
    private Map<String, StepParameter> parameters(Fields owner, boolean calls) throws InvalidWorkflow {
        Map<String, StepParameter> parameters = new LinkedHashMap<>();
        for (Place place : owner.list("parameters", MOST)) {
            Components.Referred found = components.parameter(place);
            Fields fields = new Fields(found.object(), "a parameter");
            String name = fields.required("name");
            String in = fields.text("in");
            if (calls && (in == null || !PLACES.containsKey(in) || (in.equals("querystring") && !later))) {
                throw new InvalidWorkflow(fields.member("in"), "`in` is path, query, header or cookie");
            }
            Value value = values.value(found.value(fields));
            fields.end();
            String key = (calls ? in : "") + " " + name;
            if (parameters.put(key, new StepParameter(name, calls ? PLACES.get(in) : null, value)) != null) {
                throw new InvalidWorkflow(place, "the parameter " + name + " stands here twice");
            }
        }
        return parameters;
    }

    private @Nullable Payload body(Fields step, boolean calls) throws InvalidWorkflow {
        Place place = step.member("requestBody");
        if (!place.exists()) {
            return null;
        }
        if (!calls) {
            throw new InvalidWorkflow(place, "a workflow has no request body; pass parameters");
        }
        Fields fields = new Fields(place, "a request body");
        String given = fields.text("contentType");
        String type = given == null ? null : given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean json = type == null || type.endsWith("/json") || type.endsWith("+json");
        Place payload = fields.member("payload");
        Value value = form(type, payload) ? formFields(payload) : values.payload(payload, json && isObject(payload));
        List<Payload.Replacement> replacements = new ArrayList<>();
        for (Place one : fields.list("replacements", MOST)) {
            replacements.add(replacement(new Fields(one, "a replacement")));
        }
        fields.end();
        return new Payload(type, value, replacements);
    }

    /** Text that is meant as JSON. */
    private static boolean isObject(Place payload) {
        String text = payload.node().asText().strip();
        return text.startsWith("{\"") || text.matches("(?s)[{\\[]\\s.*|[{\\[][\\]}].*|\\[[\"{\\[].*");
    }

    private static boolean form(@Nullable String type, Place payload) {
        return "application/x-www-form-urlencoded".equals(type)
                && payload.node().isTextual()
                && !Expression.isMeant(payload.node().textValue());
    }

    /** A form as text is taken apart before anything is put in, so that no value can bring a field along. */
    private Value formFields(Place payload) throws InvalidWorkflow {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (String pair : payload.node().textValue().strip().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new InvalidWorkflow(payload, "a form is made of `name=value`");
            }
            String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
            String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
            fields.put(name, values.value(payload.holding(TextNode.valueOf(value))));
        }
        return new Value.Members(fields);
    }

    private Payload.Replacement replacement(Fields fields) throws InvalidWorkflow {
        String target = fields.required("target");
        String type = later && fields.has("targetSelectorType")
                ? ValueReader.type(fields.member("targetSelectorType"))
                : "jsonpointer";
        if (!type.equals("jsonpointer") || !target.matches("(/([^/~]|~[01])*)+")) {
            throw new InvalidWorkflow(fields.member("target"), "`target` is a JSON pointer here");
        }
        List<String> tokens = new ArrayList<>();
        for (String token : target.substring(1).split("/", -1)) {
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        Value value = values.value(fields.member("value"));
        fields.end();
        return new Payload.Replacement(tokens, value);
    }
}
