package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;

/** A platform whose work goes on behind its answers, and two instances in front of it. */
final class TaskFixture implements AutoCloseable {
    static final String TASKS = "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";
    static final String API = """
            openapi: 3.1.0
            info: {title: Shops, version: "1"}
            x-mcp: {errors: [{status: 200, pointer: /fault}]}
            paths:
              /shops/{shop}/exports:
                parameters: [{name: shop, in: path, required: true, schema: {type: string}}]
                post:
                  operationId: startExport
                  x-mcp:
                    task:
                      status: getExport
                      id: /job/id
                      state: {pointer: /state, completed: [done], failed: [broken], cancelled: [stopped]}
                      result: {pointer: /file}
                      cancel: DELETE /shops/{shop}/exports/{export}
                      poll: 2s
                      ttl: 10m
                  responses: {"202": {description: accepted}}
              /shops/{shop}/exports/{export}:
                parameters:
                  - {name: shop, in: path, required: true, schema: {type: string}}
                  - {name: export, in: path, required: true, schema: {type: integer}}
                get: {operationId: getExport, x-mcp: {expose: false}, responses: {"200": {description: ok}}}
                delete: {operationId: stopExport, x-mcp: {expose: false}, responses: {"204": {description: ok}}}
              /imports:
                post:
                  operationId: startImport
                  x-mcp: {task: {status: getImport, id: Location, ttl: 1s}}
                  responses: {"202": {description: accepted}}
              /imports/{id}:
                get:
                  operationId: getImport
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses: {"200": {description: ok}}
              /rebuilds:
                post:
                  operationId: rebuild
                  x-mcp: {task: {status: getImport, id: Operation-Location, required: true}}
                  responses: {"202": {description: accepted}}
              /audits:
                post:
                  operationId: startAudit
                  x-mcp: {scopes: [a], task: {status: getAudit, id: /id}}
                  responses: {"202": {description: accepted}}
              /audits/{id}:
                get:
                  operationId: getAudit
                  x-mcp: {scopes: [b]}
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses: {"200": {description: ok}}
              /mine/{owner}/jobs:
                post:
                  operationId: startMine
                  parameters: [{name: owner, in: path, required: true, schema: {type: string}, x-mcp: {bind: {claim: sub}}}]
                  x-mcp: {task: {status: getMine, id: Location}}
                  responses: {"202": {description: accepted}}
              /mine/{owner}/jobs/{id}:
                get:
                  operationId: getMine
                  parameters:
                    - {name: owner, in: path, required: true, schema: {type: string}, x-mcp: {bind: {claim: sub}}}
                    - {name: id, in: path, required: true, schema: {type: string}}
                  responses: {"200": {description: ok}}
            """;
    private static final ObjectMapper JSON = new ObjectMapper();
    final TwoInstances two;
    private volatile String state = json(200, "{\"state\":\"queued\"}");
    private volatile String location = "/imports/7";
    private String token = "";

    TaskFixture(Path folder) {
        two = TwoInstances.over(folder, API, Map.of());
        two.one.platform.answer(this::answer);
    }

    private String answer(FakePlatform.Received request) {
        if (request.requestLine().startsWith("POST /shops/") || request.target().equals("/audits")) {
            return json(202, "{\"id\":\"x\",\"job\":{\"id\":41}}");
        }
        if (request.requestLine().startsWith("POST ")) {
            return FakePlatform.response(
                    202, "application/json", "{}", "Location: " + location, "Operation-Location: " + location);
        }
        return state;
    }

    static String json(int status, String body) {
        return FakePlatform.response(status, "application/json", body);
    }

    /** What the platform answers to all but what begins work. */
    void says(String raw) {
        state = raw;
    }

    void leadsTo(String place) {
        location = place;
    }

    /** The id of work that one instance began. */
    String export() throws IOException {
        return two.call("start_export", TASKS, ",\"arguments\":{\"shop\":\"s 1\"}")
                .at("/result/taskId")
                .textValue();
    }

    HttpResponse<String> ask(String method, String task) {
        return ask(two.next(), "u", method, task, task, TASKS);
    }

    HttpResponse<String> ask(
            RunningWayleave instance, String subject, String method, String task, String header, String capabilities) {
        token = two.token(subject);
        return instance.post(
                """
                {"jsonrpc":"2.0","id":"a-1","method":"%s","params":{"taskId":"%s","inputResponses":{},\
                "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":%s}}}""".formatted(method, task, capabilities),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                method,
                "Mcp-Name",
                header,
                "Authorization",
                "Bearer " + token);
    }

    /** What the last request about a task was made with. */
    String lastToken() {
        return token;
    }

    /** A result without what is new each time: times and the id stand for themselves. */
    static JsonNode result(HttpResponse<String> response) throws IOException {
        JsonNode result = JSON.readTree(response.body()).path("result");
        if (result instanceof ObjectNode object) {
            object.remove("_meta");
            for (String name : new String[] {"taskId", "createdAt", "lastUpdatedAt"}) {
                if (object.path(name).isTextual()) {
                    object.put(name, name.equals("taskId") ? "ID" : "TIME");
                }
            }
        }
        return result;
    }

    static JsonNode tree(String json) throws IOException {
        return JSON.readTree(json);
    }

    @Override
    public void close() {
        two.close();
    }
}
