package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keywords of JSON Schema 2020-12 in a 3.1 description, as an agent gets them and as calls are held to them. */
class JsonSchemaWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String BODY = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
             "$defs": {"address": {"$anchor": "addressDef", "type": "object",
               "properties": {"street": {"type": "string"}, "city": {"type": "string"}}}},
             "properties": {"name": {"type": "string"}, "address": {"$ref": "#/$defs/address"},
               "contactMethod": {"type": "string", "enum": ["phone", "email"]}, "phone": {"type": "string"},
               "email": {"type": "string"}},
             "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
             "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
             "then": {"required": ["phone"]}, "else": {"required": ["email"]}, "additionalProperties": false}""";
    private static final String FLAT = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
             "$defs": {"address": {"$anchor": "addressDef", "properties": {"lines": {"prefixItems": [{"type": "string"}]}}}},
             "properties": {"home": {"$ref": "#addressDef"}, "work": {"$ref": "#/$defs/address", "description": "Where."},
               "more": {"unevaluatedProperties": false, "$dynamicAnchor": "more"}}}""";
    private static final String API = """
            {"openapi": "3.1.0", "info": {"title": "Contacts", "version": "1"}, "paths": {
             "/composed": {"post": {"operationId": "composed", "x-mcp": {"arguments": "composed"}, "requestBody":
               {"required": true, "content": {"application/json": {"schema": %1$s}}}}},
             "/plain": {"post": {"operationId": "plain", "requestBody":
               {"required": true, "content": {"application/json": {"schema": %1$s}}}}},
             "/flat": {"post": {"operationId": "flat", "requestBody":
               {"required": true, "content": {"application/json": {"schema": %2$s}}}}},
             "/people/{id}": {"post": {"operationId": "beside", "x-mcp": {"arguments": "composed"},
               "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
               "requestBody": {"required": true, "content": {"application/json": {"schema": %1$s}}}}}}}""".formatted(BODY, FLAT);

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

    private static JsonNode rpc(String method, String params) throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
        return JSON.readTree(wayleave.post(
                        body, "MCP-Protocol-Version", "2025-11-25", "Authorization", "Bearer " + wayleave.token("a"))
                .body());
    }

    private static JsonNode schema(String tool) throws IOException {
        for (JsonNode listed : rpc("tools/list", "{}").at("/result/tools")) {
            if (listed.path("name").asText().equals(tool)) {
                return listed.path("inputSchema");
            }
        }
        throw new AssertionError(tool + " is not listed");
    }

    private static JsonNode call(String tool, String arguments) throws IOException {
        return rpc("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}")
                .path("result");
    }

    @Test
    void whereItsOwnerWantsItTheSchemaOfABodyIsTheToolsOwn() throws IOException {
        assertThat(schema("composed")).isEqualTo(JSON.readTree(BODY));
    }

    @Test
    void whatItSaysOfItsPropertiesTogetherIsHeldTo() throws IOException {
        int before = wayleave.platform.received().size();
        JsonNode refused = call("composed", "{\"contactMethod\":\"phone\",\"email\":\"e\"}");
        assertThat(refused.path("isError").asBoolean()).isTrue();
        assertThat(refused.toString()).contains("phone");
        assertThat(wayleave.platform.received()).hasSize(before);
        assertThat(call("composed", "{\"contactMethod\":\"phone\",\"phone\":\"1\"}")
                        .path("isError")
                        .asBoolean())
                .isFalse();
        FakePlatform.Received received = wayleave.platform.received().getLast();
        assertThat(received.requestLine()).isEqualTo("POST /composed HTTP/1.1");
        assertThat(JSON.readTree(received.body()))
                .isEqualTo(JSON.readTree("{\"contactMethod\":\"phone\",\"phone\":\"1\"}"));
    }

    @Test
    void otherwiseNothingIsComposedAtTheRootAndTheBodyKeepsItAll() throws IOException {
        for (String tool : new String[] {"plain", "beside"}) {
            JsonNode schema = schema(tool);
            assertThat(schema.path("$schema").asText()).isEqualTo(DIALECT);
            assertThat(schema.path("type").asText()).isEqualTo("object");
            assertThat(schema.has("allOf") || schema.has("if")).isFalse();
            assertThat(schema.path("$defs")).isEqualTo(JSON.readTree(BODY).path("$defs"));
            JsonNode body = schema.at("/properties/body");
            for (String keyword : new String[] {"allOf", "if", "then", "else", "additionalProperties"}) {
                assertThat(body.path(keyword)).isEqualTo(JSON.readTree(BODY).path(keyword));
            }
        }
    }

    @Test
    void definitionsAndAnchorsOfAFlatBodyStayWhatTheyAre() throws IOException {
        JsonNode schema = schema("flat");
        assertThat(schema.path("$schema").asText()).isEqualTo(DIALECT);
        assertThat(schema.at("/properties/home")).isEqualTo(JSON.readTree("{\"$ref\":\"#/$defs/address\"}"));
        assertThat(schema.at("/properties/work"))
                .isEqualTo(JSON.readTree("{\"$ref\":\"#/$defs/address\",\"description\":\"Where.\"}"));
        assertThat(schema.at("/properties/more"))
                .isEqualTo(JSON.readTree("{\"unevaluatedProperties\":false,\"$dynamicAnchor\":\"more\"}"));
        assertThat(schema.at("/$defs/address"))
                .isEqualTo(JSON.readTree("{\"$anchor\":\"addressDef\",\"properties\":{\"lines\":"
                        + "{\"prefixItems\":[{\"type\":\"string\"}]}}}"));
    }
}
