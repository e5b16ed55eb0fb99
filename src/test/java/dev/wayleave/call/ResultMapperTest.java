package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import dev.wayleave.call.ToolResult.Answer;
import dev.wayleave.tool.ToolJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an agent gets of what a platform answers. */
class ResultMapperTest {
    private static final byte[] BYTES = {(byte) 0x89, 'P', 'N', 'G', 0};

    private static Mounted get(String schema) {
        return Mounted.document("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n"
                + "      operationId: op\n      responses: {'200': {description: ok, content: "
                + "{application/json: {schema: " + schema + "}}}}\n");
    }

    private static Answer answer(Mounted api, String type, String body, String... headers) {
        api.platform.answer(r -> FakePlatform.response(200, type, body, headers));
        return (Answer) api.call("{}");
    }

    private static String promised(Mounted api) {
        return String.valueOf(ToolJson.of(api.tool()).get("outputSchema"));
    }

    private static String text(Answer answer) {
        return ((Content.Text) answer.content().getLast()).text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | {\"a\": 1.50} | {\"a\": 1.50}",
                "{} | [1,2] | {\"result\":[1,2]}",
                "{} | \"x\" | {\"result\":\"x\"}",
                "{type: object, required: [a], properties: {a: {type: integer, maximum: 1}}} | {\"b\":true} | {\"b\":true}",
                "{type: object, properties: {a: {type: integer}}} | {\"a\":null} | {\"a\":null}",
                "{type: object, properties: {a: {enum: [x]}}} | {\"a\":\"new\"} | {\"a\":\"new\"}",
                "{type: array, items: {type: string, format: date}} | [\"?\"] | {\"result\":[\"?\"]}",
                "{oneOf: [{type: object}, {type: object}]} | {\"a\":1} | {\"result\":{\"a\":1}}",
                "{type: [object, 'null']} | {\"a\":1} | {\"a\":1}",
            })
    void jsonIsPassedOnWithAnObjectForItsRoot(String schema, String body, String structured) {
        try (Mounted api = get(schema)) {
            Answer answer = answer(api, "application/json", body);

            assertThat(answer.structured()).isEqualTo(structured);
            assertThat(text(answer)).isEqualTo(body);
            assertThat(answer.differs()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: object, properties: {a: {type: integer}}} | application/json | {\"a\":\"x\"} | /a",
                "{type: array, items: {type: object}} | application/json | [{},7] | /1",
                "{type: object} | application/json | [1] | /",
                "{type: object} | text/html | <p> | /",
                "{type: object} | application/json | {\"a\": | /",
            })
    void anAnswerThatDiffersFromItsDescriptionIsToldAndNotWithheld(
            String schema, String type, String body, String place) {
        try (Mounted api = get(schema)) {
            Answer answer = answer(api, type, body);

            assertThat(text(answer))
                    .startsWith("The platform answered 200; the answer differs from its description at " + place)
                    .endsWith("\n" + body);
            assertThat(answer.differs()).isTrue();
            assertThat(answer.structured()).isNull();
        }
    }

    @Test
    void whatIsPromisedIsOnlyTheShape() {
        try (Mounted api = get("{type: object, required: [a], additionalProperties: false, properties: "
                + "{a: {type: string, enum: [x], minLength: 3}, b: {oneOf: [{type: integer}, {type: 'null'}]}}}")) {
            assertThat(promised(api))
                    .isEqualTo("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":[\"string\",\"null\"]},"
                            + "\"b\":{\"anyOf\":[{\"type\":[\"integer\",\"null\"]},{\"type\":[\"null\"]}]}}}");
        }
        try (Mounted api = get("{type: array, items: {type: integer}}")) {
            assertThat(promised(api))
                    .isEqualTo("{\"type\":\"object\",\"properties\":{\"result\":{\"type\":[\"array\",\"null\"],"
                            + "\"items\":{\"type\":[\"integer\",\"null\"]}}}}");
        }
        String post = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {post: {operationId: op, responses: "
                + "{'200': {description: ok, content: {application/json: {schema: {type: object}}}}}}}}\n";
        try (Mounted api = Mounted.document(post)) {
            assertThat(api.tool().outputSchema()).isNull();
        }
    }

    @Test
    void aHeavyPromiseIsToldOneLevelDeep() {
        StringBuilder properties = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            properties.append("p").append(i).append(": {type: object, properties: {x: {type: string}}}, ");
        }
        try (Mounted api = get("{type: object, properties: {" + properties + "}}")) {
            assertThat(promised(api).length()).isLessThan(9000);
            assertThat(answer(api, "application/json", "{\"p1\":{\"x\":1}}").differs())
                    .isFalse();
        }
    }

    @Test
    void anAnswerWithoutContentSaysWhatHappened() {
        try (Mounted api = get("{type: object}")) {
            api.platform.answer(r -> FakePlatform.response(204, "", ""));
            assertThat((Answer) api.call("{}"))
                    .isEqualTo(new Answer(204, List.of(new Content.Text("Done (204).", 0)), "{}", false));
            api.platform.answer(r -> FakePlatform.response(202, "", "", "Location: /jobs/7"));
            assertThat(text((Answer) api.call("{}"))).contains("Accepted", "202", "/jobs/7");
            api.platform.answer(r -> FakePlatform.response(202, "", "", "Location: https://elsewhere.example/jobs/7"));
            assertThat(text((Answer) api.call("{}"))).contains("Accepted").doesNotContain("elsewhere");
            api.platform.answer(r -> FakePlatform.response(202, "", "", "Location: //elsewhere.example/jobs/7"));
            assertThat(text((Answer) api.call("{}"))).doesNotContain("elsewhere");
            api.platform.answer(r -> FakePlatform.response(202, "application/json", "{\"job\":7}"));
            Answer accepted = (Answer) api.call("{}");
            assertThat(accepted.content().toString()).contains("Accepted", "{\"job\":7}");
            assertThat(accepted.structured()).isEqualTo("{\"job\":7}");
        }
    }

    @Test
    void bytesAreImagesSoundsOrResources() {
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a", "")) {
            api.platform.answerBytes("image/png", BYTES);
            assertThat(((Answer) api.call("{}")).content())
                    .containsExactly(new Content.Media("image", "image/png", "iVBORwA="));
            api.platform.answerBytes("audio/mpeg", BYTES);
            assertThat(((Answer) api.call("{}")).content())
                    .containsExactly(new Content.Media("audio", "audio/mpeg", "iVBORwA="));
            api.platform.answerBytes("application/pdf\r\nContent-Disposition: attachment; filename=\"a.pdf\"", BYTES);
            assertThat(((Answer) api.call("{}")).content())
                    .containsExactly(
                            new Content.Resource("wayleave://answers/id-1/a.pdf", "application/pdf", "iVBORwA="));
            api.platform.answerBytes("application/zip", new byte[8000]);
            assertThat(text((Answer) api.call("{}"))).contains("8000 bytes of application/zip", "too many");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv | a;b%0Ac;d | a;b%0Ac;d",
                "text/html; charset=utf-8 | <p>é</p> | <p>é</p>",
                "image/svg+xml | <svg/> | <svg/>",
                "application/xml | <a/> | <a/>",
                "application/x-yaml | a: 1 | a: 1",
                "application/json | {\"a\": | {\"a\":",
            })
    void textStaysText(String type, String body, String expected) {
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a", "")) {
            Answer answer = answer(api, type, body.replace("%0A", "\n"));

            assertThat(answer.content())
                    .containsExactly(new Content.Text(expected.replace("%0A", "\n"), 0, type.split(";", -1)[0]));
            assertThat(answer.structured()).isNull();
        }
    }

    @Test
    void textIsReadInItsCharset() {
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a", "")) {
            api.platform.answerBytes("text/plain; charset=ISO-8859-1", "é".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(text((Answer) api.call("{}"))).isEqualTo("é");
        }
    }

    @Test
    void hiddenCharactersLeaveTheTextAndStayInTheData() {
        String hidden = "a\u202eb\u200bc\udb40\udc41\udb40\udc42d\u001b[31me\u0007\t\n";
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a", "")) {
            Answer plain = answer(api, "text/plain", hidden + "👩\u200d💻");
            assertThat(plain.content()).containsExactly(new Content.Text("abcde\t\n👩\u200d💻", 10, "text/plain"));
            String json = "{\"x\":\"a\u202eb\"}";
            Answer data = answer(api, "application/json", json);
            assertThat(text(data)).isEqualTo("{\"x\":\"ab\"}");
            assertThat(data.structured()).isEqualTo(json);
        }
    }
}
