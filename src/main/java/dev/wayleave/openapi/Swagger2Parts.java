package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.openapi.Parameter.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parameters, bodies, forms and responses of 2.0, as 3 would have said them. */
final class Swagger2Parts implements OperationParts {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";

    private final Reading reading;
    private final Place root;

    Swagger2Parts(Reading reading, Place root) {
        this.reading = reading;
        this.root = root;
    }

    @Override
    public Inputs inputs(Place pathItem, Place operation) throws Unreadable {
        List<Parameter> parameters = new ArrayList<>();
        List<DeclaredParameter> fields = new ArrayList<>();
        DeclaredParameter body = null;
        for (DeclaredParameter declared : DeclaredParameter.of(pathItem, operation, reading)) {
            switch (declared.in()) {
                case "path" -> parameters.add(parameter(declared, In.PATH));
                case "query" -> parameters.add(parameter(declared, In.QUERY));
                case "header" -> parameters.add(parameter(declared, In.HEADER));
                case "formData" -> fields.add(declared);
                case "body" -> {
                    if (body != null) {
                        throw new Unreadable(declared.use(), "an operation has one body");
                    }
                    body = declared;
                }
                default ->
                    throw new Unreadable(
                            declared.place().member("in"),
                            "a parameter is not in \"" + Texts.excerpt(declared.in()) + "\"");
            }
        }
        if (body != null && !fields.isEmpty()) {
            throw new Unreadable(body.use(), "an operation has a body or a form");
        }
        RequestBody request = body != null ? body(body, operation) : fields.isEmpty() ? null : form(fields, operation);
        return new Inputs(parameters, request);
    }

    private Parameter parameter(DeclaredParameter declared, In in) throws Unreadable {
        Place place = declared.place();
        Style style = in == In.QUERY ? Style.FORM : Style.SIMPLE;
        boolean explode = in == In.QUERY && !isList(place);
        if (isList(place)) {
            String format = format(place);
            style = in == In.QUERY ? style(format) : Style.SIMPLE;
            explode = format.equals("multi");
        }
        return new Parameter(
                declared.name(),
                in,
                reading.flag(place, "required", false),
                false,
                reading.text(place, "description"),
                style,
                explode,
                false,
                reading.flag(place, "allowEmptyValue", false),
                null,
                reading.schemas().at(Swagger2Schema.of(place), Direction.REQUEST),
                Reading.extensions(place));
    }

    private static boolean isList(Place parameter) {
        return parameter.node().path("type").asText("").equals("array");
    }

    private static Style style(String format) {
        return switch (format) {
            case "ssv" -> Style.SPACE_DELIMITED;
            case "pipes" -> Style.PIPE_DELIMITED;
            default -> Style.FORM;
        };
    }

    /** How a list is written. What 3 cannot say and we would send wrongly is not sent. */
    private static String format(Place parameter) throws Unreadable {
        String format = parameter.node().path("collectionFormat").asText("csv");
        String in = parameter.node().path("in").asText("");
        boolean query = in.equals("query") || in.equals("formData");
        boolean known = switch (format) {
            case "csv" -> true;
            case "ssv", "pipes", "multi" -> query;
            default -> false;
        };
        if (!known) {
            throw new Unreadable(
                    parameter.member("collectionFormat"),
                    "\"" + Texts.excerpt(format) + "\" has no equivalent in OpenAPI 3 for a parameter in " + in);
        }
        return format;
    }

    private RequestBody body(DeclaredParameter body, Place operation) throws Unreadable {
        Place schema = body.place().member("schema");
        if (body.place().member("x-mcp").exists()) {
            throw new Unreadable(body.place().member("x-mcp"), "`x-mcp` of a body stands in its schema");
        }
        if (!schema.exists()) {
            throw new Unreadable(body.place(), "a body parameter has a `schema`");
        }
        Schema read = reading.schemas().at(schema, Direction.REQUEST);
        List<MediaType> content = new ArrayList<>();
        for (String type : types(operation, "consumes")) {
            content.add(new MediaType(type, read, Map.of()));
        }
        return new RequestBody(
                reading.flag(body.place(), "required", false), reading.text(body.place(), "description"), content);
    }

    private RequestBody form(List<DeclaredParameter> fields, Place operation) throws Unreadable {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        List<String> required = new ArrayList<>();
        Map<String, JsonNode> encoding = new LinkedHashMap<>();
        boolean files = false;
        for (DeclaredParameter field : fields) {
            properties.set(field.name(), Swagger2Schema.field(field.place()));
            files |= field.place().node().path("type").asText("").equals("file");
            if (reading.flag(field.place(), "required", false)) {
                required.add(field.name());
            }
            if (isList(field.place())) {
                encoding.put(field.name(), encoding(format(field.place())));
            }
        }
        required.forEach(schema.withArray("/required")::add);
        Schema read = reading.schemas().at(operation.member("parameters").holding(schema), Direction.REQUEST);
        List<String> types = types(operation, "consumes").stream()
                .filter(type -> type.startsWith(FORM) || type.startsWith(MULTIPART))
                .toList();
        boolean multipart = files;
        List<MediaType> content = (types.isEmpty() ? List.of(files ? MULTIPART : FORM) : types)
                .stream()
                        .filter(type -> !multipart || type.startsWith(MULTIPART))
                        .map(type -> new MediaType(type, read, encoding))
                        .toList();
        return new RequestBody(
                !required.isEmpty(),
                null,
                content.isEmpty() ? List.of(new MediaType(MULTIPART, read, encoding)) : content);
    }

    private static JsonNode encoding(String format) {
        String style = switch (format) {
            case "ssv" -> "spaceDelimited";
            case "pipes" -> "pipeDelimited";
            default -> "form";
        };
        return JsonNodeFactory.instance.objectNode().put("style", style).put("explode", format.equals("multi"));
    }

    @Override
    public Map<String, Response> responses(Place operation) throws Unreadable {
        Map<String, Response> responses = new LinkedHashMap<>();
        Place declared = operation.member("responses");
        if (declared.exists() && !declared.node().isObject()) {
            throw new Unreadable(declared, "`responses` is an object");
        }
        for (Place use : declared.members()) {
            String status = OpenApi3Parts.status(use.token());
            if (status != null) {
                Place response = reading.object(use, "a response");
                responses.put(
                        status, new Response(reading.text(response, "description"), content(response, operation)));
            } else if (!use.token().startsWith("x-")) {
                reading.findings().warning(use, "is no status code; left out");
            }
        }
        return responses;
    }

    private List<MediaType> content(Place response, Place operation) throws Unreadable {
        Place schema = response.member("schema");
        List<MediaType> content = new ArrayList<>();
        if (schema.exists()) {
            Schema read = reading.schemas().at(schema, Direction.RESPONSE);
            for (String type : types(operation, "produces")) {
                content.add(new MediaType(type, read, Map.of()));
            }
        }
        return content;
    }

    /** The operation's own list, else the document's, else JSON. */
    private List<String> types(Place operation, String name) {
        Place own = operation.member(name);
        Place declared = own.exists() ? own : root.member(name);
        List<String> types = new ArrayList<>();
        for (Place type : declared.elements()) {
            String text = type.node().asText("").toLowerCase(Locale.ROOT).strip();
            if (text.indexOf('/') > 0 && text.chars().noneMatch(Character::isISOControl)) {
                types.add(text);
            } else {
                reading.findings().warning(type, "is no media type; left out");
            }
        }
        return types.isEmpty() ? List.of("application/json") : types;
    }
}
