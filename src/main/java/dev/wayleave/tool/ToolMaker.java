package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.RequestBody;
import dev.wayleave.openapi.Schema;
import dev.wayleave.openapi.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the tool of one operation. */
final class ToolMaker {
    private static final Pattern UNSENDABLE = Pattern.compile("//|[\\x00-\\x20\"<>\\\\^`|\\x7f]|%(?![0-9A-Fa-f]{2})");
    private final Operation operation;
    private final ArgumentStyle style;
    private final Headers headers;
    private final SchemaBudget size;
    private final ArgumentsCuration arguments;
    private final InputSchema input;

    ToolMaker(Operation operation, ArgumentStyle style, Headers headers, SchemaBudget size) throws UnusableOperation {
        this(operation, style, headers, size, path -> false);
    }

    /** @param shown what is an argument although it is hidden from agents, unless it is bound */
    ToolMaker(
            Operation operation, ArgumentStyle style, Headers headers, SchemaBudget size, Predicate<ArgumentPath> shown)
            throws UnusableOperation {
        this.operation = operation;
        this.size = size;
        this.headers = headers;
        this.style = style;
        this.arguments = new ArgumentsCuration(operation.source(), shown);
        this.input = new InputSchema(new ArgumentNames(operation.parameters(), bodyNames()), arguments);
    }

    /**
     * Makes it, or throws.
     *
     * @param findings where it is told what was not taken
     */
    Tool make(String name, OperationCuration curation, List<Finding> findings) throws UnusableOperation {
        checkPath();
        String key = keyHeader(curation);
        for (Parameter parameter : operation.parameters()) {
            if (parameter.in() == Parameter.In.HEADER && parameter.name().equalsIgnoreCase(key)) {
                continue;
            }
            if (headers.mayBeArgument(parameter)) {
                input.parameter(parameter);
            } else {
                findings.add(new Finding(
                        Finding.Severity.WARNING,
                        operation.source(),
                        "the header " + VisibleText.of(parameter.name(), 64) + " is not an agent's to set"));
            }
        }
        RequestBody body = operation.requestBody();
        if (body != null && !body.content().isEmpty()) {
            body(body, findings);
        }
        ScopeRequirement scopes = curation.scopes();
        CuratedWords words = new CuratedWords(findings);
        String title = words.title(curation.title(), said("title"));
        String description =
                words.text(curation.description(), Words.descriptionLength(operation), said("description"));
        ObjectNode given = input.json();
        Set<String> needed = AskCuration.fit(curation.asks(), given);
        size.take(given);
        ObjectNode asked = SchemaNames.in(SchemaWords.of(given));
        Handling handling = handling(curation, needed, findings);
        OutputSchema output = handling.safe() ? OutputSchema.of(operation) : null;
        return new Tool(
                name,
                title == null ? Words.title(operation, name) : title,
                Words.description(operation, description),
                asked,
                output == null
                        ? null
                        : new OutputSchema(SchemaNames.in(SchemaWords.of(output.json())), output.wrapped()),
                Annotations.of(operation, curation, findings),
                scopes == null ? ScopeRequirement.of(operation) : scopes,
                input.slots(),
                arguments.treatments(),
                handling,
                curation.result(),
                new Work.OneCall(operation));
    }

    private Source said(String key) {
        JsonNode extension = operation.extensions().get(Extension.NAME);
        Source source = operation.source();
        return extension == null ? source : source.of(extension).member(extension, key);
    }

    /** The header of its idempotency key, which is ours to set and no argument; null for none. */
    private @Nullable String keyHeader(OperationCuration curation) throws UnusableOperation {
        String key = curation.keyHeader();
        if (key != null && !headers.mayBeSet(key)) {
            throw new UnusableOperation("x-mcp.idempotency-key names a header that cannot carry a key");
        }
        return key;
    }

    /** How it is called, and what is asked before; it is told where a cache would be of no use. */
    private Handling handling(OperationCuration curation, Set<String> needed, List<Finding> findings) {
        Handling handling = Handling.of(operation, curation);
        Asks asks = handling.asks();
        if (curation.cacheTtl() != null && handling.cacheTtl() == null) {
            findings.add(new Finding(
                    Finding.Severity.WARNING, operation.source(), "x-mcp.cache is of no use: it may change something"));
        }
        return handling.asking(new Asks(asks.list(), needed, asks.confirmation()));
    }

    /** The reader made path and parameters fit each other; what is left is whether a request may be sent there. */
    private void checkPath() throws UnusableOperation {
        if (PathTemplate.of(operation.path())
                .texts()
                .anyMatch(text -> UNSENDABLE.matcher(text).find())) {
            throw new UnusableOperation("its path has an empty segment or a character that no path has");
        }
        if (operation.method().equals("TRACE")) {
            throw new UnusableOperation("a TRACE would echo the caller's token");
        }
    }

    private void body(RequestBody body, List<Finding> findings) throws UnusableOperation {
        BodyChoice choice = BodyChoice.of(body)
                .orElseThrow(() -> new UnusableOperation("its body is "
                        + body.content().stream().map(MediaType::name).toList()
                        + ", and a form's parts have names"));
        if (!choice.missingHeaders().isEmpty()) {
            findings.add(new Finding(
                    Finding.Severity.WARNING,
                    operation.source(),
                    "parts of the body are sent without headers that nothing gives a value: "
                            + VisibleText.of(String.join(", ", choice.missingHeaders()), 200)));
        }
        Schema schema = choice.asked();
        Schema described = choice.type().schema();
        if (described != null && choice.isReplaced()) {
            arguments.lost(described);
        }
        if (isFlat(schema, body)) {
            input.properties((ObjectNode) schema.json(), schema);
        } else if (whyNotComposed(schema, body) == null) {
            input.composed((ObjectNode) schema.json(), schema);
        } else {
            if (style == ArgumentStyle.COMPOSED) {
                findings.add(new Finding(
                        Finding.Severity.WARNING,
                        operation.source(),
                        "the body is one argument, although `arguments: composed` is said: "
                                + whyNotComposed(schema, body)));
            }
            input.wholeBody(schema, body);
        }
    }

    private boolean isFlat(Schema schema, RequestBody body) {
        return style != ArgumentStyle.BODY
                && !schema.json().has(Extension.NAME)
                && BodyShape.isFlat(schema, body.required());
    }

    /** Null where what the body says of its properties together can stand at the root, as its owner wants it to. */
    private @Nullable String whyNotComposed(Schema schema, RequestBody body) {
        if (style != ArgumentStyle.COMPOSED) {
            return "nobody asks for it";
        }
        return operation.parameters().stream().anyMatch(headers::mayBeArgument)
                ? "there are other arguments beside it"
                : ComposedBody.whyNot(schema, body.required());
    }

    /** The names under which the body may stand among the arguments: one for the whole of it, or its properties'. */
    private Map<String, JsonNode> bodyNames() {
        RequestBody body = operation.requestBody();
        if (body == null) {
            return Map.of();
        }
        Schema schema = BodyChoice.of(body).map(BodyChoice::asked).orElse(null);
        if (schema == null || (!isFlat(schema, body) && whyNotComposed(schema, body) != null)) {
            return Map.of(ArgumentNames.BODY, schema == null ? JsonNodeFactory.instance.objectNode() : schema.json());
        }
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        schema.json().path("properties").properties().forEach(p -> properties.put(p.getKey(), p.getValue()));
        return properties;
    }
}
