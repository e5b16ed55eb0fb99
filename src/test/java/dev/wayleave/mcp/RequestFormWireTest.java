package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a request before its method counts: JSON, size, headers, address and verb. */
class RequestFormWireTest {
    @TempDir
    static Path folder;

    private static RunningWayleave wayleave;

    @BeforeAll
    static void start() {
        wayleave = RunningWayleave.over(folder, PetStore.YAML);
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    private static HttpResponse<String> list(String header, String value) {
        return ModernRequests.post(wayleave, "tools/list", META, header, value);
    }

    private static String bearer(String scope) {
        return "Bearer " + wayleave.token(scope);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{} {}",
                "// x\n{}",
                "NaN",
                "\ufeff{}",
                "{\"a\":1e99999999999}",
                "{\"a\":1e1000000}",
                "[1e-401]",
                "{\"a\":1%s}"
            })
    void whatIsNotOneJsonTextIsAParseError(String body) throws IOException {
        HttpResponse<String> response =
                wayleave.post(body.replace("%s", "0".repeat(1000)), "Authorization", bearer(""));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32700);
        assertThat(json(response).has("id")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\",\"name\":\"b\"}}",
                "{\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1e2,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}",
            })
    void whatIsNotAMessageIsAnInvalidRequest(String body) throws IOException {
        HttpResponse<String> response = wayleave.post(body, "Authorization", bearer(""));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32600);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "9007199254740993",
                "-9223372036854775809",
                "123456789012345678901234567890123456789012345678901234567890",
                "\"\"",
                "\"\\u00e9 \\\"\\\\ \""
            })
    void theIdComesBackAsItWas(String id) throws IOException {
        HttpResponse<String> response = wayleave.post(
                "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}", "Authorization", bearer(""));

        assertThat(response.statusCode()).isEqualTo(200);
        if (id.startsWith("\"")) {
            assertThat(json(response).get("id")).isEqualTo(new ObjectMapper().readTree(id));
        } else {
            assertThat(response.body()).contains("\"id\":" + id + ",");
        }
    }

    @ParameterizedTest
    @CsvSource({"62, 200", "63, 400"})
    void thereAreSixtyFourLevelsAndNoMore(int arrays, int status) {
        assertThat(ping("[".repeat(arrays) + "]".repeat(arrays)).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"1024, 200", "1025, 400", "900000, 400"})
    void aNameIsOnlySoLong(int length, int status) {
        assertThat(ping("{\"" + "n".repeat(length) + "\":1}").statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"100, 200", "101, 400", "1000000, 400"})
    void aNumberHasOnlySoManyDigits(int digits, int status) {
        assertThat(ping("1".repeat(digits)).statusCode()).isEqualTo(status);
    }

    /** Names that a table of hashes puts into one place: the time goes with their number, not with its square. */
    @Test
    void namesThatCollideCostNoTime() {
        String plain = names(i -> "n%04d".formatted(i).repeat(5));
        String colliding = names(i -> {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 13; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            return name.toString();
        });
        long usual = Long.MAX_VALUE;
        long slow = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            usual = Math.min(usual, millis(plain));
            slow = Math.min(slow, millis(colliding));
        }
        assertThat(slow).as("beside " + usual + " ms").isLessThan(4 * usual + 100);
    }

    private static String names(IntFunction<String> name) {
        return IntStream.range(0, 8_192)
                .mapToObj(i -> '"' + name.apply(i) + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static long millis(String value) {
        long began = System.nanoTime();
        assertThat(ping(value).statusCode()).isEqualTo(200);
        return (System.nanoTime() - began) / 1_000_000;
    }

    private static HttpResponse<String> ping(String value) {
        return wayleave.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":" + value + "}}",
                "Authorization",
                bearer(""));
    }

    @Test
    void deepAndLargeBodiesAreRefused() throws IOException {
        assertThat(wayleave.post("[".repeat(100) + "]".repeat(100), "Authorization", bearer(""))
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> large = wayleave.post("\"" + "x".repeat(2_000_000) + "\"", "Authorization", bearer(""));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(json(large).at("/error/code").asInt()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type,text/plain,415",
        "Content-Encoding,gzip,415",
        "Accept,text/html,406",
        "Origin,http://evil.example,403",
        "Origin,null,403",
        "Origin,http://localhost.evil.example,403",
    })
    void theFormOfARequestIsChecked(String header, String value, int status) throws IOException {
        HttpResponse<String> response = list(header, value);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).at("/error/code").asInt()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:3000", "http://127.0.0.1:6274", "http://[::1]:1"})
    void loopbackOriginsAreLetInOnALoopbackBind(String origin) {
        assertThat(list("Origin", origin).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "PUT", "PATCH"})
    void onlyPostIsAnswered(String verb) {
        HttpResponse<String> response = wayleave.send(HttpRequest.newBuilder(wayleave.url)
                .method(verb, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", bearer(""))
                .build());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/mcp/",
                "/MCP",
                "/mcp/x",
                "/info",
                "/beans",
                "/.well-known/oauth-protected-resource",
                "/prometheus"
            })
    void anythingElseIsNotFound(String path) throws IOException {
        HttpResponse<String> response =
                wayleave.send(HttpRequest.newBuilder(wayleave.url.resolve(path)).build());

        assertThat(response.statusCode()).as(path).isEqualTo(404);
        assertThat(json(response).path("error").properties()).hasSize(2);
    }

    @Test
    void healthAnswersAnyone() {
        for (String path : List.of("/health", "/health/liveness", "/health/readiness")) {
            HttpResponse<String> response = wayleave.send(
                    HttpRequest.newBuilder(wayleave.url.resolve(path)).build());
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.body()).isEqualTo("{\"status\":\"UP\"}");
        }
    }
}
