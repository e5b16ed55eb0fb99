package dev.wayleave.mcp;

import static dev.wayleave.mcp.TwoInstances.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wayleave.FakePlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances behind a load balancer that knows nothing: each request of a flow reaches the other one. */
class RoundRobinWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CAPABILITIES =
            "{\"elicitation\":{},\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";
    private static final String API = """
            openapi: 3.1.0
            info: {title: Pets, version: "1"}
            x-mcp:
              resources:
                - {uri: "pets://pets", operation: listPets}
                - {uri: "pets://all", operation: listPets}
                - {uri: "pets://pets/{petId}", operation: getPet}
              tools:
                - name: survey
                  description: Asks in two rounds
                  text: "{{answers.who.name}} likes {{answers.what.color}}"
                  asks:
                    - {name: who, message: "Who?", form: {type: object, properties: {name: {type: string}}, required: [name]}}
                    - {name: what, round: 2, message: "What?", form: {type: object, properties: {color: {type: string}}, required: [color]}}
            paths:
              /pets:
                get: {operationId: listPets, security: [{o: []}], responses: {"200": {description: ok}}}
              /pets/{petId}:
                parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
                get: {operationId: getPet, security: [{o: []}], responses: {"200": {description: ok}}}
                delete: {operationId: deletePet, security: [{o: []}], x-mcp: {confirm: true}, responses: {"200": {description: gone}}}
              /jobs:
                post:
                  operationId: startJob
                  security: [{o: []}]
                  x-mcp: {task: {status: getJob, id: /id, cancel: stopJob}}
                  responses: {"202": {description: accepted}}
              /jobs/{job}:
                parameters: [{name: job, in: path, required: true, schema: {type: string}}]
                get: {operationId: getJob, security: [{o: []}], x-mcp: {expose: false}, responses: {"200": {description: ok}}}
                delete: {operationId: stopJob, security: [{o: []}], x-mcp: {expose: false}, responses: {"200": {description: ok}}}
            components: {securitySchemes: {o: {type: http, scheme: bearer}}}
            """;

    @TempDir
    static Path folder;

    private static TwoInstances two;
    private static Balancer balancer;

    @BeforeAll
    static void start() throws IOException {
        two = TwoInstances.over(folder, API, Map.of("wayleave.platforms.test.page-size", "1"));
        balancer = new Balancer(List.of(two.one.url, two.other.url));
    }

    @AfterAll
    static void stop() {
        balancer.close();
        two.close();
    }

    @BeforeEach
    void forget() {
        balancer.reached.clear();
    }

    private static JsonNode post(String method, String name, String members) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(balancer.url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", method)
                .header("Authorization", "Bearer " + two.token("u"))
                .POST(BodyPublishers.ofString("""
                        {"jsonrpc":"2.0","id":1,"method":"%s","params":{"_meta":{\
                        "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                        "io.modelcontextprotocol/clientCapabilities":%s}%s}}""".formatted(method, CAPABILITIES, members)));
        if (!name.isEmpty()) {
            request.header("Mcp-Name", name);
        }
        return JSON.readTree(
                balancer.client.send(request.build(), BodyHandlers.ofString()).body());
    }

    private static JsonNode call(String name, String members) throws IOException, InterruptedException {
        return post("tools/call", name, ",\"name\":\"" + name + "\"" + members);
    }

    private static List<String> pages(String method, String member) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode result = post(method, "", cursor).path("result");
            names.addAll(result.path(member).findValuesAsText("name"));
            cursor = result.has("nextCursor") ? ",\"cursor\":" + result.get("nextCursor") : "";
        } while (!cursor.isEmpty());
        return names;
    }

    private static void assertEachReachedTheOther(int requests) {
        assertThat(balancer.reached).hasSize(requests);
        for (int i = 1; i < requests; i++) {
            assertThat(balancer.reached.get(i)).isNotEqualTo(balancer.reached.get(i - 1));
        }
    }

    @Test
    void aListGoesOnAtTheOtherInstance() throws IOException, InterruptedException {
        assertThat(pages("tools/list", "tools"))
                .containsExactly("survey", "list_pets", "get_pet", "delete_pet", "start_job");
        assertEachReachedTheOther(5);
    }

    @Test
    void aResourceIsFoundAtOneAndReadAtTheOther() throws IOException, InterruptedException {
        assertThat(pages("resources/list", "resources")).hasSize(2);
        assertThat(pages("resources/templates/list", "resourceTemplates")).hasSize(1);
        for (String uri : List.of("pets://pets", "pets://pets/p1")) {
            JsonNode read = post("resources/read", uri, ",\"uri\":\"" + uri + "\"");
            assertThat(read.at("/result/contents/0/text").asText()).isEqualTo("{\"ok\":true}");
        }
        assertEachReachedTheOther(5);
    }

    @Test
    void anAskInSeveralRoundsIsAnsweredInTurns() throws IOException, InterruptedException {
        JsonNode first = call("survey", "");
        JsonNode second = call(
                "survey",
                ",\"inputResponses\":{\"who\":{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}}" + state(first));
        JsonNode third = call(
                "survey",
                ",\"inputResponses\":{\"what\":{\"action\":\"accept\",\"content\":{\"color\":\"blue\"}}}"
                        + state(second));

        assertThat(third.at("/result/content/0/text").asText())
                .as(second.toString())
                .isEqualTo("Ada likes blue");
        assertEachReachedTheOther(3);
    }

    @Test
    void whatOneAskedToConfirmTheOtherDoesOnce() throws IOException, InterruptedException {
        int before = two.received().size();
        String arguments = ",\"arguments\":{\"petId\":\"p1\"}";
        JsonNode asked = call("delete_pet", arguments);
        assertThat(two.received()).hasSize(before);

        String agreed = arguments
                + ",\"inputResponses\":{\"confirmation\":{\"action\":\"accept\",\"content\":{\"confirm\":true}}}"
                + state(asked);
        JsonNode done = call("delete_pet", agreed);

        assertThat(done.at("/result/isError").asBoolean(true))
                .as(done.toString())
                .isFalse();
        assertThat(two.received()).hasSize(before + 1);
        assertThat(two.received().getLast().requestLine()).startsWith("DELETE /pets/p1");
        assertEachReachedTheOther(2);
    }

    @Test
    void workThatOneBeganIsFollowedAndEndedInTurns() throws IOException, InterruptedException {
        two.one.platform.answer(request -> request.requestLine().startsWith("POST /jobs")
                ? FakePlatform.response(202, "application/json", "{\"id\":\"j1\"}")
                : FakePlatform.response(request.requestLine().startsWith("GET /jobs") ? 202 : 200, "", ""));
        try {
            String id = call("start_job", "").at("/result/taskId").asText();
            String about = ",\"taskId\":\"" + id + "\"";
            JsonNode first = post("tasks/get", id, about);
            JsonNode cancelled = post("tasks/cancel", id, about);
            JsonNode second = post("tasks/get", id, about);

            assertThat(first.at("/result/status").asText()).as(first.toString()).isEqualTo("working");
            assertThat(cancelled.at("/result/resultType").asText()).isEqualTo("complete");
            assertThat(second.at("/result/status").asText()).isEqualTo("working");
            assertThat(two.received().stream()
                            .map(FakePlatform.Received::requestLine)
                            .filter(line -> line.contains("/jobs")))
                    .containsExactly(
                            "POST /jobs HTTP/1.1",
                            "GET /jobs/j1 HTTP/1.1",
                            "DELETE /jobs/j1 HTTP/1.1",
                            "GET /jobs/j1 HTTP/1.1");
            assertEachReachedTheOther(4);
        } finally {
            two.one.platform.answer(request -> FakePlatform.response(200, "application/json", "{\"ok\":true}"));
        }
    }

    /** Sends each request to the instance after the last one's, and keeps which that was. */
    private static final class Balancer implements AutoCloseable {
        private static final Set<String> OWN = Set.of("host", "connection", "content-length", "transfer-encoding");
        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final HttpServer server;
        private final List<URI> instances;
        private final List<URI> reached = new ArrayList<>();
        private int turn;

        Balancer(List<URI> instances) throws IOException {
            this.instances = instances;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::forward);
            server.start();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
        }

        private synchronized URI next() {
            URI next = instances.get(turn++ % instances.size());
            reached.add(next);
            return next;
        }

        private void forward(HttpExchange exchange) throws IOException {
            HttpRequest.Builder request = HttpRequest.newBuilder(next())
                    .POST(BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            try (exchange) {
                HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
                response.headers()
                        .firstValue("Content-Type")
                        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
                exchange.sendResponseHeaders(response.statusCode(), response.body().length);
                exchange.getResponseBody().write(response.body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            server.stop(0);
            client.close();
        }
    }
}
