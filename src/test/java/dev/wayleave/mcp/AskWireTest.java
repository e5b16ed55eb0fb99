package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.assertError;
import static dev.wayleave.mcp.TwoInstances.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked before a tool or a prompt goes on, each retry at the other of two instances. */
class AskWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALL = "{\"elicitation\":{\"form\":{},\"url\":{}},\"sampling\":{},\"roots\":{}}";
    private static final String FORM = "{\"elicitation\":{}}";
    private static final String API = """
            openapi: 3.1.0
            info: {title: Shops, version: "1"}
            x-mcp:
              tools:
                - name: greet
                  text: "Hello, {{answers.user_name.name}}!"
                  asks: [{name: user_name, message: "What is your name?", form: {type: object, properties: {name: {type: string}}, required: [name]}}]
                - name: survey
                  text: "{{answers.who.name}} likes {{answers.color.text}} in {{answers.folders.uris}}."
                  asks:
                    - {name: who, message: "Who are you?", form: {type: object, properties: {name: {type: string}}, required: [name]}}
                    - {name: folders, roots: true}
                    - {name: color, round: 2, message: "What color would {{answers.who.name}} like?", sampling: {maxTokens: 50, systemPrompt: Be brief.}}
                    - {name: page, round: 3, message: Have a look., url: "https://example.com/look"}
                - name: sample_if_possible
                  text: "{{answers.color.text}}{{answers.who.name}}."
                  asks:
                    - {name: color, optional: true, message: "A color?", sampling: {}}
                    - {name: who, optional: true, message: "Who are you?", form: {type: object, properties: {name: {type: string}}}}
                - {name: needs_model, text: "{{answers.color.text}}", asks: [{name: color, message: "A color?", sampling: {}}]}
              prompts:
                - name: describe
                  arguments: [{name: shop, required: true}]
                  messages: [{text: "Describe {{shop}} as {{answers.style.tone}}."}]
                  asks: [{name: style, message: "Which tone?", form: {type: object, properties: {tone: {type: string, enum: [dry, warm]}}, required: [tone]}}]
            paths:
              /shops/{shop}/notes:
                parameters: [{name: shop, in: path, required: true, schema: {type: string}}]
                post:
                  operationId: addNote
                  security: [{o: []}]
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: {type: object, required: [text], properties: {text: {type: string, maxLength: 20}, tags: {type: array, items: {type: string}}}}
                  x-mcp:
                    asks:
                      - name: note
                        message: "What should {{arguments.shop}} be told?"
                        form: {type: object, properties: {text: {type: string}, tags: {type: array, items: {type: string, enum: [a, b]}}}, required: [text]}
                        fill: {text: /text, tags: /tags}
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

    private static String responses(String json) {
        return ",\"inputResponses\":" + json;
    }

    private static String text(JsonNode answer) {
        return answer.at("/result/content/0/text").asText();
    }

    @Test
    void aTextIsToldWithTheAnswer() throws IOException {
        JsonNode asked = two.call("greet", FORM, ",\"arguments\":{}");
        assertThat(asked.at("/result/inputRequests")).isEqualTo(JSON.readTree("""
                {"user_name":{"method":"elicitation/create","params":{"mode":"form","message":"What is your name?",\
                "requestedSchema":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}}}}"""));
        assertThat(asked.at("/result/resultType").asText()).isEqualTo("input_required");
        assertThat(asked.at("/result").has("ttlMs")).isFalse();
        String alice = responses(
                "{\"user_name\":{\"action\":\"accept\",\"content\":{\"name\":\"Al*ce\\n{{x}}\",\"more\":1}},\"x\":{}}");
        JsonNode done = two.call("greet", FORM, ",\"arguments\":{}" + alice + state(asked));
        assertThat(text(done)).isEqualTo("Hello, Al\\*ce \\{\\{x\\}\\}!");
        assertThat(text(two.call("greet", FORM, alice)))
                .as("what only reads needs no state")
                .startsWith("Hello, Al");
        assertError(two.post("tools/call", "greet", FORM, alice + ",\"requestState\":\"x\""), 200, -32602);
    }

    @Test
    void severalAreAskedAtOnceAndInRounds() throws IOException {
        JsonNode first = two.call("survey", ALL, "");
        assertThat(first.at("/result/inputRequests").properties()).hasSize(2);
        assertThat(first.at("/result/inputRequests/folders")).isEqualTo(JSON.readTree("""
                {"method":"roots/list","params":{}}"""));
        String half = responses("{\"who\":{\"action\":\"accept\",\"content\":{\"name\":\"Ann\"}}}");
        JsonNode again = two.call("survey", ALL, half + state(first));
        assertThat(again.at("/result/inputRequests").has("folders")).isTrue();
        assertThat(again.at("/result/inputRequests").has("who")).isFalse();
        JsonNode second = two.call(
                "survey",
                ALL,
                responses("{\"folders\":{\"roots\":[{\"uri\":\"file:///a\"},{\"uri\":\"file:///b\",\"name\":\"B\"}]}}")
                        + state(again));
        assertThat(second.at("/result/inputRequests")).isEqualTo(JSON.readTree("""
                {"color":{"method":"sampling/createMessage","params":{"messages":[{"role":"user","content":\
                {"type":"text","text":"What color would Ann like?"}}],"systemPrompt":"Be brief.","maxTokens":50}}}"""));
        String blue = responses(
                "{\"color\":{\"role\":\"assistant\",\"model\":\"m\",\"content\":{\"type\":\"text\",\"text\":\"blue\"}}}");
        assertThat(two.call("survey", ALL, blue + state(first))
                        .at("/result/inputRequests")
                        .has("who"))
                .as("what was not asked yet is not answered")
                .isTrue();
        JsonNode third = two.call("survey", ALL, blue + state(second));
        assertThat(third.at("/result/inputRequests/page")).isEqualTo(JSON.readTree("""
                {"method":"elicitation/create","params":{"mode":"url","message":"Have a look.","url":"https://example.com/look"}}"""));
        JsonNode done = two.call("survey", ALL, responses("{\"page\":{\"action\":\"accept\"}}") + state(third));
        assertThat(text(done)).isEqualTo("Ann likes blue in file:///a, file:///b.");
    }

    @Test
    void onlyWhatTheClientCanBeAskedIsAsked() throws IOException {
        assertThat(two.call("sample_if_possible", "{\"sampling\":{}}", "").at("/result/inputRequests"))
                .hasSize(1)
                .isEqualTo(JSON.readTree("""
                {"color":{"method":"sampling/createMessage","params":{"messages":[{"role":"user","content":\
                {"type":"text","text":"A color?"}}],"maxTokens":1000}}}"""));
        assertThat(text(two.call("sample_if_possible", "{}", ""))).isEqualTo(".");
        JsonNode refused = two.call("needs_model", "{}", "");
        assertThat(refused.at("/error/code").asInt()).isEqualTo(-32021);
        assertThat(refused.at("/error/data")).isEqualTo(JSON.readTree("{\"requiredCapabilities\":{\"sampling\":{}}}"));
        assertThat(two.call("survey", "{\"roots\":{}}", "").at("/error/data/requiredCapabilities"))
                .isEqualTo(JSON.readTree(FORM));
        JsonNode optional = two.call("sample_if_possible", FORM, "");
        assertThat(text(two.call(
                        "sample_if_possible", FORM, responses("{\"who\":{\"action\":\"decline\"}}") + state(optional))))
                .isEqualTo(".");
    }

    @Test
    void anAnswerFillsAnArgumentAndIsCheckedLikeOne() throws IOException {
        int before = two.received().size();
        String shop = ",\"arguments\":{\"shop\":\"s1\"}";
        JsonNode asked = two.call("add_note", FORM, shop);
        assertThat(asked.at("/result/inputRequests/note/params/message").asText())
                .isEqualTo("What should s1 be told?");
        String hi = responses("{\"note\":{\"action\":\"accept\",\"content\":{\"text\":\"hi\",\"tags\":[\"a\"]}}}");
        assertThat(two.call("add_note", FORM, shop + hi)
                        .at("/result/resultType")
                        .asText())
                .as("what writes needs a state")
                .isEqualTo("input_required");
        String bad = responses("{\"note\":{\"action\":\"accept\",\"content\":{\"text\":\"hi\",\"tags\":[\"z\"]}}}");
        assertError(two.post("tools/call", "add_note", FORM, shop + bad + state(asked)), 200, -32602);
        String longer = hi.replace("\"hi\"", "\"" + "x".repeat(21) + "\"");
        assertThat(text(two.call("add_note", FORM, shop + longer + state(asked))))
                .contains("do not fit");
        assertThat(two.received()).hasSize(before);
        two.call("add_note", FORM, shop + hi + state(asked));
        assertThat(two.received().getLast().target()).isEqualTo("/shops/s1/notes");
        assertThat(two.received().getLast().body()).isEqualTo("{\"text\":\"hi\",\"tags\":[\"a\"]}");
    }

    @Test
    void anAgentThatGivesTheArgumentIsNotStopped() throws IOException {
        JsonNode tools = two.call("add_note", FORM, ",\"arguments\":{\"shop\":\"s1\",\"text\":\"own\"}");
        assertThat(tools.at("/result/resultType").asText()).isEqualTo("complete");
        assertThat(two.received().getLast().body()).contains("own");
        String listed = two.post("tools/list", "x", "{}", "").body();
        assertThat(JSON.readTree(listed).findParents("inputSchema").getLast().at("/inputSchema/required"))
                .isEqualTo(JSON.readTree("[\"shop\"]"));
        JsonNode legacy = JSON.readTree(two.one
                .post("""
                        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add_note","arguments":{"shop":"s1"}}}""", "MCP-Protocol-Version", "2025-11-25", "Authorization", "Bearer " + two.token("u"))
                .body());
        assertThat(text(legacy)).contains("Nothing was done. Give it as: text, tags.");
    }

    @Test
    void aPromptAsksToo() throws IOException {
        String shop = ",\"arguments\":{\"shop\":\"s1\"}";
        JsonNode asked =
                JSON.readTree(two.post("prompts/get", "describe", FORM, shop).body());
        assertThat(asked.at("/result/resultType").asText()).isEqualTo("input_required");
        String dry = responses("{\"style\":{\"action\":\"accept\",\"content\":{\"tone\":\"dry\"}}}");
        JsonNode given = JSON.readTree(two.post("prompts/get", "describe", FORM, shop + dry + state(asked))
                .body());
        assertThat(given.at("/result/messages/0/content/text").asText()).isEqualTo("Describe s1 as dry.");
        assertThat(given.at("/result/resultType").asText()).isEqualTo("complete");
        String other = ",\"arguments\":{\"shop\":\"s2\"}";
        assertError(two.post("prompts/get", "describe", FORM, other + dry + state(asked)), 200, -32602);
        assertError(two.post("prompts/get", "describe", "{}", shop), 400, -32021);
        String declined = responses("{\"style\":{\"action\":\"decline\"}}");
        assertError(two.post("prompts/get", "describe", FORM, shop + declined + state(asked)), 200, -32602);
        assertThat(two.one
                        .post(
                                """
                                {"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"describe"%s}}""".formatted(shop),
                                "MCP-Protocol-Version",
                                "2025-11-25",
                                "Authorization",
                                "Bearer " + two.token("u"))
                        .body())
                .contains("-32602", "cannot be asked");
        String wrong = dry.replace("dry", "loud");
        assertError(two.post("prompts/get", "describe", FORM, shop + wrong + state(asked)), 200, -32602);
    }
}
