package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.openapi.RequestBody;
import dev.wayleave.tool.BodyChoice;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.UpstreamRequest;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the arguments of a tool that is one operation where its slots say; made once for each tool. */
final class ArgumentBinder {
    private final Tool tool;
    private final Operation operation;
    private final ArgumentCheck check;
    private final SmuggledNames smuggled;
    private final PathWriter path;
    private final QueryWriter query;
    private final HeaderWriter headers;
    private final @Nullable BodyWriter body;

    ArgumentBinder(Tool tool, Operation operation, Supplier<String> boundaries) {
        this.tool = tool;
        this.operation = operation;
        this.check = new ArgumentCheck(tool, this::isSmuggling);
        this.smuggled = new SmuggledNames(tool);
        this.path = new PathWriter(operation.path(), StyledSlot.of(tool.slots(), In.PATH));
        this.query = new QueryWriter(tool.slots());
        this.headers = new HeaderWriter(tool.slots());
        RequestBody described = operation.requestBody();
        this.body = described == null
                ? null
                : BodyChoice.of(described)
                        .map(choice -> BodyWriter.of(choice, boundaries))
                        .orElse(null);
    }

    /** What the arguments make of the operation, or why they do not fit. */
    Binding bind(ObjectNode given, Caller caller) {
        try {
            return switch (check.check(given, caller)) {
                case ArgumentCheck.Checked.Unfit unfit -> new Binding.Unfit(unfit.problems());
                case ArgumentCheck.Checked.Fit fit -> bound(fit.arguments(), fit.notes());
            };
        } catch (UnfitArgument e) {
            return new Binding.Unfit(List.of("argument " + e.reason()));
        }
    }

    private Binding bound(ObjectNode arguments, List<String> notes) throws UnfitArgument {
        String search = query.write(arguments);
        String target = path.write(arguments) + (search.isEmpty() ? "" : "?" + search);
        return new Binding.Bound(
                arguments, operation.method(), target, headers.write(arguments), body(arguments), notes);
    }

    private boolean isSmuggling(ObjectNode arguments) throws UnfitArgument {
        return !tool.treatments().isEmpty()
                && (smuggled.inQuery(query.write(arguments))
                        || smuggled.inCookies(headers.write(arguments))
                        || smuggled.inForm(body(arguments)));
    }

    private UpstreamRequest.@Nullable Body body(ObjectNode arguments) throws UnfitArgument {
        if (body == null) {
            return null;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        boolean flat = false;
        for (Slot slot : tool.slots()) {
            JsonNode value = arguments.get(slot.argument());
            switch (slot) {
                case Slot.WholeBody whole -> {
                    return value == null ? null : written(body, whole.argument(), value);
                }
                case Slot.InBody in -> {
                    flat = true;
                    if (value != null) {
                        object.set(in.property(), value);
                    }
                }
                case Slot.InParameter parameter -> {}
            }
        }
        return flat && (!object.isEmpty() || isBodyRequired()) ? body.write(object) : null;
    }

    private static UpstreamRequest.Body written(BodyWriter body, String argument, JsonNode value) throws UnfitArgument {
        try {
            return body.write(value);
        } catch (UnfitArgument e) {
            throw e.in(argument);
        }
    }

    private boolean isBodyRequired() {
        return operation.requestBody() != null && operation.requestBody().required();
    }
}
