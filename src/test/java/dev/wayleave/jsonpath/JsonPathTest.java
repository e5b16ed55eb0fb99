package dev.wayleave.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9535, one line for each thing that it says. */
class JsonPathTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHOP = """
            {"fruit": [{"name": "fig", "price": 2, "tags": ["sweet"]},
                       {"name": "lime", "price": 0.5, "tags": []},
                       {"name": "plum", "price": 1e0, "sold": null}],
             "a b": {"'": 1, "é": 2, "\\uD83C\\uDF4B": 3},
             "limit": 1, "deep": {"name": "x", "deep": {"name": "y"}}}""";

    private static String select(String expression) throws Exception {
        return JsonPath.compile(expression).select(JSON.readTree(SHOP)).stream()
                .map(node -> node.node().toString())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "$.limit | 1",
                "$['limit'] | 1",
                "$ [\"limit\"] | 1",
                "$.absent | ``",
                "$.limit.name | ``",
                "$['a b']['\\''] | 1",
                "$['a b'].é | 2",
                "$['a b']['\\u00e9'] | 2",
                "$['a b']['\\ud83c\\udf4b'] | 3",
                "$['a b'].* | 1 2 3",
                "$.fruit[0].name | \"fig\"",
                "$.fruit[-1].name | \"plum\"",
                "$.fruit[3] | ``",
                "$.fruit[1:].name | \"lime\" \"plum\"",
                "$.fruit[::-1].name | \"plum\" \"lime\" \"fig\"",
                "$.fruit[-2:-1].name | \"lime\"",
                "$.fruit[0:9007199254740991:2].name | \"fig\" \"plum\"",
                "$.fruit[::0] | ``",
                "$.fruit[0, 0]['name', 'price'] | \"fig\" 2 \"fig\" 2",
                "$..deep.name | \"x\" \"y\"",
                "$..tags[*] | \"sweet\"",
                "$.fruit[?@.price < 2].name | \"lime\" \"plum\"",
                "$.fruit[?@.price == 1].name | \"plum\"",
                "$.fruit[?@.price == $.limit].name | \"plum\"",
                "$.fruit[?@.sold].name | \"plum\"",
                "$.fruit[?!@.sold && (@.price > 1 || @.price<=0.5)].name | \"fig\" \"lime\"",
                "$.fruit[?@.sold == null].name | \"plum\"",
                "$.fruit[?@.sold == @.absent].name | \"fig\" \"lime\"",
                "$.fruit[?@.tags[?@ == 'sweet']].name | \"fig\"",
                "$.fruit[?@.tags == $.fruit[0].tags].name | \"fig\"",
                "$.fruit[?@.name >= 'lime'].name | \"lime\" \"plum\"",
                "$.fruit[?@.name > 1].name | ``",
                "$.fruit[?length(@.name) == 3].name | \"fig\"",
                "$.fruit[?length(@.tags) == 0].name | \"lime\"",
                "$.fruit[?count(@.*) == 3].name | \"fig\" \"lime\" \"plum\"",
                "$.fruit[?value(@..price) == 2].name | \"fig\"",
                "$.fruit[?match(@.name, '.i.')].name | \"fig\"",
                "$.fruit[?search(@.name, '[ml]')].name | \"lime\" \"plum\"",
                "$.fruit[?match(@.name, '[a-')].name | ``",
                "$.fruit[?match(@.price, '2')].name | ``",
            })
    void itSelects(String expression, String expected) throws Exception {
        assertThat(select(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "limit",
                " $",
                "$ ",
                "$.",
                "$..",
                "$...a",
                "$.'a'",
                "$.1a",
                "$[a]",
                "$[]",
                "$[1",
                "$['a]",
                "$[01]",
                "$[-0]",
                "$[1.0]",
                "$[9007199254740992]",
                "$[1:2:3:4]",
                "$['\\x']",
                "$['\\ud83c']",
                "$['\\'\"\\\"']",
                "$['\t']",
                "$[?]",
                "$[?1]",
                "$[?@.a==]",
                "$[?@.* == 1]",
                "$[?@..a == 1]",
                "$[?'a' == \"b]",
                "$[?@.a = 1]",
                "$[?@.a === 1]",
                "$[?@.a == 1 &&]",
                "$[?(@.a]",
                "$[?length(@.a)]",
                "$[?length(@.*) == 1]",
                "$[?count(1) == 1]",
                "$[?match(@.a, 'a') == true]",
                "$[?match(@.a)]",
                "$[?unknown(@.a)]",
                "$[?length (@.a) == 1]",
                "$[?@.a == 01]",
                "$[?@.a == .1]",
                "$[?@.a == 1.]",
                "$[?!@.a == 1]",
                "$..",
                "@.a",
                "$[?@.a == TRUE]",
                "$[?@.a == []]",
                "$.x-y",
                "$[?@.length() == 1]",
                "$.a[(@.length-1)]",
            })
    void itRefuses(String expression) {
        assertThatThrownBy(() -> JsonPath.compile(expression))
                .isInstanceOf(InvalidJsonPathException.class)
                .hasMessageContaining("at character");
    }

    @Test
    void itTellsTheWay() throws Exception {
        List<Selected> found = JsonPath.compile("$.fruit[-1].name").select(JSON.readTree(SHOP));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().tokens()).containsExactly("fruit", "2", "name");
        assertThat(found.getFirst().depth()).isEqualTo(3);
    }

    @Test
    void nestingIsBounded() throws JsonProcessingException {
        for (String nested : List.of(
                "$" + "[?@".repeat(40) + "]".repeat(40),
                "$[?" + "(".repeat(40) + "@" + ")".repeat(40) + "]",
                "$[?" + "length(".repeat(40) + "@" + ")".repeat(40) + " == 1]")) {
            assertThatThrownBy(() -> JsonPath.compile(nested)).hasMessageContaining("nested deeper than 32 levels");
        }
        assertThatThrownBy(() -> JsonPath.compile("$" + ".a".repeat(5_000)))
                .hasMessageContaining("longer than 4096 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$..*..*..*..*",
                "$[*,*,*,*][*,*,*,*][*,*,*,*][*,*,*,*][*,*,*,*][*,*,*,*]",
                "$..[?count($..*) > 0 && count($..*) < 0]",
                "$..[?@..[?@..[?@..*]]]",
                "$..[?$..*[?$..* ]]",
            })
    void anExplodingExpressionIsStopped(String expression) throws Exception {
        JsonNode wide = tree(10, 3);
        assertThatThrownBy(() -> org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () -> JsonPath.compile(expression).select(wide)))
                .isInstanceOf(CostlyJsonPathException.class);
    }

    @Test
    void aRegularExpressionCannotBacktrack() throws Exception {
        ArrayNode texts = JSON.createArrayNode().add("a".repeat(50_000) + "!");
        List<Selected> found = org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> JsonPath.compile("$[?match(@, '((a|aa)+)+')]").select(texts));
        assertThat(found).isEmpty();
    }

    private static JsonNode tree(int depth, int width) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < width; i++) {
            node.set("m" + i, depth == 1 ? JsonNodeFactory.instance.numberNode(i) : tree(depth - 1, width));
        }
        return node;
    }
}
