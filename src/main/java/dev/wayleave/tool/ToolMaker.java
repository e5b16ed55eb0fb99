package dev.wayleave.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.RequestBody;
import dev.wayleave.openapi.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the tool of one operation. */
final class ToolMaker {
    private static final Pattern EMPTY_OR_DOTS = Pattern.compile("//|/\\.{1,2}(?=/|$)|[?#\\s]");
    private final Operation operation;
    private final InputSchema input = new InputSchema();

    private ToolMaker(Operation operation) {
        this.operation = operation;
    }

    static Tool make(String name, Operation operation) throws UnusableOperation {
        return new ToolMaker(operation).make(name);
    }

    private Tool make(String name) throws UnusableOperation {
        checkPath();
        for (Parameter parameter : operation.parameters()) {
            if (Headers.mayBeArgument(parameter)) {
                input.parameter(parameter);
            }
        }
        RequestBody body = operation.requestBody();
        if (body != null && !body.content().isEmpty()) {
            body(body);
        }
        return new Tool(
                name,
                Words.title(operation, name),
                Words.description(operation),
                input.json(),
                Annotations.of(operation),
                ScopeRequirement.of(operation),
                input.slots(),
                null,
                operation);
    }

    /** Every variable of the path must be a parameter, and the path must be one that can be sent. */
    private void checkPath() throws UnusableOperation {
        if (!operation.path().startsWith("/")
                || EMPTY_OR_DOTS.matcher(operation.path()).find()) {
            throw new UnusableOperation("its path has an empty or a dot segment");
        }
        Matcher variables = PathTemplate.VARIABLE.matcher(operation.path());
        while (variables.find()) {
            String variable = variables.group(1);
            if (operation.parameters().stream()
                    .noneMatch(parameter -> parameter.in() == Parameter.In.PATH
                            && parameter.name().equals(variable))) {
                throw new UnusableOperation("its path has {" + variable + "}, which no parameter describes");
            }
        }
    }

    private void body(RequestBody body) throws UnusableOperation {
        Optional<MediaType> json =
                body.content().stream().filter(MediaType::isJson).findFirst();
        if (json.isEmpty()) {
            throw new UnusableOperation("its body is "
                    + body.content().stream().map(MediaType::name).toList() + ", and only JSON is sent");
        }
        Schema schema = json.get().schema();
        if (schema == null) {
            input.wholeBody(new Schema(InputSchema.JSON.objectNode(), Map.of()), body);
        } else if (BodyShape.isFlat(schema, body.required())) {
            input.properties((ObjectNode) schema.json(), schema);
        } else {
            input.wholeBody(schema, body);
        }
    }
}
