package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of arguments that do not fit, and what is healed. */
class ArgumentValidatorTest {
    private static Mounted argument(String schema) {
        return Mounted.operation(
                "3.1.0",
                "post",
                "/a",
                "parameters:\n  - {name: limit, in: query, schema: {type: integer}}\n"
                        + "requestBody: {required: true, content: {application/json: {schema: "
                        + "{type: object, properties: {v: " + schema + "}}}}}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: integer} | \"abc\" | argument v: must be an integer, not the string \"abc\" (type)",
                "{type: [integer, array]} | {} | must be an integer or an array, not the object {}",
                "{enum: [available, pending, sold]} | \"availble\" | not the string \"availble\"; the nearest is the string \"available\"",
                "{type: integer, minimum: 1} | 0 | must be at least 1, not the number 0 (minimum)",
                "{type: integer, exclusiveMaximum: 5} | 5 | must be less than 5",
                "{type: number, multipleOf: 0.5} | 0.7 | must be a multiple of 0.5",
                "{type: string, maxLength: 2} | \"abc\" | must have at most 2 characters, not 3",
                "{type: string, minLength: 1} | \"\" | must have at least 1 characters, not 0",
                "{type: string, pattern: '^a+$'} | \"b\" | must match the pattern ^a+$",
                "{type: array, minItems: 2} | [1] | must have at least 2 items, not 1",
                "{type: array, uniqueItems: true} | [1,1] | same item twice",
                "{type: array, items: {type: object, properties: {n: {type: boolean}}}} | [{\"n\":1}] | argument v[0].n: must be a boolean, not the number 1",
                "{type: object, required: [x], properties: {x: {}}} | {} | argument v.x: is missing, and it is required (required)",
                "{type: object, additionalProperties: false, properties: {petId: {}}} | {\"pet_id\":1} | argument v.pet_id: is not known here; did you mean petId?",
                "{const: 7} | 8 | must be the number 7, not the number 8",
                "{anyOf: [{type: integer}, {type: array}]} | true | must be an integer, not true; or it must be an array",
                "{oneOf: [{type: object, required: [a]}, {type: string}]} | {} | argument v.a: is missing",
                "{oneOf: [{type: object, required: [a]}, {type: object, required: [b]}]} | {} | argument v: a is missing, and it is required; or b is missing, and it is required (oneOf)",
                "{type: integer, format: int32} | \"0x5\" | argument v: must be an integer, not the string \"0x5\" (type)",
                "{type: integer, format: uint8} | 256 | a whole number from 0 to 255",
                "{type: integer, format: uint32} | -1 | a whole number from 0 to 4294967295",
                "{type: number, format: double} | 1e400 | at most 1.8e308",
                "{type: string, format: base64url} | \"+/\" | Base64 for URLs",
                "{type: string, format: date} | \"tomorrow\" | must be a date such as 2026-11-20 (date), not the string \"tomorrow\"",
                "{type: string, format: date-time} | \"2026-11-20\" | must be a time with its offset",
                "{type: string, format: date-time} | \"2026-11-20 09:30:00Z\" | such as 2026-11-20T09:30:00Z (date-time), with a T between date and time",
                "{type: string, format: email} | \"x\" | e-mail address",
                "{oneOf: [{type: integer}, {type: number}]} | 5 | argument v: must fit exactly one of the forms that it may have, and the number 5 fits the first and the second (oneOf)",
                "{oneOf: [{title: Cat, type: object, required: [a]}, {type: string}, {title: Dog, type: object, required: [b]}]} | {\"a\":1,\"b\":1} | fits the first (Cat) and the third (Dog)",
                "{type: string, format: uri} | \"x y\" | absolute URI",
                "{type: string, format: uuid} | \"x\" | a UUID",
                "{type: string, format: ipv4} | \"1.2.3\" | an IPv4 address",
                "{type: string, format: ipv6} | \"1.2.3\" | an IPv6 address",
                "{type: string, format: byte} | \"%\" | bytes in Base64",
                "{type: integer, format: int32} | 2147483648 | a whole number from -2147483648 to 2147483647",
                "{type: integer, format: int64} | 9223372036854775808 | to 9223372036854775807",
            })
    void whatIsWrongIsSaidWithWhatWouldFit(String schema, String value, String expected) {
        try (Mounted api = argument(schema)) {
            assertThat(api.refused("{\"v\":" + value + "}")).contains(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "email | a@b.c",
                "email | ada+x@localhost",
                "email | \"a b\"@[192.0.2.1]",
                "date-time | 2026-11-20T10:00:00.5+01:00",
                "date-time | 1998-12-31t23:59:60z",
                "phone | 555-1234",
                "color | light teal",
                "alpha | a-b",
                "style | none",
                "ip-address | here",
                "utc-millisec | now",
                "uuid | 0B8F4C1E-7d1a-4a53-9c0e-3f1f6f0f7a11",
                "uri | urn:a:b",
                "int64 | -9223372036854775808",
                "byte | SGVsbG8",
                "decimal | what the format says is not known",
            })
    void whatAFormatAllowsIsSent(String format, String value) {
        try (Mounted api = argument("{type: string, format: " + format + "}")) {
            String json = "{\"v\":\"" + value.replace("\"", "\\\"") + "\"}";
            assertThat(api.sent(json).body()).isEqualTo(json);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"lmit\":1} | argument lmit: is not known here; did you mean limit? (additionalProperties)",
                "{\"zzzzzz\":1} | argument zzzzzz: is not known here; known are limit, v (additionalProperties)",
                "{\"limit\":\"many\"} | argument limit: must be an integer",
            })
    void argumentsAreNamed(String arguments, String expected) {
        try (Mounted api = argument("{type: string}")) {
            assertThat(api.refused(arguments)).contains(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: object} | \"{\\\"a\\\":1}\" | {\"a\":1}",
                "{type: array} | \"[1,\\\"2\\\"]\" | [1,\"2\"]",
                "{type: integer} | \"5\" | 5",
                "{type: number} | \"1.50\" | 1.50",
                "{type: boolean} | \"true\" | true",
                "{type: ['null', integer]} | \"null\" | null",
                "{type: array, items: {type: integer}} | [\"1\",2] | [1,2]",
                "{type: object, properties: {n: {type: integer}}} | \"{\\\"n\\\":\\\"7\\\"}\" | {\"n\":7}",
                "{anyOf: [{type: integer}, {type: array}]} | \"[1]\" | [1]",
                "{oneOf: [{type: object, properties: {a: {type: integer}}}, {type: array}]} | \"{\\\"a\\\":\\\"1\\\"}\" | {\"a\":1}",
                "{enum: [1, 2]} | \"2\" | 2",
                "{const: true} | \"true\" | true",
                "{type: integer, enum: [1, 2]} | \"2\" | 2",
                "{anyOf: [{type: object, required: [k], properties: {k: {const: a}, v: {type: string}}}, {type: object, required: [k], properties: {k: {const: b}, v: {type: object}}}]} | {\"k\":\"a\",\"v\":\"{}\"} | {\"k\":\"a\",\"v\":\"{}\"}",
                "{type: string} | \"{\\\"a\\\":1}\" | \"{\\\"a\\\":1}\"",
                "{type: [string, object]} | \"{}\" | \"{}\"",
                "{} | \"5\" | \"5\"",
            })
    void jsonInAStringIsHealedWhereTheStringDoesNotFit(String schema, String value, String sent) {
        try (Mounted api = argument(schema)) {
            assertThat(api.sent("{\"v\":" + value + "}").body()).isEqualTo("{\"v\":" + sent + "}");
        }
    }

    @ParameterizedTest
    @CsvSource({"'^(a|a)*$', a", "(x+x+)+y, x", "'^(([a-z])+.)+[A-Z]$', a", "'^(/([^/])*)*$', /"})
    void aTextThatCannotBeMatchedInTimeIsNotSent(String pattern, String letter) {
        try (Mounted api = argument("{type: string, pattern: '" + pattern + "'}")) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThat(api.refused("{\"v\":\"" + letter.repeat(50_000) + "!\"}"))
                            .matches("(?s)argument v: must match the pattern.*|they are too long or too deep.*"));
        }
    }

    @Test
    void aPatternEndsAtTheVeryEnd() {
        try (Mounted api = argument("{type: string, pattern: '^a$'}")) {
            assertThat(api.refused("{\"v\":\"a\\n\"}")).contains("must match the pattern");
            assertThat(api.sent("{\"v\":\"a\"}").body()).isEqualTo("{\"v\":\"a\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hostname", "json-pointer", "uri-template", "ipv6", "email", "duration", "idn-hostname"})
    void aTextThatIsMuchTooLongForItsFormatIsNotSent(String format) {
        try (Mounted api = argument("{type: string, format: " + format + "}")) {
            assertThat(api.refused("{\"v\":\"" + "/a.".repeat(100_000) + "~\"}"))
                    .isNotEmpty();
        }
    }

    @Test
    void jsonInAStringIsHealedNoDeeperThanArgumentsMayBe() {
        try (Mounted api = argument("{type: array}")) {
            assertThat(api.sent("{\"v\":\"" + "[".repeat(60) + "]".repeat(60) + "\"}")
                            .body())
                    .endsWith("]".repeat(60) + "}");
            assertThat(api.refused("{\"v\":\"" + "[".repeat(900) + "]".repeat(900) + "\"}"))
                    .contains("argument v: must be an array");
        }
    }

    @Test
    void thousandsOfStringsAreHealedAtOnce() {
        String items = "\"1\",".repeat(20_000) + "\"x\",".repeat(20_000) + "2";
        try (Mounted api = argument("{type: array, items: {type: [integer, 'null']}}")) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThat(api.refused("{\"v\":[" + items + "]}"))
                            .startsWith("argument v[20000]: must be an integer or null, not the string \"x\""));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: integer} | \"5.5\"",
                "{enum: [1, 2]} | \"3\"",
                "{enum: [a, b]} | \"3\"",
                "{type: integer, maximum: 3} | \"5\"",
                "{type: object} | \"{\\\"a\\\":1\"",
                "{type: object} | \"{\\\"a\\\":1,\\\"a\\\":2}\"",
                "{type: boolean} | \"yes\"",
                "{type: object} | \"[1]\"",
                "{type: string} | 5",
            })
    void whatHealingCannotMakeFitIsNotSent(String schema, String value) {
        try (Mounted api = argument(schema)) {
            assertThat(api.refused("{\"v\":" + value + "}")).contains("argument v: must be");
        }
    }
}
