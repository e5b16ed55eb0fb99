package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.openapi.RequestBody;
import dev.wayleave.tool.BodyChoice;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.UpstreamRequest;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the arguments of one tool where its slots say; made once for each tool. */
final class ArgumentBinder {
    private final Tool tool;
    private final ArgumentValidator validator;
    private final Preparation preparation;
    private final SmuggledNames smuggled;
    private final PathWriter path;
    private final QueryWriter query;
    private final HeaderWriter headers;
    private final @Nullable BodyWriter body;

    ArgumentBinder(Tool tool, Supplier<String> boundaries) {
        this.tool = tool;
        this.preparation = new Preparation(tool);
        this.smuggled = new SmuggledNames(tool);
        this.validator = new ArgumentValidator(tool.inputSchema());
        this.path = new PathWriter(tool.operation().path(), StyledSlot.of(tool.slots(), In.PATH));
        this.query = new QueryWriter(tool.slots());
        this.headers = new HeaderWriter(tool.slots());
        RequestBody described = tool.operation().requestBody();
        this.body = described == null
                ? null
                : BodyChoice.of(described)
                        .map(choice -> BodyWriter.of(choice, boundaries))
                        .orElse(null);
    }

    /** What the arguments make of the operation, or why they do not fit. */
    Binding bind(ObjectNode given, Caller caller) {
        return bind(preparation.prepare(given), caller, true);
    }

    /** What was JSON in a string is prepared once more, like what was not. */
    private Binding bind(Preparation.Prepared prepared, Caller caller, boolean first) {
        if (!prepared.problems().isEmpty()) {
            return new Binding.Unfit(prepared.problems());
        }
        ArgumentValidator.Checked checked = validator.check(prepared.arguments());
        if (checked.healed() && first && !tool.treatments().isEmpty()) {
            return bind(preparation.prepareAgain(checked.arguments(), prepared.notes()), caller, false);
        }
        return switch (checked) {
            case ArgumentValidator.Unfit unfit -> new Binding.Unfit(unfit.problems());
            case ArgumentValidator.Fit fit -> bound(fit.arguments(), prepared.notes(), caller);
        };
    }

    /** Binds what no agent can set after everything that it did set has been looked at. */
    private Binding bound(ObjectNode arguments, List<String> notes, Caller caller) {
        try {
            if (isSmuggling(arguments)) {
                return new Binding.Unfit(
                        List.of("a member of an object has the name of something that is no argument"));
            }
            List<String> unbound = preparation.bind(arguments, caller);
            if (!unbound.isEmpty()) {
                return new Binding.Unfit(unbound);
            }
            String search = query.write(arguments);
            String target = path.write(arguments) + (search.isEmpty() ? "" : "?" + search);
            return new Binding.Bound(arguments, target, headers.write(arguments), body(arguments), notes);
        } catch (UnfitArgument e) {
            return new Binding.Unfit(List.of("argument " + e.reason()));
        }
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
        return tool.operation().requestBody() != null
                && tool.operation().requestBody().required();
    }
}
