package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every cell of the specification's tables of style examples, which are the same in OpenAPI 3.0.4, 3.1.2 and 3.2.0 (the
 * last adds cookies), as it reaches a real socket; and the empty string, which older tables had.
 */
class StyleTablesTest {
    private static final String[] VERSIONS = {"3.0.4", "3.1.2", "3.2.0"};

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
                version, "get", path, "parameters:\n  - {name: color, in: " + in + ", " + rest + ", schema: {}}\n");
    }

    /** Matrix, label and simple. */
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
                "label | true | empty | X.",
                "label | true | string | .blue",
                "label | true | array | .blue.black.brown",
                "label | true | object | .R=100.G=200.B=150",
                "simple | false | undefined | X",
                "simple | false | empty | X",
                "simple | false | string | blue",
                "simple | false | array | blue,black,brown",
                "simple | false | object | R,100,G,200,B,150",
                "simple | true | undefined | X",
                "simple | true | empty | X",
                "simple | true | string | blue",
                "simple | true | array | blue,black,brown",
                "simple | true | object | R=100,G=200,B=150",
            })
    void pathStylesAreThoseOfTheTables(String style, boolean explode, String value, String expected) {
        boolean affixed = expected.startsWith("X");
        for (String version : VERSIONS) {
            try (Mounted api = parameter(
                    version,
                    "path",
                    affixed ? "/a/X{color}" : "/a/{color}",
                    "required: true, style: " + style + ", explode: " + explode)) {
                assertThat(api.sent("{\"color\":" + value(value) + "}").target())
                        .isEqualTo("/a/" + expected);
            }
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
        for (String version : VERSIONS) {
            try (Mounted api =
                    parameter(version, "query", "/a", "required: true, style: " + style + ", explode: " + explode)) {
                assertThat(api.sent("{\"color\":" + value(value) + "}").target())
                        .isEqualTo("/a" + expected);
            }
        }
    }

    @ParameterizedTest(name = "{0} {1} explode={2} {3} → {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "header | simple | false | undefined | ''",
                "header | simple | false | empty | ''",
                "header | simple | true | undefined | ''",
                "header | simple | true | string | blue",
                "header | simple | true | array | blue,black,brown",
                "header | simple | false | string | blue",
                "header | simple | false | array | blue,black,brown",
                "header | simple | true | object | R=100,G=200,B=150",
                "header | simple | false | object | R,100,G,200,B,150",
                "header | simple | false | \"a b%20/c\" | a b%20/c",
                "cookie | form | false | string | color=blue",
                "cookie | form | false | array | color=blue,black,brown",
                "cookie | form | true | array | color=blue; color=black; color=brown",
                "cookie | form | true | \"Hello, world!\" | color=Hello%2C%20world%21",
                "cookie | form | false | undefined | color=",
                "cookie | form | true | undefined | color=",
                "cookie | form | false | object | color=R,100,G,200,B,150",
                "cookie | cookie | false | undefined | color=",
                "cookie | cookie | false | string | color=blue",
                "cookie | cookie | true | undefined | color=",
                "cookie | cookie | false | empty | color=",
                "cookie | cookie | true | empty | color=",
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
}
