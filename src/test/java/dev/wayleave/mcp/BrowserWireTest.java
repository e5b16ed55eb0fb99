package dev.wayleave.mcp;

import static dev.wayleave.mcp.Wire.META;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are pages in a browser: what they ask before a request, and what they may see of its answer. */
class BrowserWireTest {
    private static final String ORIGIN = "https://chat.example.com";

    @TempDir
    static Path folder;

    private static RunningWayleave wayleave;

    @BeforeAll
    static void start() {
        wayleave = RunningWayleave.with(folder, PetStore.YAML, Map.of("wayleave.allowed-origins", List.of(ORIGIN)));
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    private static Wire.Answer preflight(String origin, String asked) throws IOException {
        return Wire.send(wayleave, """
                OPTIONS MCP HTTP/1.1
                No-Token: 1
                Origin: %s
                Access-Control-Request-Method: POST
                Access-Control-Request-Headers: %s
                """, origin, asked);
    }

    private static Wire.Answer list(String headers) throws IOException {
        return Wire.send(wayleave, """
                POST MCP HTTP/1.1
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: tools/list
                %s

                {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{%s}}""", headers, META);
    }

    @ParameterizedTest
    @ValueSource(strings = {ORIGIN, "http://localhost:6274", "http://127.0.0.1", "http://[::1]:8080"})
    void aPageOfAnOriginThatIsLetInIsToldWhatItMaySendWithoutAToken(String origin) throws IOException {
        Wire.Answer answer =
                preflight(origin, "authorization,content-type,mcp-protocol-version,mcp-param-region,x-evil");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(origin);
        assertThat(answer.header("Access-Control-Allow-Methods")).contains("POST");
        assertThat(answer.header("Vary")).contains("Origin");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Headers").orElseThrow().toLowerCase(Locale.ROOT))
                .contains(
                        "authorization",
                        "content-type",
                        "mcp-protocol-version",
                        "mcp-method",
                        "mcp-name",
                        "mcp-session-id",
                        "last-event-id",
                        "traceparent",
                        "mcp-param-region")
                .doesNotContain("x-evil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://chat.example.com.evil.example",
                "http://chat.example.com",
                "https://chat.example.com:444",
                "null",
                "http://localhost.evil.example"
            })
    void v29AForeignOriginIsRefusedBeforeAnythingElseAndToldNothing(String origin) throws IOException {
        Wire.Answer asked = preflight(origin, "authorization");
        Wire.Answer sent = list("No-Token: 1\nOrigin: " + origin);

        for (Wire.Answer answer : List.of(asked, sent)) {
            answer.isError(403, 403, "");
            assertThat(answer.head().toString().toLowerCase(Locale.ROOT)).doesNotContain("access-control");
        }
    }

    @Test
    void v29AForeignHostIsRefusedToo() throws IOException {
        list("Host: evil.example.com\nOrigin: http://evil.example.com").isError(403, 403, "");
        list("Host: evil.example.com").isError(403, 403, "");
        assertThat(list("X-None: 1").status()).isEqualTo(200);
    }

    @Test
    void anAnswerMayBeReadByThePageWhateverItIs() throws IOException {
        Wire.Answer good = list("Origin: " + ORIGIN);
        Wire.Answer unauthenticated = list("No-Token: 1\nOrigin: " + ORIGIN);
        Wire.Answer large =
                Wire.send(wayleave, "POST MCP HTTP/1.1\nOrigin: %s\n\n%s", ORIGIN, "\"" + "x".repeat(1_200_000) + "\"");

        assertThat(good.status()).isEqualTo(200);
        assertThat(unauthenticated.status()).isEqualTo(401);
        assertThat(unauthenticated.header("WWW-Authenticate")).isPresent();
        assertThat(large.status()).isEqualTo(413);
        for (Wire.Answer answer : List.of(good, unauthenticated, large)) {
            assertThat(answer.header("Access-Control-Allow-Origin")).contains(ORIGIN);
            assertThat(answer.header("Vary")).contains("Origin");
            assertThat(answer.header("Access-Control-Expose-Headers").orElseThrow())
                    .contains("WWW-Authenticate", "MCP-Protocol-Version", "Retry-After", "Mcp-Session-Id");
        }
    }

    @Test
    void aPageHearsThatTheServerIsAboutToStop(@TempDir Path own) throws IOException {
        try (RunningWayleave stopping = RunningWayleave.over(own, PetStore.YAML)) {
            stopping.part(Endpoints.class).drain();
            String page = "http://localhost:6274";
            Wire.Answer asked = Wire.send(stopping, """
                    OPTIONS MCP HTTP/1.1
                    No-Token: 1
                    Origin: %s
                    Access-Control-Request-Method: POST
                    """, page);
            assertThat(asked.status()).isEqualTo(204);
            for (String headers : List.of("Origin: " + page, "X-No-Page: 1", "Origin: http://evil.example")) {
                Wire.Answer answer = Wire.send(stopping, """
                        POST MCP HTTP/1.1
                        %s

                        {"jsonrpc":"2.0","id":1,"method":"tools/list"}""", headers);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).contains("1");
                assertThat(answer.header("Connection")).contains("close");
                assertThat(answer.body()).contains("The server is about to stop. Nothing was done.");
                assertThat(answer.header("Access-Control-Allow-Origin").orElse("none"))
                        .isEqualTo(headers.endsWith(page) ? page : "none");
            }
            HttpResponse<String> ready = stopping.send(HttpRequest.newBuilder(stopping.url.resolve("/health/readiness"))
                    .build());
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(stopping.platform.received()).isEmpty();
        }
    }

    @Test
    void withoutAPageNothingIsSaidOfPages() throws IOException {
        assertThat(list("X-None: 1").head().toString().toLowerCase(Locale.ROOT))
                .doesNotContain("access-control", "vary");
    }
}
