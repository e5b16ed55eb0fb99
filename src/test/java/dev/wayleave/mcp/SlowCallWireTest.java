package dev.wayleave.mcp;

import static dev.wayleave.mcp.SlowFixture.BOTH;
import static dev.wayleave.mcp.SlowFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.FakePlatform;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that take long, and what is told while they go on. */
class SlowCallWireTest {
    @TempDir
    static Path folder;

    private static SlowFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = new SlowFixture(folder);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void reset() {
        fixture.slow(0);
    }

    @Test
    void v34ASlowCallWhoseClientAsksIsToldOfUntilItsAnswerEndsTheStream() throws IOException {
        fixture.slow(1_500);
        SlowFixture.Answer answer = fixture.send(fixture.request("get_thing", "{\"id\":\"a\"}", TOKEN, BOTH));

        assertThat(answer.head())
                .startsWith("http/1.1 200")
                .contains("content-type: text/event-stream", "x-accel-buffering: no", "cache-control: no-store")
                .doesNotContain("gzip", "mcp-session-id");
        assertThat(answer.body()).contains(": still there\n\n").doesNotContain("id:");
        List<JsonNode> messages = answer.messages();
        BigDecimal before = BigDecimal.ZERO;
        for (JsonNode message : messages.subList(0, messages.size() - 1)) {
            assertThat(message.path("method").asText()).isEqualTo("notifications/progress");
            assertThat(message.at("/params/progressToken").asText()).isEqualTo("p-1");
            assertThat(message.at("/params/progress").decimalValue()).isGreaterThan(before);
            before = message.at("/params/progress").decimalValue();
        }
        assertThat(messages).hasSizeBetween(3, 8);
        assertThat(messages.getLast().path("id").asInt()).isEqualTo(7);
        assertThat(messages.getLast().at("/result/structuredContent/ok").asBoolean())
                .isTrue();
        assertThat(messages.getLast().at("/result/resultType").asText()).isEqualTo("complete");
    }

    @Test
    void aQuickCallIsOneJsonText() throws IOException {
        SlowFixture.Answer answer = fixture.send(fixture.request("get_thing", "{\"id\":\"a\"}", TOKEN, BOTH));

        assertThat(answer.head()).contains("content-type: application/json");
        assertThat(WorkflowFixture.JSON.readTree(answer.body()).path("id").asInt())
                .isEqualTo(7);
    }

    @Test
    void aSlowCallOfWhomeverDoesNotAskIsOneJsonTextToo() throws IOException {
        fixture.slow(600);

        assertThat(fixture.send(fixture.request("get_thing", "{\"id\":\"a\"}", "", BOTH))
                        .streams())
                .isFalse();
        assertThat(fixture.send(fixture.request("get_thing", "{\"id\":\"a\"}", TOKEN, "application/json"))
                        .streams())
                .isFalse();
        assertThat(fixture.send(fixture.request("get_thing", "{\"id\":\"a\"}", ",\"progressToken\":{}", BOTH))
                        .streams())
                .isFalse();
    }

    @Test
    void theStepsOfAWorkflowAreProgressWithATotal() throws IOException {
        fixture.slow(500);
        List<JsonNode> messages = fixture.send(fixture.request("three", "{}", ",\"progressToken\":9", BOTH))
                .messages();

        List<String> told = messages.stream()
                .filter(message -> message.has("method"))
                .map(message -> message.at("/params/progressToken").asInt() + " "
                        + message.at("/params/progress").asText() + "/"
                        + message.at("/params/total").asText() + " "
                        + message.at("/params/message").asText())
                .toList();
        assertThat(told)
                .containsExactly(
                        "9 1/3 Step first is done.", "9 2/3 Step second is done.", "9 3/3 Step third is done.");
        assertThat(messages.getLast().has("result")).isTrue();
    }

    private static String level(String least) {
        return ",\"io.modelcontextprotocol/logLevel\":\"" + least + "\"";
    }

    @Test
    void stepsAreLoggedToWhoeverAsksAndToNobodyElseInTheModernEra() throws IOException {
        fixture.slow(300);
        List<JsonNode> all = fixture.send(fixture.request("three", "{}", level("debug"), BOTH))
                .messages();

        assertThat(all).hasSize(4);
        assertThat(all.getFirst().path("method").asText()).isEqualTo("notifications/message");
        assertThat(all.getFirst().at("/params/level").asText()).isEqualTo("info");
        assertThat(all.getFirst().at("/params/data").asText()).matches("Step first: ok, status 200, \\d+ ms\\.");
        assertThat(fixture.send(fixture.request("three", "{}", level("error"), BOTH))
                        .messages())
                .hasSize(1);
        assertThat(fixture.send(fixture.request("three", "{}", TOKEN, BOTH)).body())
                .doesNotContain("notifications/message");
    }

    @Test
    void inOlderErasProgressAndLogRideOnTheCallsOwnStream() throws IOException {
        fixture.slow(300);
        List<JsonNode> messages = fixture.send(
                        fixture.legacy("three", "{}", ",\"_meta\":{\"progressToken\":\"p\"}", BOTH))
                .messages();

        assertThat(messages)
                .filteredOn(m -> m.path("method").asText().equals("notifications/progress"))
                .hasSize(3);
        assertThat(messages)
                .filteredOn(m -> m.path("method").asText().equals("notifications/message"))
                .hasSize(3);
        assertThat(messages.getLast().path("result").has("resultType")).isFalse();
        assertThat(fixture.send(fixture.legacy("three", "{}", "", BOTH)).streams())
                .isFalse();
        assertThat(fixture.send(fixture.legacy("three", "{}", "", "application/json"))
                        .streams())
                .isFalse();
    }

    @Test
    void whatGoesWrongLateIsToldInTheStream() throws IOException {
        fixture.wayleave.platform.answer(r -> {
            SlowFixture.pause(600);
            return FakePlatform.response(
                    401, "application/json", "{}", "WWW-Authenticate: Bearer error=\"invalid_token\"");
        });
        SlowFixture.Answer answer = fixture.send(fixture.request("get_thing", "{\"id\":\"a\"}", TOKEN, BOTH));

        assertThat(answer.streams()).isTrue();
        assertThat(answer.messages().getLast().at("/error/code").asInt()).isEqualTo(401);
        assertThat(answer.messages().getLast().path("id").asInt()).isEqualTo(7);
    }

    @Test
    void theDeadlineHoldsForStreamsToo() throws IOException {
        fixture.slow(20_000);
        long began = System.nanoTime();
        JsonNode last = fixture.send(fixture.request("get_thing", "{\"id\":\"a\"}", TOKEN, BOTH))
                .messages()
                .getLast();

        assertThat(System.nanoTime() - began).isLessThan(7_000_000_000L);
        assertThat(last.at("/result/isError").asBoolean()).isTrue();
    }

    @Test
    void aClientThatReadsNothingHoldsNothingUp() throws Exception {
        int before = fixture.wayleave.audited().size();
        fixture.slow(1_000);
        try (Socket socket = fixture.open(fixture.request("get_thing", "{\"id\":\"a\"}", TOKEN, BOTH))) {
            assertThat(fixture.audited(before).toString()).contains("\"outcome\":\"ok\"");
            assertThat(socket.isClosed()).isFalse();
        }
    }
}
