package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Workflows in front of a platform, and a second server that steps may be sent to. */
final class WorkflowFixture implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String API = """
            openapi: 3.1.0
            info: {title: Base, version: "1"}
            x-mcp: {expose: false}
            components: {securitySchemes: {o: {type: oauth2, flows: {}}}}
            security: [{o: [read]}]
            paths:
              /things/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                get: {operationId: getThing, responses: {"200": {description: ok}}}
                put: {operationId: setThing, security: [{o: [write]}], requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {"200": {description: ok}}}
              /things:
                get: {operationId: listThings, parameters: [{name: tag, in: query, schema: {type: string}}, {name: limit, in: query, schema: {type: integer}}], responses: {"200": {description: ok}}}
                post:
                  operationId: makeThing
                  security: [{o: [write]}]
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          required: [name]
                          properties: {name: {type: string}, size: {type: integer}, owner: {type: string, x-mcp: {bind: {claim: sub}}}, seed: {type: object, x-mcp: {hidden: true}}}
                  responses: {"201": {description: ok}}
              /mint: {post: {operationId: mint, security: [{o: [mint]}], x-mcp: {safe: true}, responses: {"200": {description: ok}}}}
              /v2/pipeline:
                post:
                  operationId: pipeline
                  security: [{o: []}]
                  requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {sql: {type: string}}}}}}
                  responses: {"200": {description: ok}}
            """;
    final RunningWayleave wayleave;
    final FakePlatform elsewhere = FakePlatform.json("{\"results\":[{\"type\":\"ok\"}]}");

    private WorkflowFixture(Path folder, String workflows, Map<String, Object> more) throws IOException {
        Path file = Files.writeString(folder.resolve("w.arazzo.yaml"), workflows);
        Map<String, Object> settings = new HashMap<>(Map.of(
                "wayleave.platforms.test.workflows",
                file.toString(),
                "wayleave.platforms.test.upstream.origins",
                List.of(Map.of("url", elsewhere.url().toString(), "credential", "step"))));
        settings.putAll(more);
        wayleave = RunningWayleave.with(folder, API, settings);
    }

    /** An overlay that makes tools of the operations on one thing, too. */
    static Path exposing(Path folder) throws IOException {
        return Files.writeString(folder.resolve("expose.yaml"), """
                overlay: 1.1.0
                info: {title: Expose, version: "1"}
                actions:
                  - target: $.paths['/things/{id}'].get
                    update: {x-mcp: {expose: true}}
                  - target: $.paths['/things/{id}'].put
                    update: {x-mcp: {expose: true}}
                """);
    }

    /** A document of these workflows, its list indented by two spaces. */
    static WorkflowFixture of(Path folder, String version, String workflows) throws IOException {
        return of(folder, version, workflows, Map.of());
    }

    static WorkflowFixture of(Path folder, String version, String workflows, Map<String, Object> more)
            throws IOException {
        return new WorkflowFixture(folder, document(version, workflows), more);
    }

    static String document(String version, String workflows) {
        return "arazzo: " + version
                + "\ninfo: {title: W, version: '1'}\nsourceDescriptions: [{name: base, url: ./openapi.yaml,"
                + " type: openapi}]\nworkflows:\n" + workflows;
    }

    void platform(Function<FakePlatform.Received, String> answers) {
        wayleave.platform.answer(answers);
    }

    static String ok(String json) {
        return FakePlatform.response(200, "application/json", json);
    }

    JsonNode rpc(String method, String params, String scopes) throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
        return JSON.readTree(wayleave.post(
                        body, "MCP-Protocol-Version", "2025-11-25", "Authorization", "Bearer " + wayleave.token(scopes))
                .body());
    }

    JsonNode call(String tool, String arguments) throws IOException {
        return rpc("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}", "read write mint")
                .path("result");
    }

    JsonNode tool(String name) throws IOException {
        for (JsonNode tool : rpc("tools/list", "{}", "read write mint").at("/result/tools")) {
            if (tool.path("name").asText().equals(name)) {
                return tool;
            }
        }
        throw new AssertionError(name + " is not listed");
    }

    JsonNode lastAudit() throws IOException {
        return JSON.readTree(wayleave.audited().getLast());
    }

    static String text(JsonNode result) {
        return result.at("/content/0/text").asText();
    }

    @Override
    public void close() {
        wayleave.close();
        elsewhere.close();
    }
}
