package dev.wayleave.mcp;

import static dev.wayleave.mcp.TaskFixture.TASKS;
import static dev.wayleave.mcp.TaskFixture.json;
import static dev.wayleave.mcp.TaskFixture.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** V36 and V37 literally: begun at one instance, followed at another; only ids and times stand for themselves. */
class TaskFixturesTest {
    private static final String UNKNOWN = """
            {"jsonrpc":"2.0","id":37,"error":{"code":-32602,"message":"There is no such task."}}""";
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
    }

    private static HttpResponse<String> send(
            RunningWayleave at, String subject, String method, String name, String body) {
        return at.post(
                body,
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                method,
                "Mcp-Name",
                name,
                "Authorization",
                "Bearer " + fixture.two.token(subject));
    }

    private static HttpResponse<String> begin(String tool, String arguments, String capabilities) {
        return send(fixture.two.one, "u", "tools/call", tool, """
                {"jsonrpc":"2.0","id":36,"method":"tools/call","params":{"name":"%s","arguments":%s,\
                "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":%s}}}""".formatted(tool, arguments, capabilities));
    }

    private static HttpResponse<String> ask(String subject, String method, String task) {
        return send(fixture.two.other, subject, method, task, """
                {"jsonrpc":"2.0","id":37,"method":"%s","params":{"taskId":"%s","inputResponses":{},\
                "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}}}}""".formatted(method, task));
    }

    private static void is(HttpResponse<String> response, int status, String expected) throws IOException {
        String body = response.body()
                .replaceAll("\"taskId\":\"[A-Za-z0-9_-]{40,}\"", "\"taskId\":\"ID\"")
                .replaceAll("(\"(?:createdAt|lastUpdatedAt)\"):\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\"", "$1:\"TIME\"")
                .replaceAll("\"version\":\"\\d+\\.\\d+\\.\\d+[^\"]*\"", "\"version\":\"V\"");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(tree(body)).isEqualTo(tree(expected.replace("SERVER", Wire.SERVER.replace("Pets", "Shops"))));
    }

    @Test
    void v36AClientThatFollowsTasksGetsOneThatAnyInstanceKnows() throws IOException {
        HttpResponse<String> begun = begin("start_export", "{\"shop\":\"s\"}", TASKS);
        is(begun, 200, """
                {"jsonrpc":"2.0","id":36,"result":{"resultType":"task","taskId":"ID","status":"working",
                "createdAt":"TIME","lastUpdatedAt":"TIME","ttlMs":600000,"pollIntervalMs":2000,SERVER}}""");
        String id = tree(begun.body()).at("/result/taskId").textValue();
        is(ask("u", "tasks/get", id), 200, """
                {"jsonrpc":"2.0","id":37,"result":{"resultType":"complete","taskId":"ID","status":"working",
                "createdAt":"TIME","lastUpdatedAt":"TIME","ttlMs":600000,"pollIntervalMs":2000,SERVER}}""");

        fixture.says(json(200, "{\"state\":\"done\",\"file\":{\"rows\":3}}"));
        HttpResponse<String> done = ask("u", "tasks/get", id);
        is(done, 200, """
                {"jsonrpc":"2.0","id":37,"result":{"resultType":"complete","taskId":"ID","status":"completed",
                "createdAt":"TIME","lastUpdatedAt":"TIME","ttlMs":600000,"pollIntervalMs":2000,
                "result":{"content":[{"type":"text","text":"{\\"rows\\":3}"}],"structuredContent":{"rows":3},
                "isError":false},SERVER}}""");
        JsonNode result = tree(done.body()).path("result");
        assertThat(result.path("taskId").textValue()).isEqualTo(id);
        assertThat(result.path("createdAt")).isEqualTo(tree(begun.body()).at("/result/createdAt"));
    }

    @Test
    void v36AClientThatDoesNotGetsTheAcceptanceOrIsToldWhatItLacks() throws IOException {
        is(begin("start_import", "{}", "{}"), 200, """
                {"jsonrpc":"2.0","id":36,"result":{"resultType":"complete",
                "content":[{"type":"text","text":"Accepted: the platform works on it (202); it is not done yet. How far it is \
                can be asked at /imports/7."},{"type":"text","text":"{}"}],"structuredContent":{},"isError":false,SERVER}}""");
        int before = fixture.two.received().size();
        is(begin("rebuild", "{}", "{}"), 400, """
                {"jsonrpc":"2.0","id":36,"error":{"code":-32021,
                "message":"This takes long, and your client cannot follow tasks. Nothing was sent.",
                "data":{"requiredCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}}}}""");
        assertThat(fixture.two.received()).hasSize(before);
    }

    @Test
    void v37SomebodyElsesTaskIsAsUnknownAsOneThatNeverWas() throws IOException {
        String id = fixture.export();
        int before = fixture.two.received().size();
        is(ask("somebody-else", "tasks/get", id), 200, UNKNOWN);
        is(ask("u", "tasks/get", "no-such-task"), 200, UNKNOWN);
        assertThat(fixture.two.received()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({"tasks/list", "tasks/result"})
    void v37WhatTheExtensionHasNoMoreIsNotFound(String method) throws IOException {
        is(ask("u", method, "x"), 404, """
                {"jsonrpc":"2.0","id":37,"error":{"code":-32601,"message":"Method not found"}}""");
    }
}
