package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V17 and V18 literally, each retry at the other of two instances; only what is sealed stands for itself. */
class ConfirmFixturesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = """
            openapi: 3.1.0
            info: {title: Pets, version: "1"}
            paths:
              /pets/{petId}:
                delete:
                  operationId: deletePet
                  summary: Delete a pet
                  security: [{o: []}]
                  parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
                  x-mcp: {confirm: true}
                  responses: {"200": {description: gone}}
            components: {securitySchemes: {o: {type: http, scheme: bearer}}}
            """;
    private static final String ACCEPT = """
            ,"inputResponses":{"confirmation":{"action":"accept","content":{"confirm":true}}}""";
    private static final String REFUSED = """
            {"jsonrpc":"2.0","id":17,"error":{"code":-32602,"message":"requestState is not good for this request: it was \
            changed, has expired, or belongs to another caller, to something else or to other arguments. Begin again \
            without it."}}""";

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

    private static HttpResponse<String> delete(TwoInstances at, String subject, String pet, String more) {
        RunningWayleave instance = at.next();
        return instance.post(
                """
                {"jsonrpc":"2.0","id":17,"method":"tools/call","params":{"name":"delete_pet","arguments":{"petId":"%s"},\
                "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}%s}}""".formatted(pet, more),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "delete_pet",
                "Authorization",
                "Bearer " + at.token(subject));
    }

    private static String asked(TwoInstances at) throws IOException {
        HttpResponse<String> response = delete(at, "u", "p1", "");
        is(response, """
                {"jsonrpc":"2.0","id":17,"result":{"resultType":"input_required","inputRequests":{"confirmation":{
                "method":"elicitation/create","params":{"mode":"form",
                "message":"Delete a pet: do this? It may not be possible to undo it.\\npetId: \\"p1\\"",
                "requestedSchema":{"type":"object","properties":{"confirm":{"type":"boolean","title":"Yes, do it"}},
                "required":["confirm"]}}}},"requestState":"STATE",%s}}""".formatted(Wire.SERVER));
        return JSON.readTree(response.body()).at("/result/requestState").textValue();
    }

    private static String bringing(String state) {
        return ",\"requestState\":\"" + state + "\"";
    }

    private static void is(HttpResponse<String> response, String json) throws IOException {
        JsonNode answer = JSON.readTree(
                response.body().replaceAll("\"version\":\"\\d+\\.\\d+\\.\\d+[^\"]*\"", "\"version\":\"V\""));
        if (answer.path("result") instanceof ObjectNode result && result.has("requestState")) {
            result.put("requestState", "STATE");
        }
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(answer).isEqualTo(JSON.readTree(json));
    }

    @Test
    void v17APersonIsAskedBeforeAnythingIsSent() throws IOException {
        int before = two.received().size();
        assertThat(asked(two)).isNotEmpty();
        assertThat(two.received()).hasSize(before);
    }

    @Test
    void v18WhatIsAcceptedIsDoneOnceAndWhatIsDeclinedIsNot() throws IOException {
        int before = two.received().size();
        is(delete(two, "u", "p1", ACCEPT + bringing(asked(two))), """
                {"jsonrpc":"2.0","id":17,"result":{"resultType":"complete",
                "content":[{"type":"text","text":"{\\"ok\\":true}"}],"structuredContent":{"ok":true},"isError":false,%s}}""".formatted(Wire.SERVER));
        assertThat(two.received()).hasSize(before + 1);
        is(
                delete(
                        two,
                        "u",
                        "p1",
                        ",\"inputResponses\":{\"confirmation\":{\"action\":\"decline\"}}" + bringing(asked(two))),
                """
                {"jsonrpc":"2.0","id":17,"result":{"resultType":"complete",
                "content":[{"type":"text","text":"The person declined. Nothing was done."}],"isError":true,%s}}""".formatted(Wire.SERVER));
        assertThat(two.received()).hasSize(before + 1);
    }

    @Test
    void v18AStateThatIsNotThisCallersForThisCallIsRefused() throws IOException {
        int before = two.received().size();
        String state = asked(two);
        is(delete(two, "u", "p1", ACCEPT + bringing(state + "x")), REFUSED);
        is(delete(two, "somebody-else", "p1", ACCEPT + bringing(state)), REFUSED);
        is(delete(two, "u", "p2", ACCEPT + bringing(state)), REFUSED);
        assertThat(two.received()).hasSize(before);
    }

    @Test
    void v18WhatHasExpiredIsRefused() throws Exception {
        try (TwoInstances brief =
                TwoInstances.over(folder, API, Map.of("wayleave.platforms.test.asks.expires", "1s"))) {
            String state = asked(brief);
            Thread.sleep(1_100);
            is(delete(brief, "u", "p1", ACCEPT + bringing(state)), REFUSED);
            assertThat(brief.received()).isEmpty();
        }
    }
}
