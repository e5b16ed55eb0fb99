package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.FakePlatform;
import dev.wayleave.call.ToolResult.Answer;
import dev.wayleave.caller.Caller;
import dev.wayleave.policy.AccessRules;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.ResultShape;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.UpstreamResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is left of an answer that is too large, or that its tool shapes. */
class ShortenedAnswerTest {
    private static Mounted get(String schema) {
        return Mounted.document("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n"
                + "      operationId: op\n      responses: {'200': {description: ok, content: "
                + "{application/json: {schema: " + schema + "}}}}\n");
    }

    private static Answer answer(Mounted api, String type, String body, String... headers) {
        api.platform.answer(r -> FakePlatform.response(200, type, body, headers));
        return (Answer) api.call("{}");
    }

    private static String text(Answer answer) {
        return ((Content.Text) answer.content().getLast()).text();
    }

    @Test
    void aLargeAnswerIsCutWhereItsItemsEndAndSaysSo() throws JsonProcessingException {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            items.append(i == 0 ? "" : ",")
                    .append("{\"id\":")
                    .append(i)
                    .append(",\"name\":\"name ")
                    .append(i)
                    .append("\"}");
        }
        try (Mounted api = get("{type: object, properties: {items: {type: array}}}")) {
            Answer answer = answer(api, "application/json", "{\"total\":400,\"items\":[" + items + "]}");
            JsonNode structured = Mounted.JSON.readTree(answer.structured());
            int shown = structured.path("items").size();

            assertThat(shown).isBetween(50, 399);
            assertThat(structured.path("total").asInt()).isEqualTo(400);
            assertThat(text(answer))
                    .startsWith(shown + " of 400 items of /items shown; ")
                    .hasSizeLessThanOrEqualTo(4096);
            assertThat(structured.path("_shortened").asText()).startsWith(shown + " of 400 items");
            assertThat(answer.differs()).isFalse();
        }
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a", "")) {
            Answer answer = answer(api, "application/json", "[" + items + "]");
            assertThat(text(answer)).containsPattern("^\\d+ of 400 items shown; ");
            Answer words = answer(api, "application/json", "{\"t\":\"" + "x".repeat(9000) + "\",\"k\":1}");
            assertThat(Mounted.JSON.readTree(words.structured()).path("k").asInt())
                    .isEqualTo(1);
            assertThat(text(words)).contains("of 9000 characters of /t shown");
            Answer plain = answer(api, "text/plain", "line\n".repeat(2000));
            assertThat(text(plain))
                    .startsWith("The first ")
                    .contains("of 10000 characters shown")
                    .endsWith("line");
        }
    }

    @Test
    void aShapeLeavesWhatItsOwnerChose() {
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a", "")) {
            Tool tool = api.tool();
            ResultShape shape = new ResultShape(
                    "/data",
                    List.of(),
                    List.of("id", "owner", "tags"),
                    List.of("owner.secret"),
                    Map.of("owner.name", "login", "tags", "labels"),
                    "");
            Tool shaped = new Tool(
                    tool.name(),
                    tool.title(),
                    tool.description(),
                    tool.inputSchema(),
                    tool.outputSchema(),
                    tool.annotations(),
                    tool.scopes(),
                    tool.slots(),
                    tool.treatments(),
                    tool.handling(),
                    shape,
                    tool.work());
            ResultMapper mapper = new ResultMapper(
                    shaped,
                    new Delivery(4096, URI.create("http://x"), Map.of(), List.of()),
                    new Afterwards(true, List.of(), new Policy(AccessRules.NONE)));
            String body =
                    "{\"data\":[{\"id\":1,\"x\":2,\"owner\":{\"name\":\"n\",\"secret\":\"s\"},\"tags\":[]}],\"next\":3}";

            assertThat(mapped(mapper, body))
                    .isEqualTo("{\"result\":[{\"id\":1,\"owner\":{\"login\":\"n\"},\"labels\":[]}]}");
            assertThat(mapped(mapper, "{\"secret\":1}")).isEqualTo("{\"result\":null}");
        }
    }

    private static String mapped(ResultMapper mapper, String body) {
        UpstreamResponse response = new UpstreamResponse(
                200, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
        ToolCall call = new ToolCall("id-1", Caller.anonymous(), "op", Mounted.JSON.createObjectNode(), Instant.EPOCH);
        return String.valueOf(((Answer) mapper.map(call, true, response)).structured());
    }
}
