package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For every set of scopes, group, level and tenant, the resources that are listed are those that can be read. */
class ResourceAccessWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = """
            openapi: 3.1.0
            info: {title: Vault, version: "1"}
            x-mcp:
              resources:
                - {uri: "vault://things", operation: listThings}
                - {uri: "vault://things/{thing}", operation: getThing}
                - {uri: "vault://hidden", operation: listHidden}
                - {uri: "vault://deep", operation: listDeep}
                - {uri: "vault://tenant", operation: getTenant}
                - {uri: "vault://fixed", operation: getFixed}
                - {uri: "vault://plain", operation: getPlain}
            paths:
              /things: {get: {operationId: listThings, security: [{o: ["thing:read"]}], responses: {"200": {description: ok}}}}
              /things/{thing}:
                get:
                  operationId: getThing
                  security: [{o: ["thing:read"]}, {o: ["all"]}]
                  parameters: [{name: thing, in: path, required: true, schema: {type: string}}]
                  responses: {"200": {description: ok}}
              /hidden: {get: {operationId: listHidden, x-mcp: {expose: false}, security: [{o: ["thing:read"]}], responses: {"200": {description: ok}}}}
              /deep: {get: {operationId: listDeep, x-mcp: {access: schema}, security: [{o: ["thing:read"]}], responses: {"200": {description: ok}}}}
              /tenants/{tenant}:
                parameters: [{name: tenant, in: path, required: true, schema: {type: string}, x-mcp: {bind: {claim: tenant}}}]
                get: {operationId: getTenant, security: [{o: ["thing:read"]}], responses: {"200": {description: ok}}}
              /fixed:
                get:
                  operationId: getFixed
                  security: [{o: ["thing:read"]}]
                  parameters: [{name: org, in: query, schema: {type: string}, x-mcp: {bind: {const: acme}}}]
                  responses: {"200": {description: ok}}
              /plain: {get: {operationId: getPlain, responses: {"200": {description: ok}}}}
              /level: {get: {operationId: getLevel, x-mcp: {expose: false}, responses: {"200": {description: ok}}}}
            components: {securitySchemes: {o: {type: http, scheme: bearer}}}
            """;

    @TempDir
    static Path folder;

    private static RunningWayleave wayleave;
    private static String level = "FULL";

    @BeforeAll
    static void start() {
        Map<String, Object> settings = new HashMap<>();
        String access = "wayleave.platforms.test.access.";
        settings.put(access + "groups.claim", "groups");
        settings.put(access + "groups.grants.all.tools", "*");
        settings.put(access + "groups.grants.few.tools", List.of("list_things", "list_hidden", "get_fixed"));
        settings.put(access + "level.operation", "getLevel");
        settings.put(access + "level.pointer", "/level");
        settings.put(access + "level.ttl", "1ms");
        settings.put(access + "arguments.org.claim", "org");
        wayleave = RunningWayleave.with(folder, API, settings);
        wayleave.platform.answer(r -> FakePlatform.response(
                200, "application/json", r.target().equals("/level") ? "{\"level\":\"" + level + "\"}" : "{}"));
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    private static JsonNode rpc(String token, String method, String params) throws IOException {
        return JSON.readTree(wayleave.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}",
                        "MCP-Protocol-Version",
                        "2025-11-25",
                        "Authorization",
                        "Bearer " + token)
                .body());
    }

    private static List<String> listed(String token) throws IOException {
        List<String> uris = new ArrayList<>(
                rpc(token, "resources/list", "").at("/result/resources").findValuesAsText("uri"));
        rpc(token, "resources/templates/list", "")
                .at("/result/resourceTemplates")
                .findValuesAsText("uriTemplate")
                .forEach(template -> uris.add(template.replace("{thing}", "1")));
        return uris;
    }

    private static List<String> readable(String token) throws IOException {
        List<String> uris = new ArrayList<>();
        for (String name : List.of("things", "hidden", "deep", "tenant", "fixed", "plain", "things/1")) {
            String uri = "vault://" + name;
            if (rpc(token, "resources/read", "\"uri\":\"" + uri + "\"").has("result")) {
                uris.add(uri);
            }
        }
        return uris;
    }

    private static String token(String scopes, List<String> groups, Map<String, String> claims) {
        return wayleave.issuer.token(wayleave.url.toString(), scopes, token -> {
            claims.forEach(token::claim);
            return token.claim("groups", groups);
        });
    }

    @Test
    void whatIsListedCanBeReadAndNothingElse() throws IOException {
        int some = 0;
        for (String now : List.of("FULL", "READ_ONLY", "DISABLED", "UNHEARD_OF")) {
            level = now;
            for (String scopes : List.of("", "thing:read", "all", "thing:*", "THING:READ", "thing:read all")) {
                for (List<String> groups : List.of(List.of("all"), List.of("few"), List.<String>of())) {
                    for (Map<String, String> claims : List.of(
                            Map.<String, String>of(),
                            Map.of("tenant", "t", "org", "acme"),
                            Map.of("tenant", "..", "org", "other"))) {
                        String token = token(scopes, groups, claims);
                        List<String> listed = listed(token);
                        assertThat(listed)
                                .as(now + " " + scopes + " " + groups + " " + claims)
                                .containsExactlyElementsOf(readable(token));
                        some += listed.size();
                    }
                }
            }
        }
        assertThat(some).isGreaterThan(50);
    }

    @Test
    void anArgumentThatARuleBindsTakesAFixedResourceAway() throws IOException {
        level = "FULL";
        assertThat(listed(token("thing:read", List.of("few"), Map.of("org", "acme"))))
                .containsExactly("vault://things", "vault://hidden", "vault://fixed");
        assertThat(listed(token("thing:read", List.of("few"), Map.of("org", "other"))))
                .containsExactly("vault://things", "vault://hidden");
    }
}
