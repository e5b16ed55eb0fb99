package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.assertError;
import static dev.wayleave.mcp.TaskFixture.TASKS;
import static dev.wayleave.mcp.TaskFixture.json;
import static dev.wayleave.mcp.TaskFixture.result;
import static dev.wayleave.mcp.TaskFixture.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that the platform has only accepted is followed as a task, each request at the other of two instances. */
class TaskWireTest {
    private static TaskFixture fixture;

    @BeforeAll
    static void start(@TempDir Path folder) {
        fixture = new TaskFixture(folder);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void itWorks() {
        fixture.says(json(200, "{\"state\":\"queued\"}"));
        fixture.leadsTo("/imports/7");
    }

    private static int sent() {
        return fixture.two.received().size();
    }

    private static String last() {
        return fixture.two.received().getLast().requestLine();
    }

    private static JsonNode call(String tool, String capabilities) throws IOException {
        return fixture.two.call(tool, capabilities, "").path("result");
    }

    @Test
    void workIsFollowedFromItsBeginningToItsEndByWhicheverInstanceIsAsked() throws IOException {
        HttpResponse<String> created =
                fixture.two.post("tools/call", "start_export", TASKS, ",\"arguments\":{\"shop\":\"s 1\"}");
        assertThat(result(created)).isEqualTo(tree("""
                {"resultType":"task","taskId":"ID","status":"working","createdAt":"TIME","lastUpdatedAt":"TIME",
                 "ttlMs":600000,"pollIntervalMs":2000}"""));
        JsonNode raw = tree(created.body()).path("result");
        String id = raw.path("taskId").textValue();
        assertThat(id).matches("[A-Za-z0-9_-]{40,}");
        assertThat(new String(Base64.getUrlDecoder().decode(id), StandardCharsets.ISO_8859_1))
                .doesNotContain("exports", "/41");
        assertThat(Instant.parse(raw.path("createdAt").textValue())).isBetween(Instant.EPOCH, Instant.now());

        assertThat(result(fixture.ask("tasks/get", id))).isEqualTo(tree("""
                {"resultType":"complete","taskId":"ID","status":"working","createdAt":"TIME","lastUpdatedAt":"TIME",
                 "ttlMs":600000,"pollIntervalMs":2000}"""));
        assertThat(last()).isEqualTo("GET /shops/s%201/exports/41 HTTP/1.1");

        fixture.says(json(200, "{\"state\":\"done\",\"file\":{\"rows\":3}}"));
        HttpResponse<String> done = fixture.ask("tasks/get", id);
        assertThat(result(done)).isEqualTo(tree("""
                {"resultType":"complete","taskId":"ID","status":"completed","createdAt":"TIME","lastUpdatedAt":"TIME",
                 "ttlMs":600000,"pollIntervalMs":2000,
                 "result":{"content":[{"type":"text","text":"{\\"rows\\":3}"}],"structuredContent":{"rows":3},"isError":false}}"""));
        assertThat(tree(done.body()).at("/result/taskId").textValue()).isEqualTo(id);
        assertThat(tree(done.body()).at("/result/createdAt")).isEqualTo(raw.path("createdAt"));
    }

    @Test
    void eachLookIsMadeWithTheTokenOfItsOwnRequestAndRememberedAsSuch() throws IOException {
        String id = fixture.export();
        int before =
                fixture.two.one.audited().size() + fixture.two.other.audited().size();
        fixture.ask("tasks/get", id);
        assertThat(fixture.two.received().getLast().header("Authorization"))
                .containsExactly("Bearer " + fixture.lastToken());
        assertThat(fixture.two.one.audited().size()
                        + fixture.two.other.audited().size())
                .isEqualTo(before + 1);
        assertThat(String.join("\n", fixture.two.one.audited()) + String.join("\n", fixture.two.other.audited()))
                .contains("\"kind\":\"task\",\"tool\":\"get_export\"")
                .doesNotContain(id);
    }

    @Test
    void aResultThatIsTooLargeEndsTheTaskWithAnError() throws IOException {
        String id = fixture.export();
        fixture.says(json(200, "{\"state\":\"done\",\"file\":\"" + "x".repeat(1 << 20) + "\"}"));
        JsonNode task = result(fixture.ask("tasks/get", id));
        assertThat(task.path("status").asText()).isEqualTo("completed");
        assertThat(task.at("/result/isError").asBoolean()).isTrue();
        assertThat(task.at("/result/content/0/text").asText()).contains("larger than what may be passed on");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "503 {}",
                "429 {}",
                "401 {}",
                "402 {}",
                "200 {}",
                "200 {\"state\":{}}",
                "200 [",
                "200 {\"state\":1,\"state\":\"done\"}"
            })
    void aPlatformThatDoesNotSayHowFarItIsEndsNothing(String answer) throws IOException {
        String id = fixture.export();
        fixture.says(json(Integer.parseInt(answer.substring(0, 3)), answer.substring(4)));
        JsonNode task = result(fixture.ask("tasks/get", id));
        assertThat(task.path("status").asText()).as(task.toString()).isEqualTo("working");
        assertThat(task.path("statusMessage").asText()).isNotEmpty();
    }

