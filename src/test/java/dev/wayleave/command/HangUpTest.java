package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator changes the configuration file and tells the server with SIGHUP. */
class HangUpTest {
    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private void configure(FakePlatform upstream, String audit, String... platforms) throws IOException {
        Path openapi = Files.writeString(folder.resolve("api.yaml"), """
                openapi: 3.1.0
                info: {title: Api, version: "1"}
                paths:
                  /things: {get: {operationId: listThings, responses: {"200": {description: ok}}}}
                """);
        StringBuilder yaml = new StringBuilder("""
                wayleave:
                  reload: {watch: off}
                  audit: {file: %s}
                  platforms:
                """.formatted(folder.resolve(audit)));
        for (String platform : platforms) {
            yaml.append("""
                        %s:
                          path: /%s/mcp
                          openapi: %s
                          upstream: {url: "%s"}
                          callers: {verify: none}
                    """.formatted(platform, platform, openapi, upstream.url()));
        }
        Files.writeString(folder.resolve("wayleave.yml"), yaml);
    }

    private int list(WayleaveProcess wayleave, String platform) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(wayleave.url("/" + platform + "/mcp"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("""
                                        {"jsonrpc":"2.0","id":1,"method":"tools/list"}"""))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private String health(WayleaveProcess wayleave) throws Exception {
        URI health = wayleave.url("/health");
        return client.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void until(Callable<Boolean> so) throws Exception {
        for (int i = 0; i < 300 && !so.call(); i++) {
            Thread.sleep(100);
        }
        assertThat(so.call()).isTrue();
    }

    @Test
    void platformsComeAndGoWhileItRunsAndWhatTakesARestartIsRefused() throws Exception {
        try (FakePlatform upstream = FakePlatform.json("[]")) {
            configure(upstream, "audit.jsonl", "one");
            try (WayleaveProcess wayleave = WayleaveProcess.start(
                            folder,
                            Map.of(
                                    "MICRONAUT_CONFIG_FILES",
                                    folder.resolve("wayleave.yml").toString()),
                            List.of("-Dlogback.configurationFile=logback.xml"))
                    .ready()) {
                assertThat(list(wayleave, "one")).isEqualTo(200);
                assertThat(list(wayleave, "two")).isEqualTo(404);

                configure(upstream, "audit.jsonl", "one", "two");
                wayleave.hangUp();
                until(() -> list(wayleave, "two") == 200);
                assertThat(list(wayleave, "one")).isEqualTo(200);

                configure(upstream, "other.jsonl", "one");
                wayleave.hangUp();
                until(() -> health(wayleave).equals("{\"status\":\"DEGRADED\"}"));
                assertThat(wayleave.out() + wayleave.err())
                        .contains("wayleave.audit has changed")
                        .contains("takes a restart");
                assertThat(list(wayleave, "two")).isEqualTo(200);

                Files.writeString(folder.resolve("wayleave.yml"), "wayleave: {seal: {key: canary-secret]");
                wayleave.hangUp();
                until(() -> (wayleave.out() + wayleave.err()).contains("a configuration file is not YAML, at line 1"));
                assertThat(wayleave.out() + wayleave.err()).doesNotContain("canary-secret");

                configure(upstream, "audit.jsonl", "two");
                wayleave.hangUp();
                until(() -> list(wayleave, "one") == 404);
                assertThat(list(wayleave, "two")).isEqualTo(200);
                assertThat(health(wayleave)).isEqualTo("{\"status\":\"UP\"}");
            }
        }
    }
}
