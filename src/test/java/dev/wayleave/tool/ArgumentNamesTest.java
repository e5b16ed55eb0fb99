package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.openapi.Parameter.Style;
import dev.wayleave.openapi.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ArgumentNamesTest {
    private static Parameter parameter(String name, In in) {
        return new Parameter(
                name,
                in,
                false,
                false,
                null,
                Style.SIMPLE,
                false,
                false,
                false,
                null,
                new Schema(JsonNodeFactory.instance.objectNode(), Map.of()),
                Map.of());
    }

    private static Map<String, String> names(List<Parameter> parameters, List<String> body) throws UnusableOperation {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        body.forEach(property -> properties.put(property, JsonNodeFactory.instance.objectNode()));
        ArgumentNames names = new ArgumentNames(parameters, properties);
        Map<String, String> all = new TreeMap<>();
        parameters.forEach(parameter -> all.put(parameter.in() + " " + parameter.name(), names.of(parameter)));
        body.forEach(property -> all.put("BODY " + property, names.ofBody(property)));
        return all;
    }

    @Test
    void namesKeepTheirSpellingWhereTheyMay() throws UnusableOperation {
        assertThat(names(
                        List.of(
                                parameter("organizationSlug", In.PATH),
                                parameter("X-Trace.Id", In.HEADER),
                                parameter("filter[status]", In.QUERY),
                                parameter("日本", In.QUERY)),
                        List.of("snake_case")))
                .hasToString("{BODY snake_case=snake_case, HEADER X-Trace.Id=X-Trace.Id,"
                        + " PATH organizationSlug=organizationSlug, QUERY filter[status]=filter_status_, QUERY 日本=_}");
    }

    @Test
    void whatCollidesIsToldApartWhateverTheOrder() throws UnusableOperation {
        List<Parameter> parameters = new ArrayList<>(List.of(
                parameter("id", In.PATH),
                parameter("id", In.QUERY),
                parameter("ID", In.QUERY),
                parameter("id", In.HEADER),
                parameter("a b", In.QUERY),
                parameter("a+b", In.QUERY),
                parameter("a_b", In.QUERY),
                parameter("x".repeat(70) + "1", In.QUERY),
                parameter("x".repeat(70) + "2", In.QUERY)));
        List<String> body = new ArrayList<>(List.of("id", "Id"));
        Map<String, String> first = names(parameters, body);
        Collections.reverse(parameters);
        Collections.reverse(body);

        assertThat(names(parameters, body)).isEqualTo(first);
        assertThat(first)
                .containsEntry("PATH id", "id")
                .containsEntry("QUERY a_b", "a_b")
                .containsEntry("QUERY a b", "a_b_query")
                .containsEntry("HEADER id", "id_header");
        assertThat(first.values())
                .allMatch(name -> name.matches("[A-Za-z0-9_.-]{1,64}"))
                .extracting(name -> name.toLowerCase(java.util.Locale.ROOT))
                .doesNotHaveDuplicates();
    }
}
