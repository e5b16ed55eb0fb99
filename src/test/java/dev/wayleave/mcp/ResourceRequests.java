package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A platform with resources, and requests of a caller who may read some of them. */
record ResourceRequests(RunningWayleave wayleave) {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String API = """
            openapi: 3.1.0
            info: {title: Base, version: "1"}
            x-mcp:
              prefix: base_
              resources:
                - {uri: "base://tables/{tableId}", operation: table_get, name: table, title: One table, description: Fields and indexes., mimeType: application/json}
                - {uri: "base://tables", operation: table_list}
                - {uri: "base://tables/{tableId}/versions/{kind}", operation: version_list}
                - {uri: "base://secrets", operation: secret_list}
                - {uri: "base://logo", operation: GET /logo}
                - {uri: "base://mine", operation: mine}
                - {uri: "base://numbers/{n}", operation: number}
            paths:
              /v1/tables:
                get: {operationId: table_list, security: [{o: ["table:read"]}], responses: {"200": {description: ok, content: {application/json: {schema: {type: array}}}}}}
                post: {operationId: table_add, security: [{o: ["table:write"]}], responses: {"200": {description: ok}}}
              /v1/tables/{tableId}:
                get:
                  operationId: table_get
                  x-mcp: {cache: {ttl: 30s}}
                  security: [{o: ["table:read"]}]
                  parameters: [{name: tableId, in: path, required: true, schema: {type: string}}]
                  responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {id: {type: integer}}}}}}}
              /v1/tables/{tableId}/versions/{kind}:
                get:
                  operationId: version_list
                  x-mcp: {expose: false}
                  security: [{o: ["table:read"]}]
                  parameters:
                    - {name: tableId, in: path, required: true, schema: {type: string}}
                    - {name: kind, in: path, required: true, schema: {enum: [schema, index, shadow]}}
                  responses: {"200": {description: ok}}
              /v1/secrets:
                get: {operationId: secret_list, security: [{o: ["secret:read"]}], responses: {"200": {description: ok}}}
              /logo:
                get: {security: [], x-mcp: {expose: false}, responses: {"200": {description: ok}}}
              /v1/tenants/{tenant}:
                get:
                  operationId: mine
                  security: [{o: ["table:read"]}]
                  parameters: [{name: tenant, in: path, required: true, schema: {type: string}, x-mcp: {bind: {claim: tenant}}}]
                  responses: {"200": {description: ok}}
              /v1/numbers:
                get:
                  operationId: number
                  security: [{o: ["table:read"]}]
                  parameters: [{name: n, in: query, required: true, schema: {type: integer, minimum: 1, maximum: 9}}]
                  responses: {"200": {description: ok}}
            components: {securitySchemes: {o: {type: http, scheme: bearer}}}
            """;

    static ResourceRequests start(Path folder) {
        return new ResourceRequests(RunningWayleave.with(
                folder,
                API,
                Map.of(
                        "wayleave.platforms.test.upstream.max-result-bytes",
                        "2048",
                        "wayleave.audit.values",
                        List.of("base_version_list.kind"))));
    }

    HttpResponse<String> modern(String method, String params, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = "Bearer " + wayleave.token("table:read");
        System.arraycopy(headers, 0, all, 2, headers.length);
        return ModernRequests.post(wayleave, method, META + params, all);
    }

    HttpResponse<String> read(String uri, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Mcp-Name";
        all[1] = "=?base64?" + Base64.getEncoder().encodeToString(uri.getBytes(StandardCharsets.UTF_8)) + "?=";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return modern("resources/read", ",\"uri\":" + JSON.getNodeFactory().textNode(uri), all);
    }

    HttpResponse<String> legacy(String method, String params) {
        return wayleave.post(
                """
                {"jsonrpc":"2.0","id":"a-1","method":"%s","params":{%s}}""".formatted(method, params),
                "MCP-Protocol-Version",
                "2025-06-18",
                "Authorization",
                "Bearer " + wayleave.token("table:read"));
    }

    JsonNode lastAudit() throws IOException {
        return JSON.readTree(wayleave.audited().getLast());
    }
}
