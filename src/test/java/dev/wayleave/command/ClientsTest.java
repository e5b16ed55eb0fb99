package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.NodeScripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real MCP clients: each discovers the sign-in, registers, signs in, lists tools and calls them. */
class ClientsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static WayleaveProcess wayleave;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        NodeScripts.install();
        wayleave = WayleaveProcess.start(
                        folder,
                        Map.of(),
                        List.of(),
                        "serve",
                        "--sandbox",
                        "--sandbox-port",
                        String.valueOf(WayleaveProcess.freePort()),
                        "--sandbox-data",
                        folder.resolve("data").toString())
                .ready();
    }

    @AfterAll
    static void stop() {
        if (wayleave != null) {
            wayleave.close();
        }
    }

    private static JsonNode run(String script, String mode, String picks) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "node", script, wayleave.url("/mcp").toString(), mode, picks)
                .directory(NodeScripts.FOLDER.toFile())
                .redirectError(folder.resolve("client-err.txt").toFile())
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(() -> out + read(folder.resolve("client-err.txt")))
                .isZero();
        return JSON.readTree(out);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "v2.mjs,legacy,2025-11-25",
        "v2.mjs,auto,2026-07-28",
        "v2.mjs,2026-07-28,2026-07-28",
        "v1.mjs,legacy,2025-11-25",
        "remote.mjs,legacy,",
    })
    void aClientSignsInCreatesSeesAndDeletes(String script, String mode, String version)
            throws IOException, InterruptedException {
        JsonNode journey = run(script, mode, "{\"permissions\":\"full-access\"}");

        assertThat(journey.path("server").asText()).isEqualTo("sandbox");
        if (version != null) {
            assertThat(journey.path("version").asText()).isEqualTo(version);
        }
        assertThat(journey.path("session").isMissingNode()).isTrue();
        assertThat(journey.path("names")).hasSize(12);
        assertThat(journey.at("/created/database/Name").asText()).startsWith("journey-");
        assertThat(journey.path("listed").asBoolean()).isTrue();
        assertThat(journey.path("read").asText()).contains("Ada Lovelace");
        assertThat(journey.path("deleted").asBoolean()).isTrue();
        assertThat(journey.path("gone").asBoolean()).isTrue();
        assertThat(journey.at("/missing/isError").asBoolean()).isTrue();
        assertThat(journey.at("/invalid/content/0/text").asText()).contains("database");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"v2.mjs,auto", "v1.mjs,legacy"})
    void aReadOnlyClientIsOfferedFewerTools(String script, String mode) throws IOException, InterruptedException {
        JsonNode journey = run(script, mode, "{\"permissions\":\"read-only\"}");

        assertThat(journey.path("names").valueStream().map(JsonNode::asText))
                .containsExactly("list_databases", "get_database", "list_branches", "database_analytics");
    }

    @ParameterizedTest
    @CsvSource({"legacy", "modern"})
    void theInspectorSignsInAndCallsAndFindsNoFaultInTheSchemas(String era) throws IOException, InterruptedException {
        JsonNode answers = run("inspector.mjs", era, "{}");

        assertThat(answers.at("/call/result/structuredContent/result").valueStream())
                .extracting(database -> database.path("Name").asText())
                .containsExactly("papers", "shop");
        assertThat(answers.at("/list/result/tools")).hasSize(12);
    }
}
