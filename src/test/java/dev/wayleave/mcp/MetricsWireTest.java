package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators are told on the management port, and nobody on the other. */
class MetricsWireTest {
    private static final Pattern NAME = Pattern.compile("(?m)^# TYPE (wayleave_\\w+) ");
    private static final Pattern DOCUMENTED = Pattern.compile("\\| `(wayleave_\\w+)`");

    @TempDir
    Path folder;

    private int port;

    private RunningWayleave wayleave() throws IOException {
        return wayleave(PetStore.YAML);
    }

    private RunningWayleave wayleave(String yaml) throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        return RunningWayleave.with(folder, yaml, Map.of("wayleave.management-port", String.valueOf(port)));
    }

    private static HttpResponse<String> get(RunningWayleave wayleave, URI url) {
        return wayleave.send(HttpRequest.newBuilder(url).build());
    }

    private String told(RunningWayleave wayleave, String path) {
        return get(wayleave, URI.create("http://127.0.0.1:" + port + path)).body();
    }

    private static void call(RunningWayleave wayleave, String tool, String arguments) {
        post(wayleave, "tools/call", META + ",\"name\":\"" + tool + "\",\"arguments\":" + arguments, "Mcp-Name", tool);
    }

    @Test
    void metricsTellOfCallsAndOfNobodyWhoMadeThem() throws IOException {
        try (RunningWayleave wayleave = wayleave()) {
            call(wayleave, "get_pet", "{\"petId\":\"canary-argument\"}");
            call(wayleave, "create_pet", "{\"name\":\"canary-name\"}");
            call(wayleave, "canary_tool", "{}");
            wayleave.platform.answer(request -> FakePlatform.response(503, "", "canary-answer", "Retry-After: 0"));
            call(wayleave, "get_pet", "{\"petId\":\"canary-argument\"}");

            String metrics = told(wayleave, "/prometheus");
            assertThat(metrics)
                    .contains("wayleave_calls_seconds_count{kind=\"tool\",outcome=\"ok\",platform=\"test\","
                            + "tool=\"get_pet\"} 1")
                    .contains("outcome=\"unknown_tool\",platform=\"test\",tool=\"-\"} 1")
                    .contains("outcome=\"upstream_503\",platform=\"test\",tool=\"get_pet\"} 1")
                    .contains("wayleave_upstream_attempts_seconds_count{platform=\"test\",result=\"5xx\"} 3")
                    .contains("wayleave_upstream_retries_total{platform=\"test\"} 2.0")
                    .contains("wayleave_upstream_failing{platform=\"test\"} 0.0")
                    .contains("wayleave_callers_health{platform=\"test\",state=\"current\"} 1.0")
                    .contains("wayleave_limits_places{platform=\"test\",state=\"taken\"} 0.0")
                    .contains("wayleave_limits_refused{platform=\"test\",why=\"overloaded\"} 0.0")
                    .contains("wayleave_cache_reads{platform=\"test\",use=\"hit\"} 0.0")
                    .contains("wayleave_cache_bytes{platform=\"test\"} 0.0")
                    .contains("wayleave_cache_age_seconds_count{platform=\"test\"} 0")
                    .contains("wayleave_audit_failing 0.0")
                    .contains("jvm_memory_used_bytes")
                    .doesNotContain("canary")
                    .doesNotContain(wayleave.token("pets:read pets:write").substring(0, 20));
            assertThat(Files.readString(wayleave.audit)).contains("\"subject\":");
            Matcher subject = Pattern.compile("\"subject\":\"([^\"]+)\"").matcher(Files.readString(wayleave.audit));
            assertThat(subject.find()).isTrue();
            assertThat(metrics).doesNotContain(subject.group(1));
            assertThat(names(NAME, metrics))
                    .isEqualTo(names(DOCUMENTED, Files.readString(Path.of("docs", "metrics.md"))));
        }
    }

    @Test
    void metricsTellHowOldWhatWasRememberedIs() throws Exception {
        String cached = PetStore.YAML.replace(
                "operationId: getPet\n", "operationId: getPet\n      x-mcp: {cache: {ttl: 60s}}\n");
        try (RunningWayleave wayleave = wayleave(cached)) {
            String token = "Bearer " + wayleave.token("pets:read");
            for (int i = 0; i < 3; i++) {
                post(
                        wayleave,
                        "tools/call",
                        META + ",\"name\":\"get_pet\",\"arguments\":{\"petId\":\"7\"}",
                        "Mcp-Name",
                        "get_pet",
                        "Authorization",
                        token);
                Thread.sleep(200);
            }
            assertThat(told(wayleave, "/prometheus"))
                    .contains("wayleave_cache_age_seconds_count{platform=\"test\"} 2")
                    .containsPattern("wayleave_cache_age_seconds_max\\{platform=\"test\"} 0\\.[4-9]");
        }
    }

    private static List<String> names(Pattern pattern, String text) {
        return List.copyOf(new TreeSet<>(
                pattern.matcher(text).results().map(result -> result.group(1)).toList()));
    }

    @Test
    void theOtherPortTellsNothingOfIt() throws IOException {
        try (RunningWayleave wayleave = wayleave()) {
            assertThat(get(wayleave, wayleave.url.resolve("/prometheus")).statusCode())
                    .isEqualTo(404);
            assertThat(get(wayleave, wayleave.url.resolve("/health")).body()).isEqualTo("{\"status\":\"UP\"}");
            assertThat(get(wayleave, URI.create("http://127.0.0.1:" + port + "/mcp"))
                            .statusCode())
                    .isEqualTo(404);
        }
        try (RunningWayleave wayleave = RunningWayleave.over(folder, PetStore.YAML)) {
            assertThat(get(wayleave, wayleave.url.resolve("/prometheus")).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void healthNamesThePartThatIsNotWell() throws IOException {
        try (RunningWayleave wayleave = wayleave()) {
            assertThat(told(wayleave, "/health")).isEqualTo("""
                    {"status":"UP","audit":"UP","platforms":{"test":{"callers":"CURRENT","upstream":"UP"}}}""");
            wayleave.platform.answer(request -> FakePlatform.response(500, "", ""));
            for (int i = 0; i < 20; i++) {
                call(wayleave, "get_status", "{}");
            }
            assertThat(told(wayleave, "/health")).isEqualTo("""
                    {"status":"DEGRADED","audit":"UP","platforms":{"test":{"callers":"CURRENT","upstream":"FAILING"}}}""");
            assertThat(get(wayleave, wayleave.url.resolve("/health")).body()).isEqualTo("{\"status\":\"DEGRADED\"}");
            assertThat(told(wayleave, "/prometheus")).contains("wayleave_upstream_failing{platform=\"test\"} 1.0");
        }
    }
}
