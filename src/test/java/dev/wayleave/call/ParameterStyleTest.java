package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What styles make of values, as it reaches a real socket. */
class ParameterStyleTest {
    private static final String TYPES = "schema: {type: [string, 'null', array, object, number, boolean]}";

    private static Mounted parameter(String version, String in, String path, String rest) {
        return Mounted.operation(
                version, "get", path, "parameters:\n  - {name: color, in: " + in + ", " + rest + ", " + TYPES + "}\n");
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
        try (Mounted api = parameter("3.1.0", "query", "/a", "allowReserved: true")) {
            assertThat(api.sent("{\"color\":[\"a,b\",\"c=d;e\"]}").target()).isEqualTo("/a?color=a,b&color=c=d;e");
        }
        for (String style : new String[] {"simple", "matrix"}) {
            try (Mounted api =
                    parameter("3.2.0", "path", "/{color}", "required: true, allowReserved: true, style: " + style)) {
                boolean matrix = style.equals("matrix");
                assertThat(api.sent("{\"color\":\"a;b=c\"}").target()).isEqualTo(matrix ? "/;color=a%3Bb=c" : "/a;b=c");
                assertThat(api.sent("{\"color\":{\"semi\":\";\",\"dot\":\".\",\"comma\":\",\"}}")
                                .target())
                        .isEqualTo((matrix ? "/;color=semi,%3B" : "/semi,;") + ",dot,.,comma,%2C");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query | style: spaceDelimited, explode: false | [\"a b\"] | a space",
                "query | style: pipeDelimited, explode: false | [\"a\\u007cb\"] | \"|\"",
                "query | style: deepObject, explode: true | {\"a][b\":1} | \"]\"",
                "query | style: deepObject, explode: true | {\"a\":{\"b[\":1}} | \"[\"",
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
    void aWholeQueryHasTheEncodingsOfItsForm() {
        try (Mounted api = Mounted.operation("3.2.0", "get", "/a", """
                parameters:
                  - name: q
                    in: querystring
                    content:
                      application/x-www-form-urlencoded:
                        schema: {type: object, properties: {tags: {type: array}, at: {type: object}, s: {type: object}}}
                        encoding:
                          tags: {explode: false}
                          at: {style: deepObject, explode: true}
                """)) {
            assertThat(api.sent("{\"q\":{\"tags\":[\"a\",\"b c\"],\"at\":{\"x\":1},\"s\":{\"y\":2}}}")
                            .target())
                    .isEqualTo("/a?tags=a,b%20c&at%5Bx%5D=1&s=%7B%22y%22%3A2%7D");
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
