package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform.Received;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies as they reach a real socket. */
class BodyWriterTest {
    private static final byte[] BYTES = {0, (byte) 0x89, 'P', 'N', 'G', '\r', '\n', (byte) 0xff};

    private static Mounted body(String type, String rest) {
        return Mounted.operation(
                "3.1.0",
                "post",
                "/a",
                "requestBody:\n  required: true\n  content:\n    '" + type + "':\n" + rest.indent(6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {type: array, items: {type: integer}} | [1,2] | [1,2] | application/json",
                "application/json | {type: integer} | 7 | 7 | application/json",
                "application/json | {type: string} | \"x\" | \"x\" | application/json",
                "application/json | {type: ['null', object]} | null | null | application/json",
                "application/merge-patch+json | {type: object} | {\"a\":null} | {\"a\":null} | application/merge-patch+json",
                "'*/*' | {type: object} | {\"a\":1.50} | {\"a\":1.50} | application/json",
                "application/json | {oneOf: [{type: object, required: [a]}, {type: string}]} | {\"a\":1} | {\"a\":1} | application/json",
                "text/plain | {type: string} | \"a\\nb\" | a%0Ab | text/plain",
                "text/plain | {type: string} | \"é\" | é | text/plain; charset=utf-8",
                "text/plain | {type: integer, minimum: 1} | 5 | 5 | text/plain",
                "text/csv | {type: object} | \"a;b\" | a;b | text/csv",
                "application/xml | {type: object, properties: {a: {type: string}}} | \"<a/>\" | <a/> | application/xml",
                "application/x-ndjson | {type: array, items: {type: object}} | [{\"a\":1},{\"b\":2}] | {\"a\":1}%0A{\"b\":2}%0A | application/x-ndjson",
                "application/x-www-form-urlencoded | {type: object, additionalProperties: true} | {\"a b\":\"c d~\",\"l\":[1,\"&\"],\"n\":null} | a+b=c+d%7E&l=1&l=%26 | application/x-www-form-urlencoded",
            })
    void aWholeBodyIsWrittenInItsMediaType(String type, String schema, String value, String expected, String sent) {
        try (Mounted api = body(type, "schema: " + schema)) {
            Received received = api.sent("{\"body\":" + value + "}");
            String body =
                    type.contains("form") ? received.body() : received.body().replace("\n", "%0A");

            assertThat(body).isEqualTo(expected);
            assertThat(received.header("Content-Type")).containsExactly(sent);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{type: array, items: {type: string}}', false",
        "{type: string}, false",
        "{type: integer}, false",
        "'{type: [array, object]}', true",
        "{}, true",
        "{oneOf: [{type: object}]}, true"
    })
    void aFormWithoutNamesForItsFieldsIsNoTool(String schema, boolean sendable) {
        try (Mounted api = body("application/x-www-form-urlencoded", "schema: " + schema)) {
            assertThat(api.catalog.tools()).hasSize(sendable ? 1 : 0);
            assertThat(api.catalog.findings().toString().contains("parts have names"))
                    .isEqualTo(!sendable);
        }
    }

    @Test
    void propertiesOfAnObjectAreArguments() {
        try (Mounted api = body(
                "application/json",
                "schema: {type: object, required: [name], properties: {name: {type: string}, n: {type: [integer, 'null']}}}")) {
            assertThat(api.sent("{\"name\":\"x\",\"n\":null}").body()).isEqualTo("{\"name\":\"x\",\"n\":null}");
            assertThat(api.refused("{\"n\":1}")).contains("name", "required");
        }
    }

    /** The example of OpenAPI 3.1.2 §4.8.15. */
    @Test
    void aFormHasItsObjectsAsJson() {
        try (Mounted api = body(
                "application/x-www-form-urlencoded",
                "schema: {type: object, properties: {id: {type: string, format: uuid}, address: {type: object}}}")) {
            Received received = api.sent("""
                    {"id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                     "address":{"streetAddress":"123 Example Dr.","city":"Somewhere","state":"CA","zip":"99999+1234"}}
                    """);

            assertThat(received.body())
                    .isEqualTo("id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6&address=%7B%22streetAddress%22%3A"
                            + "%22123+Example+Dr.%22%2C%22city%22%3A%22Somewhere%22%2C%22state%22%3A%22CA%22%2C"
                            + "%22zip%22%3A%2299999%2B1234%22%7D");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{style: deepObject, explode: true} | {\"a\":{\"b\":\"x y\"}} | f%5Ba%5D%5Bb%5D=x%20y",
                "{style: form} | {\"a\":1,\"b\":2} | a=1&b=2",
                "{explode: false} | [1,2] | f=1,2",
                "{style: pipeDelimited} | [1,2] | f=1%7C2",
                "{allowReserved: true} | \"a/b&c\" | f=a/b%26c",
                "{contentType: application/json} | \"x\" | f=%22x%22",
                "{contentType: text/plain} | {\"a\":1} | f=%7B%22a%22%3A1%7D",
            })
    void encodingObjectsRuleTheFieldsOfAForm(String encoding, String value, String expected) {
        try (Mounted api = body(
                "application/x-www-form-urlencoded",
                "schema: {type: object, properties: {f: {}, other: {type: string}}}\nencoding: {f: " + encoding
                        + "}")) {
            assertThat(api.sent("{\"f\":" + value + "}").body()).isEqualTo(expected);
            if (encoding.equals("{style: form}")) {
                assertThat(api.refused("{\"f\":{\"other\":1},\"other\":\"x\"}")).contains("argument f", "other");
            }
        }
    }

    @Test
    void bytesComeAsBase64OrAsDataUri() {
        String base64 = Base64.getEncoder().encodeToString(BYTES);
        try (Mounted api = body("application/octet-stream", "schema: {type: string, format: binary}")) {
            assertThat(api.sent("{\"body\":\"" + base64 + "\"}").bytes()).isEqualTo(BYTES);
            Received received = api.sent("{\"body\":\"data:image/png;base64," + base64 + "\"}");
            assertThat(received.bytes()).isEqualTo(BYTES);
            assertThat(received.header("Content-Type")).containsExactly("application/octet-stream");
            assertThat(api.refused("{\"body\":\"not base64!\"}")).contains("argument body", "Base64");
            assertThat(api.refused("{\"body\":\"hello world\"}")).contains("argument body", "Base64");
        }
        try (Mounted api = body("image/png", "{}")) {
            assertThat(api.sent("{\"body\":\"" + base64 + "\"}").bytes()).isEqualTo(BYTES);
            assertThat(api.refused("{\"body\":\"data:image/gif;base64," + base64 + "\"}"))
                    .contains("argument body: must be of type image/png, not image/gif");
        }
        try (Mounted api = body("image/*", "schema: {type: string, format: binary}")) {
            Received received = api.sent("{\"body\":\"data:image/png;base64," + base64 + "\"}");
            assertThat(received.header("Content-Type")).containsExactly("image/png");
            assertThat(api.refused("{\"body\":\"" + base64 + "\"}")).contains("image/*");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/xml, text/plain, multipart/form-data, application/x-www-form-urlencoded, application/vnd.x+json, application/json | application/json",
                "application/xml, text/plain, multipart/form-data, application/x-www-form-urlencoded, application/vnd.x+json | application/vnd.x+json",
                "application/xml, text/plain, multipart/form-data, application/x-www-form-urlencoded | application/x-www-form-urlencoded",
                "application/octet-stream, application/xml, text/plain, multipart/form-data | multipart/form-data; boundary=BOUNDARY",
                "application/octet-stream, application/xml, text/plain | text/plain",
                "application/octet-stream, application/xml | application/xml",
            })
    void theChoiceAmongContentTypesIsAlwaysTheSame(String offered, String chosen) {
        StringBuilder content = new StringBuilder("requestBody:\n  required: true\n  content:\n");
        for (String type : offered.split(", ", 0)) {
            content.append("    ").append(type).append(": {schema: {}}\n");
        }
        try (Mounted api = Mounted.operation("3.1.0", "post", "/a", content.toString())) {
            boolean text = chosen.startsWith("text") || chosen.endsWith("/xml");
            assertThat(api.sent(text ? "{\"body\":\"x\"}" : "{\"body\":{\"a\":\"b\"}}")
                            .header("Content-Type"))
                    .containsExactly(chosen);
        }
    }

    @Test
    void anOptionalBodyThatIsNotThereIsNotSent() {
        try (Mounted api = Mounted.operation(
                "3.1.0", "post", "/a", "requestBody: {content: {application/json: {schema: {type: object}}}}\n")) {
            assertThat(api.sent("{}").header("Content-Type")).isEmpty();
        }
    }
}
