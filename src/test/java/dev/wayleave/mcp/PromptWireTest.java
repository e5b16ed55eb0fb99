package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.assertError;
import static dev.wayleave.mcp.ModernRequests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts and their completion, in both eras. */
class PromptWireTest {
    private static final String API = """
            openapi: 3.1.0
            info: {title: Shop, version: "1"}
            x-mcp:
              resources:
                - {uri: "shop://items/{item}", operation: getItem}
              prompts:
                - name: describe
                  title: Describe
                  description: Describes an item.
                  arguments:
                    - {name: item, title: Item, description: Its id., required: true}
                    - {name: tone, values: [dry, warm, wild]}
                  messages:
                    - {text: "Describe {{item}} in a {{tone}} tone."}
                    - {role: assistant, text: "{{item}}?"}
                    - {resource: "shop://items/{item}"}
                - {name: hello, messages: [{text: "Hello."}]}
                - {name: tidy, tools: [drop_item], messages: [{text: "Drop what is old."}]}
                - {name: lost, tools: [no_such_tool], messages: [{text: "x"}]}
                - {name: hello, messages: [{text: "Again."}]}
                - {name: astray, messages: [{resource: "shop://nothing"}]}
            paths:
              /items/{item}:
                parameters: [{name: item, in: path, required: true, schema: {type: string}}]
                get: {operationId: getItem, security: [{o: ["pets:read"]}], responses: {"200": {description: ok}}}
                delete: {operationId: dropItem, security: [{o: ["pets:write"]}], responses: {"200": {description: ok}}}
            components: {securitySchemes: {o: {type: http, scheme: bearer}}}
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

    @BeforeEach
    void reset() {
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "{\"a\":1}"));
    }

    private static HttpResponse<String> modern(String method, String params, String... headers) {
        return ModernRequests.post(wayleave, method, META + params, headers);
    }

    private static HttpResponse<String> get(String name, String arguments) {
        return modern("prompts/get", ",\"name\":\"" + name + "\",\"arguments\":" + arguments, "Mcp-Name", name);
    }

    private static JsonNode legacy(String scope, String method, String params) throws IOException {
        return json(wayleave.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"" + method + "\",\"params\":{" + params
                                + "}}",
                        "MCP-Protocol-Version",
                        "2025-03-26",
                        "Authorization",
                        "Bearer " + wayleave.token(scope)))
                .path("result");
    }

    @Test
    void thoseWhoseToolsAndResourcesAreOfferedAreListed() throws IOException {
        JsonNode result = json(modern("prompts/list", "")).path("result");
        assertThat(result.path("prompts").toString()).isEqualTo("""
                [{"name":"describe","title":"Describe","description":"Describes an item.","arguments":[\
                {"name":"item","title":"Item","description":"Its id.","required":true},\
                {"name":"tone","required":false}]},\
                {"name":"hello","arguments":[]},{"name":"tidy","arguments":[]}]""");
        assertThat(result.path("cacheScope").asText()).isEqualTo("private");
        assertThat(result.path("ttlMs").isInt()).isTrue();
        assertThat(legacy("pets:read", "prompts/list", "").path("prompts").findValuesAsText("name"))
                .containsExactly("describe", "item", "tone", "hello");
        assertThat(legacy("", "prompts/list", "").toString())
                .isEqualTo("{\"prompts\":[{\"name\":\"hello\",\"arguments\":[]}]}");
        assertThat(json(modern("server/discover", ""))
                        .at("/result/capabilities")
                        .toString())
                .isEqualTo("{\"tools\":{},\"resources\":{},\"prompts\":{},\"completions\":{}}");
    }

    @Test
    void argumentsArePutInAsPlainTextAndResourcesAsTheyAre() throws IOException {
        JsonNode result = json(get("describe", "{\"item\":\"{{tone}} a/b\",\"tone\":\"dry\"}"))
                .path("result");
        assertThat(result.path("resultType").asText()).isEqualTo("complete");
        assertThat(result.has("ttlMs")).isFalse();
        assertThat(result.path("description").asText()).isEqualTo("Describes an item.");
        assertThat(result.path("messages").toString()).isEqualTo("""
                [{"role":"user","content":{"type":"text","text":"Describe {{tone}} a/b in a dry tone."}},\
                {"role":"assistant","content":{"type":"text","text":"{{tone}} a/b?"}},\
                {"role":"user","content":{"type":"resource","resource":{"uri":"shop://items/%7B%7Btone%7D%7D%20a%2Fb",\
                "mimeType":"application/json","text":"{\\"a\\":1}"}}}]""");
        assertThat(wayleave.platform.received().getLast().target()).isEqualTo("/items/%7B%7Btone%7D%7D%20a%2Fb");
        assertThat(json(get("describe", "{\"item\":\"1\"}"))
                        .at("/result/messages/0/content/text")
                        .asText())
                .isEqualTo("Describe 1 in a  tone.");
        assertThat(legacy("", "prompts/get", "\"name\":\"hello\"").toString())
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"Hello.\"}}]}");
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsSent() throws IOException {
        int before = wayleave.platform.received().size();
        for (String arguments : List.of(
                "{}",
                "{\"item\":null}",
                "{\"item\":1}",
                "{\"item\":[\"1\"]}",
                "{\"item\":\"..\"}",
                "{\"item\":\"\"}",
                "{\"item\":\"1\",\"tone\":\"loud\"}",
                "{\"item\":\"1\",\"other\":\"x\"}",
                "{\"item\":\"" + "a".repeat(8_193) + "\"}",
                "[]",
                "\"item\"")) {
            assertError(get("describe", arguments), 200, -32602);
        }
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @Test
    void aPromptOfWhatTheCallerMayNotUseIsUnknown() throws IOException {
        for (String name : List.of("tidy", "nothing", "lost", "astray")) {
            HttpResponse<String> response = modern(
                    "prompts/get",
                    ",\"name\":\"" + name + "\"",
                    "Mcp-Name",
                    name,
                    "Authorization",
                    "Bearer " + wayleave.token("pets:read"));
            assertError(response, 200, -32602);
            assertThat(json(response).at("/error/message").asText()).isEqualTo("There is no such prompt.");
        }
        assertThat(json(get("tidy", "{}")).at("/result/messages")).hasSize(1);
    }

    @Test
    void theNameHeaderMustBeThePrompt() throws IOException {
        assertError(modern("prompts/get", ",\"name\":\"hello\""), 400, -32020);
        assertError(modern("prompts/get", ",\"name\":\"hello\"", "Mcp-Name", "tidy"), 400, -32020);
        assertError(modern("prompts/get", ",\"name\":1", "Mcp-Name", "1"), 200, -32602);
    }

    @Test
    void aResourceThatIsNotThereIsTheFaultOfTheWholePrompt() throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(404, "", ""));
        HttpResponse<String> response = get("describe", "{\"item\":\"1\"}");
        assertError(response, 200, -32602);
        assertThat(json(response).at("/error/data/uri").asText()).isEqualTo("shop://items/1");
    }

    @Test
    void argumentsAreCompletedFromWhatTheyMayBe() throws IOException {
        String tone =
                ",\"ref\":{\"type\":\"ref/prompt\",\"name\":\"describe\"},\"argument\":{\"name\":\"tone\",\"value\":\"w\"}";
        assertThat(json(modern("completion/complete", tone))
                        .at("/result/completion")
                        .toString())
                .isEqualTo("{\"values\":[\"warm\",\"wild\"],\"total\":2,\"hasMore\":false}");
        assertThat(json(modern("completion/complete", tone.replace("\"tone\"", "\"item\"")))
                        .at("/result/completion")
                        .toString())
                .isEqualTo("{\"values\":[],\"total\":0,\"hasMore\":false}");
        assertError(modern("completion/complete", tone.replace("describe", "nothing")), 200, -32602);
        assertError(modern("completion/complete", tone.replace("\"tone\"", "\"other\"")), 200, -32602);
        assertThat(legacy("pets:read", "completion/complete", tone.substring(1)).toString())
                .isEqualTo("{\"completion\":{\"values\":[\"warm\",\"wild\"],\"total\":2,\"hasMore\":false}}");
        assertThat(legacy("", "completion/complete", tone.substring(1)).isMissingNode())
                .isTrue();
    }
}
