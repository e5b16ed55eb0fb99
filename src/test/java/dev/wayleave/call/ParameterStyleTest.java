package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What styles make of values, as it reaches a real socket. */
class ParameterStyleTest {
    private static final String TYPES = "schema: {type: [string, 'null', array, object, number, boolean]}";

    private static String value(String named) {
        return switch (named) {
            case "undefined" -> "null";
            case "empty" -> "\"\"";
            case "string" -> "\"blue\"";
            case "array" -> "[\"blue\",\"black\",\"brown\"]";
            case "object" -> "{\"R\":100,\"G\":200,\"B\":150}";
            default -> named;
        };
    }

    private static Mounted parameter(String version, String in, String path, String rest) {
        return Mounted.operation(
                version, "get", path, "parameters:\n  - {name: color, in: " + in + ", " + rest + ", " + TYPES + "}\n");
    }

    /** The rows of the tables of style examples, which are the same in OpenAPI 3.0.4, 3.1.2 and 3.2.0. */
    @ParameterizedTest(name = "{0} explode={1} {2} → {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "matrix | false | undefined | ;color",
                "matrix | false | empty | ;color",
                "matrix | false | string | ;color=blue",
                "matrix | false | array | ;color=blue,black,brown",
                "matrix | false | object | ;color=R,100,G,200,B,150",
                "matrix | true | undefined | ;color",
                "matrix | true | empty | ;color",
                "matrix | true | string | ;color=blue",
                "matrix | true | array | ;color=blue;color=black;color=brown",
                "matrix | true | object | ;R=100;G=200;B=150",
                "label | false | undefined | X.",
                "label | false | empty | X.",
                "label | false | string | .blue",
                "label | false | array | .blue,black,brown",
                "label | false | object | .R,100,G,200,B,150",
                "label | true | undefined | X.",
                "label | true | string | .blue",
                "label | true | array | .blue.black.brown",
                "label | true | object | .R=100.G=200.B=150",
                "simple | false | undefined | X",
                "simple | false | empty | X",
                "simple | false | string | blue",
                "simple | false | array | blue,black,brown",
                "simple | false | object | R,100,G,200,B,150",
                "simple | true | string | blue",
                "simple | true | array | blue,black,brown",
                "simple | true | object | R=100,G=200,B=150",
            })
    void pathStylesAreThoseOfTheTables(String style, boolean explode, String value, String expected) {
        boolean affixed = expected.startsWith("X");
        try (Mounted api = parameter(
                "3.1.0",
                "path",
                affixed ? "/a/X{color}" : "/a/{color}",
                "required: true, style: " + style + ", explode: " + explode)) {
            assertThat(api.sent("{\"color\":" + value(value) + "}").target()).isEqualTo("/a/" + expected);
        }
    }

    @ParameterizedTest(name = "{0} explode={1} {2} → {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "form | false | undefined | ?color=",
                "form | false | empty | ?color=",
                "form | false | string | ?color=blue",
                "form | false | array | ?color=blue,black,brown",
                "form | false | object | ?color=R,100,G,200,B,150",
                "form | true | undefined | ?color=",
                "form | true | empty | ?color=",
                "form | true | string | ?color=blue",
                "form | true | array | ?color=blue&color=black&color=brown",
                "form | true | object | ?R=100&G=200&B=150",
                "spaceDelimited | false | array | ?color=blue%20black%20brown",
                "spaceDelimited | false | object | ?color=R%20100%20G%20200%20B%20150",
                "pipeDelimited | false | array | ?color=blue%7Cblack%7Cbrown",
                "pipeDelimited | false | object | ?color=R%7C100%7CG%7C200%7CB%7C150",
                "deepObject | true | object | ?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
                "deepObject | false | object | ?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
                // undefined by the specification: as form has it
                "spaceDelimited | true | array | ?color=blue&color=black&color=brown",
                "pipeDelimited | false | string | ?color=blue",
                "deepObject | true | {\"a\":{\"b\":[1,2]},\"c\":null} | ?color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2",
            })
    void queryStylesAreThoseOfTheTables(String style, boolean explode, String value, String expected) {
        try (Mounted api =
                parameter("3.1.0", "query", "/a", "required: true, style: " + style + ", explode: " + explode)) {
            assertThat(api.sent("{\"color\":" + value(value) + "}").target()).isEqualTo("/a" + expected);
        }
    }

    @ParameterizedTest(name = "{0} {1} explode={2} {3} → {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "header | simple | false | string | blue",
                "header | simple | false | array | blue,black,brown",
                "header | simple | true | object | R=100,G=200,B=150",
                "header | simple | false | object | R,100,G,200,B,150",
                "header | simple | false | \"a b%20/c\" | a b%20/c",
                "cookie | form | false | string | color=blue",
                "cookie | form | false | array | color=blue,black,brown",
                "cookie | form | true | array | color=blue; color=black; color=brown",
                "cookie | form | true | \"Hello, world!\" | color=Hello%2C%20world%21",
                "cookie | cookie | true | undefined | color=",
                "cookie | cookie | true | string | color=blue",
                "cookie | cookie | false | array | color=blue,black,brown",
                "cookie | cookie | false | object | color=R,100,G,200,B,150",
                "cookie | cookie | true | array | color=blue; color=black; color=brown",
                "cookie | cookie | true | object | R=100; G=200; B=150",
                "cookie | cookie | true | {\"greeting\":\"Hello%2C world!\",\"code\":42} | greeting=Hello%2C world!; code=42",
            })
    void headersAndCookiesAreThoseOfTheTables(String in, String style, boolean explode, String value, String expected) {
        try (Mounted api = parameter("3.2.0", in, "/a", "required: true, style: " + style + ", explode: " + explode)) {
            assertThat(api.sent("{\"color\":" + value(value) + "}").header(in.equals("header") ? "color" : "Cookie"))
                    .containsExactly(expected);
        }
    }

    /** RFC 6570 §3.2, the examples whose operator is a style. */
    @ParameterizedTest(name = "{0} explode={1} {2} → {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "simple | false | \"Hello World!\" | Hello%20World%21",
                "simple | false | \"50%\" | 50%25",
                "simple | false | \"me/too\" | me%2Ftoo",
                "simple | false | {\"semi\":\";\",\"dot\":\".\",\"comma\":\",\"} | semi,%3B,dot,.,comma,%2C",
                "simple | true | {\"semi\":\";\",\"dot\":\".\",\"comma\":\",\"} | semi=%3B,dot=.,comma=%2C",
                "label | true | {\"semi\":\";\",\"dot\":\".\",\"comma\":\",\"} | .semi=%3B.dot=..comma=%2C",
                "matrix | false | {\"semi\":\";\",\"dot\":\".\",\"comma\":\",\"} | ;color=semi,%3B,dot,.,comma,%2C",
                "matrix | true | {\"semi\":\";\",\"dot\":\".\",\"comma\":\",\"} | ;semi=%3B;dot=.;comma=%2C",
                "matrix | true | {\"a\":\"\"} | ;a",
                "simple | true | {\"a\":\"\"} | a=",
                "simple | false | [\"a\",null,\"\"] | a,",
            })
    void whatRfc6570SaysOfValuesHolds(String style, boolean explode, String value, String expected) {
        try (Mounted api =
                parameter("3.1.0", "path", "/{color}", "required: true, style: " + style + ", explode: " + explode)) {
            assertThat(api.sent("{\"color\":" + value + "}").target()).isEqualTo("/" + expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "label | \"\"",
                "label | \".\"",
                "label | []",
                "matrix | []",
                "simple | \"\"",
                "simple | \".\"",
                "simple | \"..\"",
                "simple | null",
                "simple | [\".\"]",
                "simple | [null]",
            })
    void aSegmentIsNeverEmptyNorDots(String style, String value) {
        try (Mounted api = parameter("3.1.0", "path", "/a/{color}/b", "required: true, style: " + style)) {
            assertThat(api.refused("{\"color\":" + value + "}")).contains("argument color", "segment of the path");
        }
    }

    @Test
    void dotsThatPathParametersHideAreDots() {
        try (Mounted api = Mounted.operation("3.2.0", "get", "/a/{x}{m}/c", """
                parameters:
                  - {name: x, in: path, required: true, allowReserved: true, schema: {type: string}}
                  - {name: m, in: path, required: true, style: matrix, schema: {type: string}}
                """)) {
            assertThat(api.refused("{\"x\":\"..\",\"m\":\"1\"}")).contains("argument m");
            assertThat(api.refused("{\"x\":\"%2e%2E\",\"m\":\"1\"}")).contains("argument m");
            assertThat(api.sent("{\"x\":\"a/b?c#d\",\"m\":\"1\"}").target()).isEqualTo("/a/a%2Fb%3Fc%23d;m=1/c");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | /a",
                "[] | /a",
                "{} | /a",
                "{\"a\":null} | /a",
                "[\"a\",null,\"b\"] | /a?color=a&color=b",
                "[{\"a\":1}] | /a?color=%7B%22a%22%3A1%7D",
                "1.0 | /a?color=1",
                "1e3 | /a?color=1000",
                "0.10 | /a?color=0.1",
                "true | /a?color=true",
                "\"a&b=c d+e#f/g?h%2e[é]\" | /a?color=a%26b%3Dc%20d%2Be%23f%2Fg%3Fh%252e%5B%C3%A9%5D",
            })
    void anOptionalParameterSaysWhatItHasToSay(String value, String expected) {
        try (Mounted api = parameter("3.1.0", "query", "/a", "required: false")) {
            assertThat(api.sent("{\"color\":" + value + "}").target()).isEqualTo(expected);
        }
    }

    @Test
    void reservedCharactersStayWhereTheyAreAllowedAndEndNothing() {
        try (Mounted api = parameter("3.1.0", "query", "/a", "allowReserved: true, explode: false")) {
            assertThat(api.sent("{\"color\":\"a/b?c d%20e%zz:;=,@\"}").target())
                    .isEqualTo("/a?color=a/b?c%20d%20e%25zz:;=,@");
            assertThat(api.sent("{\"color\":\"x&admin=1#[]+\"}").target())
                    .isEqualTo("/a?color=x%26admin=1%23%5B%5D%2B");
            assertThat(api.sent("{\"color\":[\"a,b\",\"/\"]}").target()).isEqualTo("/a?color=a%2Cb,/");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query | style: spaceDelimited, explode: false | [\"a b\"] | a space",
                "query | style: pipeDelimited, explode: false | [\"a\\u007cb\"] | \"|\"",
                "header | style: simple | [\"a,b\"] | \",\"",
                "header | style: simple, explode: true | {\"a=b\":\"c\"} | \"=\"",
                "cookie | style: cookie | \"a; b=c\" | \";\"",
                "header | style: simple | \"a\\nb\" | control",
                "header | style: simple | \"\u010a\" | ASCII",
                "header | style: simple | \" a\" | spaces",
            })
    void aValueThatWouldBeReadAsAnotherIsNotSent(String in, String style, String value, String reason) {
        try (Mounted api = parameter("3.2.0", in, "/a", style)) {
            assertThat(api.refused("{\"color\":" + value + "}"))
                    .startsWith("argument color")
                    .contains(reason);
        }
    }

    @Test
    void anExplodedObjectDoesNotSpeakForAnotherParameter() {
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a", """
                parameters:
                  - {name: tenant, in: query, schema: {type: string}}
                  - {name: filter, in: query, schema: {type: object}}
                """)) {
            assertThat(api.refused("{\"filter\":{\"tenant\":\"other\"}}")).contains("argument filter", "tenant");
            assertThat(api.sent("{\"tenant\":\"t\",\"filter\":{\"a&b\":\"=\"}}").target())
                    .isEqualTo("/a?tenant=t&a%26b=%3D");
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "query | application/json | {\"lat\":10,\"long\":60} | /a?color=%7B%22lat%22%3A10%2C%22long%22%3A60%7D",
                "query | application/json | \"x\" | /a?color=%22x%22",
                "query | text/plain | \"x y\" | /a?color=x%20y",
                "querystring | application/json | {\"a\":[1]} | /a?%7B%22a%22%3A%5B1%5D%7D",
                "querystring | application/x-www-form-urlencoded | {\"foo\":\"a + b\",\"bar\":[true,1]} | /a?foo=a+%2B+b&bar=true&bar=1",
                "querystring | text/plain | \"a=1&b[0]=x y\" | /a?a=1&b%5B0%5D=x%20y",
                "querystring | application/jsonpath | \"$.a[1:1]\" | /a?%24.a%5B1%3A1%5D",
            })
    void contentTypedParametersAreWrittenInTheirMediaType(String in, String type, String value, String expected) {
        try (Mounted api = Mounted.operation(
                "3.2.0",
                "get",
                "/a",
                "parameters:\n  - {name: color, in: " + in + ", content: {'" + type + "': {" + TYPES + "}}}\n")) {
            assertThat(api.sent("{\"color\":" + value + "}").target()).isEqualTo(expected);
        }
    }

    @Test
    void jsonInAHeaderIsAscii() {
        try (Mounted api = Mounted.operation(
                "3.1.0",
                "get",
                "/a",
                "parameters:\n  - {name: X-Meta, in: header, content: {application/json: {schema: {type: object}}}}\n")) {
            assertThat(api.sent("{\"X-Meta\":{\"é\":1}}").header("X-Meta")).containsExactly("{\"\\u00e9\":1}");
        }
    }

    @Test
    void whatIsOutsideAsciiInATemplateIsEncoded() {
        try (Mounted api = Mounted.operation("3.1.0", "get", "/café/x%20y", "")) {
            assertThat(api.sent("{}").target()).isEqualTo("/caf%C3%A9/x%20y");
        }
    }
}
