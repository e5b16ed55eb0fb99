package dev.wayleave.mcp;

import static dev.wayleave.mcp.WorkflowFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official SDK for Java as a client with a given token; it speaks the older eras only. */
class JavaSdkTest {
    @TempDir
    static Path folder;

    private static WorkflowFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = WorkflowFixture.of(
                folder,
                "1.0.1",
                """
                  - workflowId: two
                    steps:
                      - {stepId: first, operationId: getThing, parameters: [{name: id, in: path, value: a}], outputs: {o: $response.body#/name}}
                      - {stepId: second, operationId: setThing, parameters: [{name: id, in: path, value: $steps.first.outputs.o}], requestBody: {payload: {a: 1}}}
                """,
                Map.of(
                        "wayleave.progress.after",
                        "1ms",
                        "wayleave.progress.log-unasked",
                        true,
                        "wayleave.platforms.test.overlays",
                        List.of(WorkflowFixture.exposing(folder).toString())));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static McpSyncClient client(
            List<McpSchema.ProgressNotification> progress, List<McpSchema.LoggingMessageNotification> log) {
        String root = fixture.wayleave.url.toString().replace("/mcp", "");
        return McpClient.sync(HttpClientStreamableHttpTransport.builder(root)
                        .endpoint("/mcp")
                        .requestBuilder(HttpRequest.newBuilder()
                                .header("Authorization", "Bearer " + fixture.wayleave.token("read write")))
                        .build())
                .requestTimeout(Duration.ofSeconds(20))
                .progressConsumer(progress::add)
                .loggingConsumer(log::add)
                .build();
    }

    @Test
    void itShakesHandsListsAndCalls() {
        fixture.wayleave.platform.answer(r -> ok("{\"name\":\"Rex\"}"));
        try (McpSyncClient client = client(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>())) {
            McpSchema.InitializeResult agreed = client.initialize();
            assertThat(agreed.protocolVersion()).isEqualTo("2025-11-25");
            assertThat(agreed.serverInfo().name()).isEqualTo("test");
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .containsExactly("get_thing", "set_thing", "two");
            client.ping();

            McpSchema.CallToolResult result =
                    client.callTool(new McpSchema.CallToolRequest("get_thing", Map.of("id", "a"), Map.of()));
            assertThat(result.isError()).isFalse();
            assertThat(result.structuredContent()).isEqualTo(Map.of("name", "Rex"));
            McpSchema.CallToolResult unfit =
                    client.callTool(new McpSchema.CallToolRequest("get_thing", Map.of(), Map.of()));
            assertThat(unfit.isError()).isTrue();
        }
    }

    @Test
    void itHearsOfTheStepsOfASlowCallOnItsOwnStream() {
        fixture.wayleave.platform.answer(r -> {
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return ok("{\"name\":\"n\"}");
        });
        List<McpSchema.ProgressNotification> progress = new CopyOnWriteArrayList<>();
        List<McpSchema.LoggingMessageNotification> log = new CopyOnWriteArrayList<>();
        try (McpSyncClient client = client(progress, log)) {
            client.initialize();
            McpSchema.CallToolResult result = client.callTool(
                    new McpSchema.CallToolRequest("two", Map.of(), Map.<String, Object>of("progressToken", "t-1")));

            assertThat(result.isError()).isFalse();
            assertThat(progress)
                    .extracting(McpSchema.ProgressNotification::total)
                    .containsOnly(2.0);
            assertThat(progress)
                    .extracting(McpSchema.ProgressNotification::progress)
                    .containsExactly(1.0, 2.0);
            assertThat(log).hasSize(2);

            client.callTool(new McpSchema.CallToolRequest("two", Map.of(), Map.of()));
            assertThat(log).hasSize(4);
            assertThat(progress).hasSize(2);
        }
    }
}
