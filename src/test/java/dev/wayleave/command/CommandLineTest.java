package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line does, prints and exits with. */
class CommandLineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path VENDOR = Path.of("..", "shared", "platforms", "turso-vendor.openapi.json")
            .toAbsolutePath()
            .normalize();
    private static final Path SANDBOX =
            Path.of("openapi", "sandbox", "openapi.yaml").toAbsolutePath();

    @TempDir
    Path folder;

    private WayleaveProcess run(String... arguments) {
        return WayleaveProcess.start(folder, Map.of(), List.of(), arguments);
    }

    @Test
    void toolsPrintsTheJsonOfTheToolsOnStandardOutputAlone() throws IOException {
        try (WayleaveProcess process = run("tools", "--openapi", SANDBOX.toString(), "--format", "json")) {
            assertThat(process.exitCode()).isZero();
            JsonNode tools = JSON.readTree(process.out());
            assertThat(tools.valueStream().map(tool -> tool.path("name").asText()))
                    .contains("create_database");
            assertThat(tools.get(0).at("/inputSchema/type").asText()).isEqualTo("object");
        }
    }

    @Test
    void aDocumentThatIsNotThereIsAUsageErrorWithoutAStackTrace() {
        try (WayleaveProcess process = run("tools", "--openapi", "no-such.yaml", "--format", "json")) {
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.out()).isEmpty();
            assertThat(process.err()).contains("no-such.yaml").doesNotContain("\tat ");
        }
    }

    @Test
    void anUnknownVerbAndAMissingOptionAreUsageErrors() {
        try (WayleaveProcess verb = run("nonsense");
                WayleaveProcess option = run("tools")) {
            assertThat(verb.exitCode()).isEqualTo(2);
            assertThat(option.exitCode()).isEqualTo(2);
            assertThat(option.err()).contains("--openapi");
        }
    }

    @Test
    void withoutAConfigurationItSaysWhatIsMissing() {
        try (WayleaveProcess process = run()) {
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.err())
                    .contains("wayleave does not start: wayleave.platforms is empty")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aWrongConfigurationNamesKeyAndFile() throws IOException {
        Files.writeString(folder.resolve("my.yml"), "wayleave: {platforms: {x: {opnapi: a.yaml}}}");
        try (WayleaveProcess process =
                WayleaveProcess.start(folder, Map.of("MICRONAUT_CONFIG_FILES", "my.yml"), List.of())) {
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.err())
                    .contains("wayleave.platforms.x.openapi is missing", "my.yml")
                    .doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wayleave: [1] | wayleave must be a mapping",
                "a: [b | is not YAML",
                "'wayleave: {platforms: {x: {openapi: \"${NOT_SET_ANYWHERE}\"}}}' | ${NOT_SET_ANYWHERE}",
            })
    void aFileThatCannotBeUsedIsTold(String text, String expected) throws IOException {
        Files.writeString(folder.resolve("my.yml"), text);
        try (WayleaveProcess process =
                WayleaveProcess.start(folder, Map.of("MICRONAUT_CONFIG_FILES", "my.yml"), List.of())) {
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.err()).contains(expected, "my.yml").doesNotContain("\tat ");
        }
    }

    @Test
    void aTakenPortIsTold() throws IOException {
        try (FakePlatform taken = FakePlatform.json("{}")) {
            Files.writeString(folder.resolve("my.yml"), configuration(SANDBOX, taken));
            try (WayleaveProcess process = WayleaveProcess.start(
                    folder,
                    Map.of(
                            "MICRONAUT_CONFIG_FILES",
                            "my.yml",
                            "MICRONAUT_SERVER_PORT",
                            String.valueOf(taken.url().getPort())),
                    List.of())) {
                assertThat(process.exitCode()).isEqualTo(2);
                assertThat(process.err())
                        .contains("micronaut.server.port is taken")
                        .doesNotContain("\tat ");
            }
        }
    }

    @Test
    void theSandboxIsForLoopbackOnly() throws IOException {
        Files.writeString(
                folder.resolve("my.yml"),
                "{micronaut: {server: {host: 0.0.0.0}}, wayleave: {public-url: 'https://mcp.example.com'}}");
        try (WayleaveProcess process = WayleaveProcess.start(
                folder,
                Map.of("MICRONAUT_CONFIG_FILES", "my.yml"),
                List.of(),
                "--sandbox",
                "--sandbox-data",
                folder.resolve("data").toString())) {
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.err()).contains("loopback").doesNotContain("\tat ");
        }
    }

    @Test
    void theVendorsDocumentIsServedUneditedWithoutCallersOnLoopback() throws IOException, InterruptedException {
        assumeTrue(Files.exists(VENDOR), "the vendor's document is not beside the project: it is not tried");
        try (FakePlatform platform = FakePlatform.json("{\"groups\":[]}")) {
            Files.writeString(folder.resolve("my.yml"), configuration(VENDOR, platform));
            try (WayleaveProcess process = WayleaveProcess.start(
                            folder, Map.of("MICRONAUT_CONFIG_FILES", "my.yml"), List.of())
                    .ready()) {
                assertThat(post(process, "tools/list", "{}").at("/result/tools"))
                        .hasSize(49);
                JsonNode called = post(
                        process,
                        "tools/call",
                        "{\"name\":\"list_groups\",\"arguments\":{\"organizationSlug\":\"my org\"}}");
                assertThat(called.at("/result/content/0/text").asText()).isEqualTo("{\"groups\":[]}");
                assertThat(platform.received().getFirst().requestLine())
                        .isEqualTo("GET /v1/organizations/my%20org/groups HTTP/1.1");
                assertThat(process.out()).contains("\"tool\":\"list_groups\"");
            }
        }
    }

    @Test
    void aCallThatIsUnderWayEndsBeforeTheProcessDoes() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        try (FakePlatform platform = FakePlatform.answering(r -> {
            asked.countDown();
            sleep(1500);
            return FakePlatform.response(200, "application/json", "{\"groups\":[]}");
        })) {
            Files.writeString(folder.resolve("my.yml"), configuration(SANDBOX, platform));
            try (WayleaveProcess process = WayleaveProcess.start(
                            folder, Map.of("MICRONAUT_CONFIG_FILES", "my.yml"), List.of())
                    .ready()) {
                CompletableFuture<JsonNode> answer = CompletableFuture.supplyAsync(() -> listGroups(process, ""));
                assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
                process.terminate();

                assertThat(answer.join().at("/result/isError").asBoolean(true)).isFalse();
                process.exitCode();
                assertThat(process.out()).contains("\"tool\":\"list_groups\"");
            }
        }
    }

    @Test
    void aTokenThatThePlatformEchoesIsNotInAnyLogAtAnyLevel() throws IOException {
        String token = "canary-token-0123456789abcdef";
        try (FakePlatform platform = FakePlatform.answering(r -> FakePlatform.response(
                401,
                "application/json",
                "{\"message\":\"bad " + r.header("Authorization").getFirst() + "\"}"))) {
            Files.writeString(folder.resolve("my.yml"), configuration(SANDBOX, platform));
            try (WayleaveProcess process = WayleaveProcess.start(
                            folder,
                            Map.of("MICRONAUT_CONFIG_FILES", "my.yml"),
                            List.of(WayleaveProcess.everythingLogged(folder)))
                    .ready()) {
                assertThat(listGroups(process, "Bearer " + token).toString()).contains("[token]");
                assertThat(platform.received().getFirst().header("Authorization"))
                        .containsExactly("Bearer " + token);
                assertThat(process.err()).contains("TRACE io.");
                assertThat(process.out() + process.err()).doesNotContain(token);
            }
        }
    }

    @Test
    void explainTellsOfATokenWithoutShowingItAtAnyLevelOfTheLog() throws IOException {
        try (TestIssuer issuer = new TestIssuer()) {
            String token = issuer.token("https://mcp.example.com/mcp", "db:create");
            Files.writeString(folder.resolve("token.txt"), token);
            Files.writeString(folder.resolve("my.yml"), """
                    wayleave: {platforms: {api: {openapi: "%s", callers: {verify: jwt}}}}
                    """.formatted(SANDBOX));
            try (WayleaveProcess process = WayleaveProcess.start(
                    folder,
                    Map.of("MICRONAUT_CONFIG_FILES", "my.yml"),
                    List.of(WayleaveProcess.everythingLogged(folder)),
                    "explain",
                    "--token",
                    "token.txt",
                    "--format",
                    "json")) {
                assertThat(process.exitCode()).as(process.err()).isZero();
                JsonNode told = JSON.readTree(process.out());
                assertThat(told.at("/totals/allowed").intValue()).isEqualTo(1);
                assertThat(told.at("/notes/0").asText()).contains("nothing of it was verified");
                for (String part : token.split("\\.", -1)) {
                    assertThat(process.out() + process.err()).doesNotContain(part);
                }
            }
        }
    }

    private static JsonNode listGroups(WayleaveProcess process, String authorization) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(process.url("/mcp"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                            + "{\"name\":\"list_groups\",\"arguments\":{\"organizationSlug\":\"acme\"}}}"));
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            return JSON.readTree(
                    client.send(request.build(), BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String configuration(Path document, FakePlatform platform) {
        return """
                wayleave:
                  platforms:
                    api:
                      openapi: %s
                      upstream: {url: "%s"}
                      callers: {verify: none}
                """.formatted(document, platform.url());
    }

    private static JsonNode post(WayleaveProcess process, String method, String params)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(process.url("/mcp"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method
                                    + "\",\"params\":" + params + "}"))
                            .build(),
                    BodyHandlers.ofString());
            return JSON.readTree(response.body());
        }
    }
}
