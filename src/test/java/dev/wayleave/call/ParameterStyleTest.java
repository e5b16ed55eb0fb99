package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.openapi.Parameter.Style;
import dev.wayleave.openapi.Schema;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterStyleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ARRAY = "[\"blue\",\"black\",\"brown\"]";
    private static final String OBJECT = "{\"R\":100,\"G\":200,\"B\":150}";

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(
                switch (text) {
                    case "empty" -> "\"\"";
                    case "string" -> "\"blue\"";
                    case "array" -> ARRAY;
                    case "object" -> OBJECT;
                    default -> text;
                });
    }

    private static Parameter parameter(In in, Style style, boolean explode, boolean allowReserved) {
        return new Parameter(
                "color",
                in,
                false,
                false,
                null,
                style,
                explode,
                allowReserved,
                false,
                null,
                new Schema(JSON.createObjectNode(), Map.of()),
                Map.of());
    }

    /** The rows of the table of style examples in OpenAPI 3.1. */
    @ParameterizedTest(name = "{0} explode={1} {2} → {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "MATRIX | false | empty | ;color",
                "MATRIX | false | string | ;color=blue",
                "MATRIX | false | array | ;color=blue,black,brown",
                "MATRIX | false | object | ;color=R,100,G,200,B,150",
                "MATRIX | true | empty | ;color",
                "MATRIX | true | string | ;color=blue",
                "MATRIX | true | array | ;color=blue;color=black;color=brown",
                "MATRIX | true | object | ;R=100;G=200;B=150",
                "LABEL | false | empty | .",
                "LABEL | false | string | .blue",
                "LABEL | false | array | .blue,black,brown",
                "LABEL | false | object | .R,100,G,200,B,150",
                "LABEL | true | string | .blue",
                "LABEL | true | array | .blue.black.brown",
                "LABEL | true | object | .R=100.G=200.B=150",
                "SIMPLE | false | string | blue",
                "SIMPLE | false | array | blue,black,brown",
                "SIMPLE | false | object | R,100,G,200,B,150",
                "SIMPLE | true | string | blue",
                "SIMPLE | true | array | blue,black,brown",
                "SIMPLE | true | object | R=100,G=200,B=150",
            })
    void pathStylesAreThoseOfTheTable(Style style, boolean explode, String value, String expected)
            throws JsonProcessingException {
        assertThat(new ParameterStyle(parameter(In.PATH, style, explode, false)).expand(json(value)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} explode={1} {2} → {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "FORM | false | empty | color=",
                "FORM | false | string | color=blue",
                "FORM | false | array | color=blue,black,brown",
                "FORM | false | object | color=R,100,G,200,B,150",
                "FORM | true | empty | color=",
                "FORM | true | string | color=blue",
                "FORM | true | array | color=blue&color=black&color=brown",
                "FORM | true | object | R=100&G=200&B=150",
                "SPACE_DELIMITED | false | array | color=blue%20black%20brown",
                "SPACE_DELIMITED | false | object | color=R%20100%20G%20200%20B%20150",
                "PIPE_DELIMITED | false | array | color=blue%7Cblack%7Cbrown",
                "PIPE_DELIMITED | false | object | color=R%7C100%7CG%7C200%7CB%7C150",
                "DEEP_OBJECT | true | object | color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            })
    void queryStylesAreThoseOfTheTable(Style style, boolean explode, String value, String expected)
            throws JsonProcessingException {
        assertThat(String.join("&", new ParameterStyle(parameter(In.QUERY, style, explode, false)).pairs(json(value))))
                .isEqualTo(expected);
    }

    @Test
    void whatWouldEndAValueIsEncoded() throws JsonProcessingException {
        JsonNode value = json("\"a&b=c d+e#f/g?h%2e[é]\"");

        assertThat(new ParameterStyle(parameter(In.QUERY, Style.FORM, true, false)).pairs(value))
                .containsExactly("color=a%26b%3Dc%20d%2Be%23f%2Fg%3Fh%252e%5B%C3%A9%5D");
    }

    @Test
    void reservedCharactersStayWhereTheDescriptionAllowsThem() throws JsonProcessingException {
        assertThat(new ParameterStyle(parameter(In.QUERY, Style.FORM, true, true)).pairs(json("\"a/b?c d%20e%zz\"")))
                .containsExactly("color=a/b?c%20d%20e%25zz");
    }

    @Test
    void nullMembersAndEmptyArraysSayNothing() throws JsonProcessingException {
        ParameterStyle form = new ParameterStyle(parameter(In.QUERY, Style.FORM, false, false));

        assertThat(form.pairs(json("[]"))).isEmpty();
        assertThat(form.pairs(json("[\"a\",null,\"b\"]"))).containsExactly("color=a,b");
        assertThat(form.pairs(json("{\"a\":null,\"b\":1}"))).containsExactly("color=b,1");
    }

    @Test
    void whatIsNestedDeeperIsJson() throws JsonProcessingException {
        assertThat(new ParameterStyle(parameter(In.QUERY, Style.FORM, true, false)).pairs(json("[{\"a\":1}]")))
                .containsExactly("color=%7B%22a%22%3A1%7D");
    }

    @Test
    void aHeaderIsNotEncoded() throws JsonProcessingException {
        assertThat(new ParameterStyle(parameter(In.HEADER, Style.SIMPLE, false, false))
                        .expand(json("[\"a b\",\"c/d\"]")))
                .isEqualTo("a b,c/d");
    }
}
