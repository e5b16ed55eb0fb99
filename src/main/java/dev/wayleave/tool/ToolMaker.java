package dev.wayleave.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.RequestBody;
import dev.wayleave.openapi.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the tool of one operation. */
final class ToolMaker {
    private static final Pattern EMPTY_OR_DOTS = Pattern.compile("//|/\\.{1,2}(?=/|$)|[?#\\s]");
    private final Operation operation;
    private final boolean bodyInOne;
    private final ArgumentsCuration arguments;
    private final InputSchema input;

    private ToolMaker(Operation operation, boolean bodyInOne) {
        this.operation = operation;
        this.bodyInOne = bodyInOne;
        this.arguments = new ArgumentsCuration(operation.source());
        this.input = new InputSchema(new ArgumentNames(operation.parameters(), bodyNames()), arguments);
    }

    /**
     * Makes it, or throws.
     *
     * @param bodyInOne whether a body is always one argument
     * @param findings where it is told what was not taken
     */
    static Tool make(
            String name, Operation operation, OperationCuration curation, boolean bodyInOne, List<Finding> findings)
            throws UnusableOperation {
        return new ToolMaker(operation, bodyInOne).make(name, curation, findings);
    }

    private Tool make(String name, OperationCuration curation, List<Finding> findings) throws UnusableOperation {
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
        String title = curation.title();
        String description = curation.description();
        List<String> scopes = curation.scopes();
        ObjectNode asked = SchemaWords.of(input.json());
        Handling handling = Handling.of(operation, curation);
        OutputSchema output = handling.safe() ? OutputSchema.of(operation) : null;
        return new Tool(
                name,
                title == null ? Words.title(operation, name) : VisibleText.of(title, Words.TITLE_LENGTH),
                description == null
                        ? Words.description(operation)
                        : VisibleText.of(description, Words.DESCRIPTION_LENGTH),
                asked,
                output == null ? null : new OutputSchema(SchemaWords.of(output.json()), output.wrapped()),
                Annotations.of(operation, curation, findings),
                scopes == null ? ScopeRequirement.of(operation) : ScopeRequirement.of(operation, scopes),
                input.slots(),
                arguments.treatments(),
                handling,
                curation.result(),
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
        BodyChoice choice = BodyChoice.of(body)
                .orElseThrow(() -> new UnusableOperation("its body is "
                        + body.content().stream().map(MediaType::name).toList()
                        + ", and of multipart only what has named parts is sent"));
        Schema schema = choice.asked();
        Schema described = choice.type().schema();
        if (described != null && choice.isReplaced()) {
            arguments.lost(described);
        }
        if (isFlat(schema, body)) {
            input.properties((ObjectNode) schema.json(), schema);
        } else {
            input.wholeBody(schema, body);
        }
    }

    private boolean isFlat(Schema schema, RequestBody body) {
        return !bodyInOne && !schema.json().has(Extension.NAME) && BodyShape.isFlat(schema, body.required());
    }

    /** The names under which the body may stand among the arguments: one for the whole of it, or its properties'. */
    private List<String> bodyNames() {
        RequestBody body = operation.requestBody();
        if (body == null) {
            return List.of();
        }
        Schema schema = BodyChoice.of(body).map(BodyChoice::asked).orElse(null);
        if (schema == null || !isFlat(schema, body)) {
            return List.of(ArgumentNames.BODY);
        }
        List<String> names = new ArrayList<>();
        schema.json().path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
