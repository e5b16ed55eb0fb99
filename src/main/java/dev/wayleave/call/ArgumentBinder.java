package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.tool.PathTemplate;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.UpstreamRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the arguments of one tool where its slots say; made once for each tool. */
final class ArgumentBinder {
    private static final Pattern DOTS = Pattern.compile("\\.{0,2}");
    private static final Pattern FIELD_VALUE = Pattern.compile("[\\x21-\\x7e](?:[\\x20\\x21-\\x7e\\t]*[\\x21-\\x7e])?");
    private final Tool tool;
    private final PathTemplate path;
    private final ArgumentValidator validator;
    private final Preparation preparation;
    private final SmuggledNames smuggled;
    private final Map<Slot, ParameterStyle> styles = new HashMap<>();

    ArgumentBinder(Tool tool) {
        this.tool = tool;
        this.path = PathTemplate.of(tool.operation().path());
        this.preparation = new Preparation(tool);
        this.smuggled = new SmuggledNames(tool);
        this.validator = new ArgumentValidator(tool.inputSchema());
        for (Slot slot : tool.slots()) {
            if (slot instanceof Slot.InParameter in) {
                styles.put(slot, new ParameterStyle(in.parameter()));
            }
        }
    }

    /** What the arguments make of the operation, or why they do not fit. */
    Binding bind(ObjectNode given, Caller caller) {
        Preparation.Prepared prepared = preparation.prepare(given);
        ObjectNode arguments = prepared.arguments();
        List<String> problems = prepared.problems().isEmpty() ? validator.problems(arguments) : prepared.problems();
        if (!problems.isEmpty()) {
            return new Binding.Unfit(problems);
        }
        try {
            if (isSmuggling(arguments)) {
                return new Binding.Unfit(
                        List.of("a member of an object has the name of something that is no argument"));
            }
            List<String> unbound = preparation.bind(arguments, caller);
            if (!unbound.isEmpty()) {
                return new Binding.Unfit(unbound);
            }
            return new Binding.Bound(target(arguments), headers(arguments), body(arguments), prepared.notes());
        } catch (UnfitArgument e) {
            return new Binding.Unfit(List.of(e.getMessage()));
        }
    }

    /** Looks at what the agent's own arguments come to, before any is bound. */
    private boolean isSmuggling(ObjectNode arguments) throws UnfitArgument {
        return !tool.treatments().isEmpty()
                && (smuggled.inQuery(query(arguments))
                        || smuggled.inCookies(headers(arguments))
                        || smuggled.inForm(body(arguments)));
    }

    private String target(ObjectNode arguments) throws UnfitArgument {
        String query = query(arguments);
        return path(arguments) + (query.isEmpty() ? "" : "?" + query);
    }

    private String path(ObjectNode arguments) throws UnfitArgument {
        Map<String, String> values = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        for (Slot.InParameter slot : filled(arguments, In.PATH)) {
            values.put(slot.parameter().name(), style(slot).expand(arguments.path(slot.argument())));
            names.put(slot.parameter().name(), slot.argument());
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < path.parts().size(); i++) {
            String part = path.parts().get(i);
            out.append(i % 2 == 0 ? part : values.getOrDefault(part, ""));
            boolean endsSegment = i % 2 == 1 && path.parts().get(i + 1).matches("(/.*)?");
            if (endsSegment
                    && DOTS.matcher(out.substring(out.lastIndexOf("/") + 1)).matches()) {
                throw new UnfitArgument("argument " + names.getOrDefault(part, part)
                        + ": must not be empty, \".\" or \"..\", because it is a segment of the path");
            }
        }
        return out.toString();
    }

    private String query(ObjectNode arguments) {
        List<String> pairs = new ArrayList<>();
        for (Slot.InParameter slot : filled(arguments, In.QUERY)) {
            pairs.addAll(style(slot).pairs(arguments.path(slot.argument())));
        }
        for (Slot.InParameter slot : filled(arguments, In.QUERYSTRING)) {
            pairs.add(style(slot).expand(arguments.path(slot.argument())));
        }
        return String.join("&", pairs);
    }

    private List<UpstreamRequest.Header> headers(ObjectNode arguments) throws UnfitArgument {
        List<UpstreamRequest.Header> headers = new ArrayList<>();
        for (Slot.InParameter slot : filled(arguments, In.HEADER)) {
            add(headers, slot, slot.parameter().name(), style(slot).expand(arguments.path(slot.argument())));
        }
        List<String> cookies = new ArrayList<>();
        Slot.@Nullable InParameter last = null;
        for (Slot.InParameter slot : filled(arguments, In.COOKIE)) {
            cookies.addAll(style(slot).pairs(arguments.path(slot.argument())));
            last = slot;
        }
        if (last != null && !cookies.isEmpty()) {
            add(headers, last, "Cookie", String.join("; ", cookies));
        }
        return headers;
    }

    /** Refuses what could end the field or be read as something else on the way (RFC 9110 §5.5). */
    private static void add(List<UpstreamRequest.Header> headers, Slot slot, String name, String value)
            throws UnfitArgument {
        if (value.isEmpty()) {
            return;
        }
        if (!FIELD_VALUE.matcher(value).matches()) {
            throw new UnfitArgument("argument " + slot.argument()
                    + ": must be visible ASCII without control characters, because it is a header");
        }
        headers.add(new UpstreamRequest.Header(name, value));
    }

    private UpstreamRequest.@Nullable Body body(ObjectNode arguments) {
        JsonNode whole = null;
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        boolean flat = false;
        for (Slot slot : tool.slots()) {
            JsonNode value = arguments.get(slot.argument());
            switch (slot) {
                case Slot.WholeBody w -> whole = value;
                case Slot.InBody in -> {
                    flat = true;
                    if (value != null) {
                        object.set(in.property(), value);
                    }
                }
                case Slot.InParameter p -> {}
            }
        }
        boolean sendsObject = flat && (!object.isEmpty() || isBodyRequired());
        JsonNode json = sendsObject ? object : whole;
        return json == null
                ? null
                : new UpstreamRequest.Body("application/json", json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isBodyRequired() {
        return tool.operation().requestBody() != null
                && tool.operation().requestBody().required();
    }

    /** The slots of one place whose argument is there; a null says nothing. */
    private List<Slot.InParameter> filled(ObjectNode arguments, Parameter.In in) {
        List<Slot.InParameter> filled = new ArrayList<>();
        for (Slot slot : tool.slots()) {
            if (slot instanceof Slot.InParameter parameter
                    && parameter.parameter().in() == in
                    && !arguments.path(slot.argument()).isMissingNode()
                    && !arguments.path(slot.argument()).isNull()) {
                filled.add(parameter);
            }
        }
        return filled;
    }

    private ParameterStyle style(Slot.InParameter slot) {
        ParameterStyle style = styles.get(slot);
        if (style == null) {
            throw new IllegalStateException(slot.argument());
        }
        return style;
    }

    /** Carries a problem out of the middle of a request. */
    private static final class UnfitArgument extends Exception {
        private static final long serialVersionUID = 1L;
        private final String problem;

        UnfitArgument(String problem) {
            super(problem);
            this.problem = problem;
        }

        @Override
        public String getMessage() {
            return problem;
        }
    }
}