    @Test
    void withoutStatesASuccessThatIsNoAcceptanceEndsIt() throws IOException {
        String id = call("start_import", TASKS).path("taskId").textValue();
        fixture.says(json(202, "{}"));
        assertThat(result(fixture.ask("tasks/get", id)).path("status").asText()).isEqualTo("working");
        fixture.says(json(200, "{\"n\":1}"));
        assertThat(result(fixture.ask("tasks/get", id))
                        .at("/result/structuredContent/n")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void anEndIsAskedOfThePlatformWhereItCanEndIt() throws IOException {
        String id = fixture.export();
        fixture.says("HTTP/1.1 204 X\r\n\r\n");
        assertThat(result(fixture.ask("tasks/cancel", id))).isEqualTo(tree("{\"resultType\":\"complete\"}"));
        assertThat(last()).isEqualTo("DELETE /shops/s%201/exports/41 HTTP/1.1");
        fixture.says(json(409, "{}"));
        assertThat(result(fixture.ask("tasks/cancel", id))).isEqualTo(tree("{\"resultType\":\"complete\"}"));
        fixture.says(json(200, "{\"state\":\"stopped\"}"));
        assertThat(result(fixture.ask("tasks/get", id)).path("status").asText()).isEqualTo("cancelled");
        fixture.says(json(500, "{\"message\":\"secret innards\"}"));
        HttpResponse<String> broken = fixture.ask("tasks/cancel", id);
        assertError(broken, 200, -32603);
        assertThat(broken.body()).doesNotContain("innards");
    }

    @Test
    void whereItCannotBeEndedTheWishIsHeardAndNothingSent() throws IOException {
        String id = call("start_import", TASKS).path("taskId").textValue();
        int before = sent();
        for (String method : new String[] {"tasks/cancel", "tasks/update"}) {
            assertThat(result(fixture.ask(method, id))).isEqualTo(tree("{\"resultType\":\"complete\"}"));
        }
        assertThat(sent()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks/get", "tasks/cancel", "tasks/update"})
    void whatIsNotThisCallersIdIsUnknown(String method) throws IOException {
        String id = fixture.export();
        int before = sent();
        assertError(fixture.ask(fixture.two.next(), "somebody-else", method, id, id, TASKS), 200, -32602);
        assertError(fixture.ask(method, "B" + id.substring(1)), 200, -32602);
        String inside = id.substring(0, 80) + (id.charAt(80) == 'A' ? 'B' : 'A') + id.substring(81);
        assertError(fixture.ask(method, inside), 200, -32602);
        assertError(fixture.ask(method, "no-such-task"), 200, -32602);
        assertError(fixture.ask(fixture.two.next(), "u", method, id, "another", TASKS), 400, -32020);
        assertThat(sent()).isEqualTo(before);
    }

    @Test
    void anIdIsGoodForItsTimeAndNoLonger() throws Exception {
        String id = call("start_import", TASKS).path("taskId").textValue();
        assertThat(result(fixture.ask("tasks/get", id)).path("status").asText()).isEqualTo("completed");
        Thread.sleep(2_100);
        int before = sent();
        assertError(fixture.ask("tasks/get", id), 200, -32602);
        assertThat(sent()).isEqualTo(before);
    }

    @Test
    void aClientThatFollowsNoTasksIsToldOfTheAcceptance() throws IOException {
        JsonNode answer = call("start_import", "{}");
        assertThat(answer.path("resultType").asText()).isEqualTo("complete");
        assertThat(answer.at("/content/0/text").asText()).startsWith("Accepted: the platform works on it (202)");
        assertThat(answer.has("taskId")).isFalse();
    }

    @Test
    void aClientThatFollowsNoTasksBeginsNothingThatMustBeFollowed() throws IOException {
        int before = sent();
        HttpResponse<String> refused = fixture.two.post("tools/call", "rebuild", "{}", "");
        assertError(refused, 400, -32021);
        assertThat(tree(refused.body()).at("/error/data")).isEqualTo(tree("""
                {"requiredCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}}"""));
        assertThat(sent()).isEqualTo(before);
        assertThat(call("rebuild", TASKS).path("resultType").asText()).isEqualTo("task");
    }

    @ParameterizedTest
    @CsvSource({
        "tasks/get, {}, 400, -32021",
        "tasks/update, {}, 400, -32021",
        "tasks/cancel, '{\"extensions\":{\"io.modelcontextprotocol/tasks\":true}}', 400, -32021",
        "tasks/list, '{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}', 404, -32601",
        "tasks/result, '{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}', 404, -32601"
    })
    void tasksAreForThoseWhoDeclareThemAndNothingElseIsServed(String method, String capabilities, int status, int code)
            throws IOException {
        assertError(fixture.ask(fixture.two.next(), "u", method, "x", "x", capabilities), status, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example.com/imports/7",
                "//evil.example.com/imports/7",
                "/other/7",
                "/imports/7/8",
                "/imports/",
                "/imports/..",
                "/imports/%2e%2e",
                "/imports/%00",
                "/shops/a/exports/7",
                "imports/7"
            })
    void aPlaceThatIsNotThatOfTheDeclaredOperationMakesNoTask(String place) throws IOException {
        fixture.leadsTo(place);
        assertThat(call("start_import", TASKS).path("resultType").asText()).isEqualTo("complete");
    }

    @ParameterizedTest
    @CsvSource({"/imports/7, /imports/7", "/imports/a%20b?x=../y#z, /imports/a%20b", "ORIGIN/imports/7, /imports/7"})
    void aPlaceOfTheDeclaredOperationGivesItsVariablesAndNothingElse(String place, String path) throws IOException {
        fixture.leadsTo(place.replace("ORIGIN", fixture.two.one.platform.url().toString()));
        fixture.ask("tasks/get", call("start_import", TASKS).path("taskId").textValue());
        assertThat(last()).isEqualTo("GET " + path + " HTTP/1.1");
    }

    @Test
    void whatIsBoundForTheCallerIsNotTakenFromAPlace() throws IOException {
        fixture.leadsTo("/mine/somebody-else/jobs/7");
        assertThat(call("start_mine", TASKS).path("resultType").asText()).isEqualTo("complete");
        fixture.leadsTo("/mine/u/jobs/7");
        assertThat(call("start_mine", TASKS).path("resultType").asText()).isEqualTo("task");
    }

    @Test
    void whoMayNotReadTheStateGetsNoTask() throws IOException {
        assertThat(call("start_audit", TASKS).path("resultType").asText()).isEqualTo("complete");
    }

    @Test
    void tasksAreDeclaredInTheModernEraAlone() throws IOException {
        HttpResponse<String> discovered = fixture.two.post("server/discover", "x", TASKS, "");
        assertThat(tree(discovered.body()).at("/result/capabilities")).isEqualTo(tree("""
                {"tools":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}"""));
        HttpResponse<String> initialized =
                fixture.two.one.post("""
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""", "Authorization", "Bearer " + fixture.two.token("u"));
        assertThat(tree(initialized.body()).at("/result/capabilities")).isEqualTo(tree("{\"tools\":{}}"));
    }
}
