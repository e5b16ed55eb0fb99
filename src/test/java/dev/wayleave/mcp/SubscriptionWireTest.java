package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.assertError;
import static dev.wayleave.mcp.ModernRequests.post;
import static dev.wayleave.mcp.ReloadFixture.event;
import static dev.wayleave.mcp.ReloadFixture.until;
import static dev.wayleave.mcp.ReloadFixture.withExtra;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that listen for changes of what they see listed. */
class SubscriptionWireTest {
    private static final String TOOLS = "{\"toolsListChanged\":true}";
    private static final String ACKNOWLEDGED = """
            {"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":\
            {"io.modelcontextprotocol/subscriptionId":7},"notifications":{"toolsListChanged":true}}}""";
    private static final String CHANGED = """
            {"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{"_meta":\
            {"io.modelcontextprotocol/subscriptionId":7}}}""";

    @TempDir
    Path folder;

    private ReloadFixture fixture(Map<String, Object> more) {
        return new ReloadFixture(folder, more);
    }

    private static String writer(ReloadFixture fixture) {
        return fixture.wayleave.token("pets:read pets:write");
    }

    @Test
    void v33WhoListensHearsOfAReloadAndOfTheEnd() throws IOException {
        Socket tools;
        Socket prompts;
        try (ReloadFixture fixture = fixture(Map.of("wayleave.progress.keep-alive", "200ms"))) {
            tools = fixture.listen("7", TOOLS, writer(fixture));
            assertThat(SlowFixture.line(tools.getInputStream(), "\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("content-type: text/event-stream")
                    .containsIgnoringCase("x-accel-buffering: no");
            assertThat(event(tools)).isEqualTo(ACKNOWLEDGED);
            prompts = fixture.listen(
                    "\"p\"", "{\"promptsListChanged\":true,\"resourceSubscriptions\":[\"a:b\"]}", writer(fixture));
            assertThat(event(prompts)).contains("\"notifications\":{\"promptsListChanged\":true}");
            assertThat(SlowFixture.line(tools.getInputStream(), "still there")).startsWith("");

            fixture.describe(withExtra());
            assertThat(event(tools)).isEqualTo(CHANGED);
        }
        assertThat(event(tools).replaceAll("\"version\":\"[^\"]+\"", "\"version\":\"V\""))
                .isEqualTo("""
                {"jsonrpc":"2.0","id":7,"result":{"resultType":"complete","_meta":\
                {"io.modelcontextprotocol/subscriptionId":7,"io.modelcontextprotocol/serverInfo":\
                {"name":"test","title":"Pets","version":"V"}}}}""");
        assertThat(event(prompts)).contains("\"id\":\"p\",\"result\":").doesNotContain("list_changed");
        tools.close();
        prompts.close();
    }

    @Test
    void whoSeesNoDifferenceIsNotTold() throws IOException {
        try (ReloadFixture fixture = fixture(Map.of());
                Socket reader = fixture.listen("1", TOOLS, fixture.wayleave.token("pets:read"));
                Socket writer = fixture.listen("7", TOOLS, writer(fixture))) {
            event(reader);
            event(writer);
            fixture.describe(withExtra());
            assertThat(event(writer)).isEqualTo(CHANGED);
            fixture.describe(withExtra().replace("summary: List pets", "summary: List all pets"));
            assertThat(event(writer)).isEqualTo(CHANGED);
            assertThat(event(reader)).contains("list_changed");
            reader.setSoTimeout(500);
            assertThat(more(reader)).isEmpty();
        }
    }

    private static String more(Socket socket) {
        try {
            return event(socket);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    @Timeout(60)
    void itEndsWithTheToken() throws IOException {
        try (ReloadFixture fixture = fixture(Map.of())) {
            String token = fixture.wayleave.issuer.token(
                    fixture.wayleave.url.toString(),
                    "pets:read",
                    claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(4))));
            try (Socket socket = fixture.listen("7", TOOLS, token)) {
                assertThat(event(socket)).isEqualTo(ACKNOWLEDGED);
                assertThat(event(socket)).contains("\"id\":7,\"result\":{\"resultType\":\"complete\"");
            }
        }
    }

    @Test
    void oneCallerHasAFewStreamsAndTheOneThatLeavesMakesRoom() throws IOException {
        try (ReloadFixture fixture = fixture(Map.of("wayleave.reload.listeners-per-caller", "1"))) {
            try (Socket first = fixture.listen("7", TOOLS, writer(fixture))) {
                assertThat(event(first)).isEqualTo(ACKNOWLEDGED);
                HttpResponse<String> second =
                        post(fixture.wayleave, "subscriptions/listen", META + ",\"notifications\":{}");
                assertError(second, 429, 429);
                assertThat(second.headers().firstValue("Retry-After")).contains("60");
            }
            until(() -> {
                try (Socket again = fixture.listen("7", TOOLS, writer(fixture))) {
                    return SlowFixture.line(again.getInputStream(), "\r\n\r\n").startsWith("HTTP/1.1 200");
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    @Test
    @Timeout(60)
    void thereAreOnlySoManyListenersAndCallsDoNotWaitForThem() throws IOException {
        try (ReloadFixture fixture = fixture(Map.of("wayleave.reload.listeners", "2"));
                Socket first = fixture.listen("7", TOOLS, writer(fixture));
                Socket second = fixture.listen("7", TOOLS, somebody(fixture, "second"))) {
            assertThat(event(first)).isEqualTo(ACKNOWLEDGED);
            assertThat(event(second)).isEqualTo(ACKNOWLEDGED);
            HttpResponse<String> third = post(
                    fixture.wayleave,
                    "subscriptions/listen",
                    META + ",\"notifications\":{}",
                    "Authorization",
                    "Bearer " + somebody(fixture, "third"));
            assertError(third, 503, 503);
            assertThat(third.headers().firstValue("Retry-After")).contains("60");
            assertThat(post(fixture.wayleave, "tools/list", META).statusCode()).isEqualTo(200);
        }
    }

    private static String somebody(ReloadFixture fixture, String subject) {
        return fixture.wayleave.issuer.token(
                fixture.wayleave.url.toString(), "pets:read", claims -> claims.subject(subject));
    }

    @Test
    void aRequestThatMakesNoSenseIsRefusedAndTheCapabilityIsTold() throws IOException {
        try (ReloadFixture fixture = fixture(Map.of())) {
            assertError(post(fixture.wayleave, "subscriptions/listen", META), 200, -32602);
            assertError(
                    post(
                            fixture.wayleave,
                            "subscriptions/listen",
                            META + ",\"notifications\":{\"toolsListChanged\":1}"),
                    200,
                    -32602);
            assertThat(post(
                                    fixture.wayleave,
                                    "subscriptions/listen",
                                    META + ",\"notifications\":{}",
                                    "Accept",
                                    "application/json")
                            .statusCode())
                    .isEqualTo(406);
            assertThat(post(fixture.wayleave, "server/discover", META).body())
                    .contains("\"tools\":{\"listChanged\":true}");
        }
    }
}
