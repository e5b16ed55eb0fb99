package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.assertError;
import static dev.wayleave.mcp.TwoInstances.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person must agree to (V16 to V19), each retry at the other of two instances. */
class ConfirmWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORM = "{\"elicitation\":{}}";
    private static final String P1 = ",\"arguments\":{\"petId\":\"p1\"}";
    private static final String ACCEPT = """
            ,"inputResponses":{"confirmation":{"action":"accept","content":{"confirm":true}}}""";
    private static final String API = """
            openapi: 3.1.0
            info: {title: Pets, version: "1"}
            paths:
              /pets/{petId}:
                parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
                delete:
                  operationId: deletePet
                  summary: Delete a pet
                  security: [{o: []}]
                  x-mcp: {confirm: true}
                  responses: {"200": {description: gone}}
                put:
                  operationId: resetPet
                  security: [{o: []}]
                  parameters: [{name: confirm, in: query, schema: {type: string}}]
                  responses: {"200": {description: done}}
              /orders:
                post:
                  operationId: placeOrder
                  security: [{o: []}]
                  x-mcp: {confirm: true, idempotency-key: Idempotency-Key}
                  parameters:
                    - {name: Idempotency-Key, in: header, required: true, schema: {type: string}}
                    - {name: size, in: query, schema: {type: integer, maximum: 5}}
                  responses: {"200": {description: ok}}
            components: {securitySchemes: {o: {type: http, scheme: bearer}}}
            """;

    @TempDir
    static Path folder;

    private static TwoInstances two;

    @BeforeAll
    static void start() {
        two = TwoInstances.over(folder, API, Map.of());
    }

    @AfterAll
    static void stop() {
        two.close();
    }

    private static JsonNode asked() throws IOException {
        return two.call("delete_pet", FORM, P1);
    }

    @Test
    void whoeverCannotBeAskedIsToldWhatIsMissing() throws IOException {
        int before = two.received().size();
        HttpResponse<String> response = two.post("tools/call", "delete_pet", "{}", P1);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body())).isEqualTo(JSON.readTree("""
                {"jsonrpc":"2.0","id":"a-1","error":{"code":-32021,\
                "message":"A person must agree to this, and your client cannot be asked. Nothing was done.",\
                "data":{"requiredCapabilities":{"elicitation":{}}}}}"""));
        assertError(two.post("tools/call", "delete_pet", "{\"elicitation\":{\"url\":{}}}", P1), 400, -32021);
        String legacy = two.one
                .post(
                        """
                        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_pet"%s}}""".formatted(P1),
                        "MCP-Protocol-Version",
                        "2025-11-25",
                        "Authorization",
                        "Bearer " + two.token("u"))
                .body();
        assertThat(legacy).contains("\"isError\":true", "A person must agree").doesNotContain("resultType");
        assertThat(two.received()).hasSize(before);
    }

    @Test
    void aPersonIsAskedBeforeAnythingIsSent() throws IOException {
        int before = two.received().size();
        JsonNode result = asked().path("result");
        assertThat(result.path("inputRequests")).isEqualTo(JSON.readTree("""
                {"confirmation":{"method":"elicitation/create","params":{"mode":"form",\
                "message":"Delete a pet: do this? It may not be possible to undo it.\\npetId: \\"p1\\"",\
                "requestedSchema":{"type":"object","properties":{"confirm":{"type":"boolean","title":"Yes, do it"}},\
                "required":["confirm"]}}}}"""));
        assertThat(result.path("resultType").asText()).isEqualTo("input_required");
        assertThat(result.path("requestState").isTextual()).isTrue();
        assertThat(result.has("content")).isFalse();
        assertThat(two.call("delete_pet", "{\"elicitation\":{\"form\":{}}}", P1 + ACCEPT)
                        .at("/result/resultType")
                        .asText())
                .as("an answer to a question that was never asked")
                .isEqualTo("input_required");
        assertThat(two.received()).hasSize(before);
    }

    @Test
    void whatIsAgreedToIsDoneOnceByWhicheverInstance() throws IOException {
        int before = two.received().size();
        JsonNode asked = asked();
        JsonNode done = two.call("delete_pet", FORM, P1 + ACCEPT + state(asked));
        assertThat(done.at("/result/resultType").asText()).isEqualTo("complete");
        assertThat(done.at("/result/isError").asBoolean()).isFalse();
        assertThat(two.received()).hasSize(before + 1);
        assertThat(two.received().getLast().requestLine()).isEqualTo("DELETE /pets/p1 HTTP/1.1");
        RunningWayleave doer = two.next() == two.one ? two.other : two.one;
        assertThat(Files.readAllLines(doer.audit)).anyMatch(line -> line.contains("; a person agreed"));
        assertError(two.post(doer, "u", "tools/call", "delete_pet", FORM, P1 + ACCEPT + state(asked)), 200, -32602);
        assertThat(two.received()).hasSize(before + 1);
    }

    @Test
    void whatIsDeclinedOrClosedIsNotDone() throws IOException {
        int before = two.received().size();
        for (String answer : List.of(
                "{\"action\":\"decline\"}",
                "{\"action\":\"cancel\"}",
                "{\"action\":\"accept\",\"content\":{\"confirm\":false}}")) {
            JsonNode result = two.call(
                            "delete_pet",
                            FORM,
                            P1 + ",\"inputResponses\":{\"confirmation\":" + answer + "}" + state(asked()))
                    .path("result");
            assertThat(result.path("resultType").asText()).isEqualTo("complete");
            assertThat(result.path("isError").asBoolean()).isTrue();
            assertThat(result.at("/content/0/text").asText())
                    .contains("The person")
                    .contains("Nothing was done.");
        }
        assertThat(two.received()).hasSize(before);
    }

    @Test
    void anAnswerThatIsNoneIsAnErrorAndOneThatIsMissingIsAskedForAgain() throws IOException {
        for (String answer : List.of(
                "7",
                "{}",
                "{\"action\":\"yes\"}",
                "{\"action\":\"accept\"}",
                "{\"action\":\"accept\",\"content\":{\"confirm\":\"true\"}}")) {
            String responses = ",\"inputResponses\":{\"confirmation\":" + answer + "}";
            assertError(two.post("tools/call", "delete_pet", FORM, P1 + responses + state(asked())), 200, -32602);
        }
        assertError(two.post("tools/call", "delete_pet", FORM, P1 + ",\"inputResponses\":null"), 200, -32602);
        assertError(two.post("tools/call", "delete_pet", FORM, P1 + ",\"requestState\":7"), 200, -32602);
        JsonNode again = two.call("delete_pet", FORM, P1 + ",\"inputResponses\":{\"other\":{}}" + state(asked()));
        assertThat(again.at("/result/resultType").asText()).isEqualTo("input_required");
    }

    @Test
    void aStateOfAnotherCallerOrCallOrThatWasChangedIsRefused() throws IOException {
        int before = two.received().size();
        JsonNode asked = asked();
        String text = asked.at("/result/requestState").asText();
        String good = P1 + ACCEPT + state(asked);
        assertError(two.post(two.one, "v", "tools/call", "delete_pet", FORM, good), 200, -32602);
        assertError(two.post("tools/call", "delete_pet", FORM, good.replace("p1", "p2")), 200, -32602);
        assertError(two.post("tools/call", "delete_pet", FORM, ACCEPT + state(asked)), 200, -32602);
        assertError(
                two.post(
                        "tools/call", "place_order", FORM, ",\"arguments\":{\"petId\":\"p1\"}" + ACCEPT + state(asked)),
                200,
                -32602);
        for (String changed : List.of(
                "",
                text + "-TAMPERED",
                text.substring(1),
                text.substring(0, 70) + (text.charAt(70) == 'A' ? 'B' : 'A') + text.substring(71))) {
            assertError(
                    two.post("tools/call", "delete_pet", FORM, P1 + ACCEPT + ",\"requestState\":\"" + changed + "\""),
                    200,
                    -32602);
        }
        assertThat(two.received()).hasSize(before);
    }

    @Test
    void everyReplayHasTheSameKeyForThePlatform() throws IOException {
        int before = two.received().size();
        String size = ",\"arguments\":{\"size\":2}";
        JsonNode asked = two.call("place_order", FORM, size);
        JsonNode another = two.call("place_order", FORM, size);
        for (int i = 0; i < 3; i++) {
            two.call("place_order", FORM, size + ACCEPT + state(asked));
        }
        two.call("place_order", FORM, size + ACCEPT + state(another));
        List<String> keys = two.received().subList(before, before + 4).stream()
                .map(request -> request.header("Idempotency-Key").getFirst())
                .toList();
        assertThat(keys.getFirst()).matches("[0-9a-f]{32}");
        assertThat(keys.subList(0, 3)).containsOnly(keys.getFirst());
        assertThat(keys.getLast()).isNotEqualTo(keys.getFirst());
    }

    @Test
    void nobodyIsAskedToAgreeToWhatCannotBeDone() throws IOException {
        JsonNode unfit = two.call("place_order", FORM, ",\"arguments\":{\"size\":9}");
        assertThat(unfit.at("/result/content/0/text").asText()).contains("do not fit");
        JsonNode set = two.call("place_order", FORM, ",\"arguments\":{\"Idempotency-Key\":\"mine\"}");
        assertThat(set.at("/result/content/0/text").asText()).contains("do not fit");
    }

    @Test
    void theAuditTellsEachRequestOfIt() throws IOException {
        JsonNode asked = asked();
        RunningWayleave instance = two.next();
        two.post(instance, "u", "tools/call", "delete_pet", FORM, P1 + state(asked));
        assertThat(Files.readAllLines(instance.audit).getLast())
                .contains("\"outcome\":\"input_required\"")
                .doesNotContain(asked.at("/result/requestState").asText());
        two.post(instance, "u", "tools/call", "delete_pet", FORM, P1 + ",\"requestState\":\"x\"");
        assertThat(Files.readAllLines(instance.audit).getLast())
                .contains("\"outcome\":\"refused_retry\"", "\"decision\":\"deny\"");
    }

    @Test
    void anArgumentMayStandForTheAnswerWhereTheOperatorWantsThat() throws IOException {
        Map<String, Object> settings = Map.of(
                "wayleave.platforms.test.asks.otherwise", "argument",
                "wayleave.platforms.test.asks.confirm", "destructive");
        try (TwoInstances lenient = TwoInstances.over(folder, API, settings)) {
            JsonNode told = lenient.call("delete_pet", "{}", P1).path("result");
            assertThat(told.path("isError").asBoolean()).isTrue();
            assertThat(told.at("/content/0/text").asText()).contains("confirm: true");
            String no = ",\"arguments\":{\"petId\":\"p1\",\"confirm\":false}";
            assertThat(lenient.call("delete_pet", "{}", no)
                            .at("/result/isError")
                            .asBoolean())
                    .isTrue();
            assertThat(lenient.received()).isEmpty();
            String yes = ",\"arguments\":{\"petId\":\"p1\",\"confirm\":true}";
            lenient.call("delete_pet", "{}", yes);
            assertThat(lenient.received().getLast().target()).isEqualTo("/pets/p1");
            assertThat(lenient.call("delete_pet", FORM, yes)
                            .at("/result/resultType")
                            .asText())
                    .as("who can be asked is asked")
                    .isEqualTo("input_required");
            lenient.call(
                    "reset_pet", "{}", ",\"arguments\":{\"petId\":\"p1\",\"confirm\":\"x\",\"confirm_call\":true}");
            assertThat(lenient.received().getLast().target()).isEqualTo("/pets/p1?confirm=x");
            assertThat(lenient.received()).hasSize(2);
        }
    }

    @Test
    void whereTheOperatorTrustsClientsThoseThatCannotBeAskedAreNot() throws IOException {
        Map<String, Object> settings = Map.of(
                "wayleave.platforms.test.asks.otherwise", "allow", "wayleave.platforms.test.asks.done-by", "asker");
        try (TwoInstances open = TwoInstances.over(folder, API, settings)) {
            open.call("delete_pet", "{}", P1);
            assertThat(open.received())
                    .extracting(FakePlatform.Received::target)
                    .containsExactly("/pets/p1");
            JsonNode asked = open.call("delete_pet", FORM, P1);
            String retry = P1 + ACCEPT + state(asked);
            assertError(open.post(open.one, "u", "tools/call", "delete_pet", FORM, retry), 200, -32602);
            assertThat(open.received())
                    .as("only the instance that asked does it")
                    .hasSize(1);
            open.post(open.other, "u", "tools/call", "delete_pet", FORM, retry);
            assertThat(open.received()).hasSize(2);
        }
    }
}
