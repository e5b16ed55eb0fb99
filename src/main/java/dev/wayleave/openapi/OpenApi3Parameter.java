package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.openapi.Parameter.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One parameter object of OpenAPI 3, its defaults filled in (3.1 §4.8.12). */
final class OpenApi3Parameter {
    private static final Map<String, Style> STYLES = Map.of(
            "matrix", Style.MATRIX,
            "label", Style.LABEL,
            "simple", Style.SIMPLE,
            "form", Style.FORM,
            "spaceDelimited", Style.SPACE_DELIMITED,
            "pipeDelimited", Style.PIPE_DELIMITED,
            "deepObject", Style.DEEP_OBJECT,
            "cookie", Style.COOKIE);

    private final Reading reading;
    private final OpenApi3Encoding encodings;

    OpenApi3Parameter(Reading reading, OpenApi3Encoding encodings) {
        this.reading = reading;
        this.encodings = encodings;
    }

    Parameter read(DeclaredParameter declared) throws Unreadable {
        Place place = declared.place();
        In in = in(declared);
        Place content = content(place, in);
        Style style = content != null ? styles(in).getFirst() : style(place, in);
        Schema schema = schema(place, content);
        return new Parameter(
                declared.name(),
                in,
                reading.flag(place, "required", false),
                reading.flag(place, "deprecated", false),
                description(declared),
                style,
                reading.flag(place, "explode", style == Style.FORM || style == Style.COOKIE),
                reading.flag(place, "allowReserved", false),
                reading.flag(place, "allowEmptyValue", false),
                content == null
                        ? null
                        : encodings.of(
                                reading.object(content, "a media type"),
                                content.token().toLowerCase(Locale.ROOT),
                                schema),
                schema,
                extensions(declared));
    }

    /** Its own, and above that, for this use alone, what stands beside the reference to it. */
    private static Map<String, JsonNode> extensions(DeclaredParameter declared) {
        Map<String, JsonNode> extensions = Reading.extensions(declared.place());
        Reading.extensions(declared.use())
                .forEach((name, beside) -> extensions.merge(
                        name, beside, (own, more) -> name.equals("x-mcp") ? Located.both(own, more) : more));
        return extensions;
    }

    private In in(DeclaredParameter declared) throws Unreadable {
        boolean wholeQuery = reading.version() == Version.V3_2 && declared.in().equals("querystring");
        return switch (declared.in()) {
            case "path" -> In.PATH;
            case "query" -> In.QUERY;
            case "header" -> In.HEADER;
            case "cookie" -> In.COOKIE;
            default -> {
                if (!wholeQuery) {
                    throw new Unreadable(
                            declared.place().member("in"),
                            "a parameter is not in \"" + Texts.excerpt(declared.in()) + "\"");
                }
                yield In.QUERYSTRING;
            }
        };
    }

    /** Null for a parameter that has a schema and a style. */
    private @Nullable Place content(Place place, In in) throws Unreadable {
        Place content = place.member("content");
        boolean whole = in == In.QUERYSTRING;
        if (whole && !content.exists()) {
            throw new Unreadable(place, "a `querystring` has `content`");
        }
        if (!content.exists() || (place.member("schema").exists() && !whole)) {
            return null;
        }
        List<Place> types = content.members();
        if (types.isEmpty()) {
            throw new Unreadable(content, "the `content` of a parameter is an object with one media type");
        }
        if (types.size() > 1) {
            reading.findings().warning(content, "a parameter has one media type; the first is taken");
        }
        return types.getFirst();
    }

    private Style style(Place place, In in) {
        List<Style> allowed = styles(in);
        String name = reading.text(place, "style");
        if (name == null) {
            return allowed.getFirst();
        }
        Style style = STYLES.get(name);
        if (style == null || !allowed.contains(style)) {
            String taken = allowed.getFirst().name().toLowerCase(Locale.ROOT);
            reading.findings()
                    .warning(
                            place.member("style"),
                            "\"" + Texts.excerpt(name) + "\" is no style of such a parameter; taken as " + taken);
            return allowed.getFirst();
        }
        return style;
    }

    /** The first is the default. */
    private List<Style> styles(In in) {
        return switch (in) {
            case PATH -> List.of(Style.SIMPLE, Style.LABEL, Style.MATRIX);
            case QUERY -> List.of(Style.FORM, Style.SPACE_DELIMITED, Style.PIPE_DELIMITED, Style.DEEP_OBJECT);
            case QUERYSTRING -> List.of(Style.FORM);
            case HEADER -> List.of(Style.SIMPLE);
            case COOKIE -> reading.version() == Version.V3_2 ? List.of(Style.FORM, Style.COOKIE) : List.of(Style.FORM);
        };
    }

    private @Nullable String description(DeclaredParameter declared) {
        var beside = declared.use().node().path("description");
        return References.isReference(declared.use().node()) && beside.isTextual()
                ? beside.textValue()
                : reading.text(declared.place(), "description");
    }

    private Schema schema(Place place, @Nullable Place content) throws Unreadable {
        Place schema = content == null
                ? place.member("schema")
                : reading.object(content, "a media type").member("schema");
        List<JsonNode> examples = examples(content == null ? place : reading.object(content, "a media type"));
        if (schema.exists()) {
            return reading.schemas().at(schema, Direction.REQUEST).withExamples(examples);
        }
        reading.findings().warning(place, "the parameter has no schema; anything is allowed");
        return new Schema(JsonNodeFactory.instance.objectNode(), Map.of()).withExamples(examples);
    }

    /** Values as they are before they are written in a style; one that stands elsewhere is not fetched. */
    private List<JsonNode> examples(Place parameter) {
        List<JsonNode> examples = new ArrayList<>();
        if (parameter.member("example").exists()) {
            examples.add(parameter.member("example").node());
        }
        for (Place use : parameter.member("examples").members()) {
            try {
                Place example = reading.object(use, "an example");
                Place value = example.member(example.member("dataValue").exists() ? "dataValue" : "value");
                if (value.exists()) {
                    examples.add(value.node());
                }
            } catch (Unreadable wrong) {
                reading.findings().warning(use, "is no example; left out");
            }
        }
        return examples;
    }
}
