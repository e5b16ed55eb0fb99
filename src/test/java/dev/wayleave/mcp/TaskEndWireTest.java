package dev.wayleave.mcp;

import static dev.wayleave.mcp.TaskFixture.json;
import static dev.wayleave.mcp.TaskFixture.result;
import static dev.wayleave.mcp.TaskFixture.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.FakePlatform;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How tasks end that come to no good: what is no error of JSON-RPC is the error of a result. */
class TaskEndWireTest {
    private static TaskFixture fixture;

    @BeforeAll
    static void start(@TempDir Path folder) {
        fixture = new TaskFixture(folder);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static JsonNode look(String answer) throws IOException {
        String id = fixture.export();
        fixture.says(answer);
        return result(fixture.ask("tasks/get", id));
    }

    @Test
    void workThatFailedIsCompletedWithAnError() throws IOException {
        JsonNode task = look(json(200, "{\"state\":\"broken\",\"why\":\"no disk\"}"));
        assertThat(task.path("status").asText()).isEqualTo("completed");
        assertThat(task.path("result")).isEqualTo(tree("""
                {"content":[{"type":"text","text":"The platform says that it failed.\\n{\\"state\\":\\"broken\\",\\"why\\":\\"no disk\\"}"}],
                 "isError":true}"""));
    }

    @ParameterizedTest
    @CsvSource({"404", "410"})
    void workThatThePlatformKnowsNoMoreHasFailed(int status) throws IOException {
        JsonNode task = look(json(status, "{}"));
        assertThat(task.path("status").asText()).isEqualTo("failed");
        assertThat(task.at("/error/code").asInt()).isEqualTo(-32603);
        assertThat(task.at("/error/message").asText()).contains(String.valueOf(status));
        assertThat(task.has("result")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"fault\":\"no disk\"} | no disk",
                "400 | {\"message\":\"No.\"} | 400: No.",
                "303 | {} | 303"
            })
    void whatIsAnErrorOfTheCallCompletesTheTaskWithIt(int status, String body, String told) throws IOException {
        assertEndsWithAnError(look(json(status, body)), told);
    }

    @Test
    void soDoesAnAnswerThatCannotBeRead() throws IOException {
        assertEndsWithAnError(
                look(FakePlatform.response(200, "application/json", "x", "Content-Encoding: br")), "compressed form");
    }

    private static void assertEndsWithAnError(JsonNode task, String told) {
        assertThat(task.path("status").asText()).as(task.toString()).isEqualTo("completed");
        assertThat(task.has("error")).isFalse();
        assertThat(task.at("/result/isError").asBoolean()).isTrue();
        assertThat(task.at("/result/content/0/text").asText()).contains(told);
    }
}
