package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What asks for a call in a way that none can be made of it is remembered once, too; what asks for no call is not. */
class RefusedCallWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = """
            openapi: 3.1.0
            info: {title: Shop, version: "1"}
            x-mcp:
              resources:
                - {uri: "shop://items/{item}", operation: getItem}
              prompts:
                - name: describe
                  arguments: [{name: item, required: true}]
                  messages: [{resource: "shop://items/{item}"}]
                - {name: hello, arguments: [{name: who, required: true}], messages: [{text: "Hello {{who}}."}]}
            paths:
              /items/{item}:
                parameters: [{name: item, in: path, required: true, schema: {type: string}}]
                get:
                  operationId: getItem
                  parameters: [{name: times, in: query, x-mcp: {header: Times}, schema: {type: integer}}]
                  responses: {"200": {description: ok}}
              /jobs:
                post:
                  operationId: startJob
                  x-mcp: {task: {status: getJob, id: /id}}
                  responses: {"202": {description: accepted}}
              /jobs/{id}:
                get:
                  operationId: getJob
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses: {"200": {description: ok}}
            """;

    @TempDir
    static Path folder;

    private static RunningWayleave wayleave;

    @BeforeAll
    static void start() {
        wayleave = RunningWayleave.over(folder, API);
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    /** The events of one request, to which nothing is sent. */
    private static List<JsonNode> events(Supplier<HttpResponse<String>> request) throws IOException {
        int before = wayleave.audited().size();
        int sent = wayleave.platform.received().size();
        HttpResponse<String> response = request.get();
        assertThat(JSON.readTree(response.body()).toString()).contains("\"error\"");
        assertThat(wayleave.platform.received()).hasSize(sent);
        List<String> lines = wayleave.audited();
        return lines.subList(before, lines.size()).stream()
                .map(RefusedCallWireTest::tree)
                .toList();
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertOne(String kind, String reason, Supplier<HttpResponse<String>> request)
            throws IOException {
        assertThat(events(request)).singleElement().satisfies(event -> {
            assertThat(event.path("kind").asText()).isEqualTo(kind);
            assertThat(event.path("outcome").asText()).isEqualTo("malformed");
            assertThat(event.path("decision").asText()).isEqualTo("deny");
            assertThat(event.path("reason").asText()).contains(reason);
            assertThat(event.path("request").asText()).isEqualTo("a-1");
            assertThat(event.path("subject").asText()).isEqualTo("user-1");
            assertThat(event.path("attempts").asInt()).isZero();
        });
    }

    private static HttpResponse<String> call(String params, String... headers) {
        return post(wayleave, "tools/call", META + ",\"name\":\"get_item\"" + params, headers);
    }

    private static HttpResponse<String> legacy(String body) {
        return wayleave.post(
                body, "MCP-Protocol-Version", "2025-03-26", "Authorization", "Bearer " + wayleave.token("pets:read"));
    }

    @Test
    void aCallOfAToolThatIsAtFaultIsRememberedOnce() throws IOException {
        assertOne("tool", "arguments must be an object", () -> call(",\"arguments\":[]", "Mcp-Name", "get_item"));
        assertOne(
                "tool",
                "Mcp-Param-Times does not match",
                () -> call(
                        ",\"arguments\":{\"item\":\"1\",\"times\":1}", "Mcp-Name", "get_item", "Mcp-Param-Times", "2"));
        assertOne("tool", "Mcp-Name does not match", () -> call("", "Mcp-Name", "start_job"));
        assertOne("tool", "Mcp-Name is missing", () -> call(""));
        assertThat(tree(wayleave.audited().getLast()).path("operation").asText())
                .isEqualTo("GET /items/{item}");
        assertOne("tool", "params._meta", () -> post(wayleave, "tools/call", "\"name\":\"get_item\""));
        assertOne("tool", "params.name", () -> post(wayleave, "tools/call", META));
        assertOne(
                "tool",
                "params must be an object",
                () -> legacy("{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"tools/call\",\"params\":[]}"));
        assertOne(
                "tool",
                "arguments must be an object",
                () -> legacy("[{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"tools/call\",\"params\":"
                        + "{\"name\":\"get_item\",\"arguments\":[]}}]"));
    }

    @Test
    void aReadOfAResourceAPromptAndATaskAreToo() throws IOException {
        assertOne(
                "resource",
                "Mcp-Name does not match",
                () -> post(
                        wayleave, "resources/read", META + ",\"uri\":\"shop://items/7\"", "Mcp-Name", "shop://items"));
        JsonNode event = tree(wayleave.audited().getLast());
        assertThat(event.path("resource").asText()).isEqualTo("shop://items/{item}");
        assertThat(event.path("operation").asText()).isEqualTo("GET /items/{item}");
        assertOne(
                "prompt",
                "item is required",
                () -> post(wayleave, "prompts/get", META + ",\"name\":\"describe\"", "Mcp-Name", "describe"));
        assertOne(
                "task",
                "Mcp-Name does not match",
                () -> post(wayleave, "tasks/get", META + ",\"taskId\":\"x\"", "Mcp-Name", "y"));
    }

    @Test
    void aCallThatWasMadeIsNotRememberedTwiceAndWhatIsNoCallNotAtAll() throws IOException {
        assertThat(events(() -> post(wayleave, "tools/call", META + ",\"name\":\"none\"", "Mcp-Name", "none")))
                .singleElement()
                .satisfies(event -> assertThat(event.path("outcome").asText()).isEqualTo("unknown_tool"));
        assertThat(events(() ->
                        post(wayleave, "resources/read", META + ",\"uri\":\"shop://none\"", "Mcp-Name", "shop://none")))
                .singleElement()
                .satisfies(event -> assertThat(event.path("outcome").asText()).isEqualTo("unknown_tool"));
        assertThat(events(() -> post(wayleave, "prompts/get", META + ",\"name\":\"hello\"", "Mcp-Name", "hello")))
                .isEmpty();
        assertThat(events(() -> post(wayleave, "tools/list", META + ",\"cursor\":\"x\"")))
                .isEmpty();
        assertThat(events(() -> post(wayleave, "no/method", META))).isEmpty();
    }
}
