package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.json;
import static dev.wayleave.mcp.ModernRequests.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditWireTest {
    private static final String CREATE = META + ",\"name\":\"create_pet\",\"arguments\":{\"name\":\"Rex\"}";
    private static final String LIST = META + ",\"name\":\"list_pets\"";

    @TempDir
    Path folder;

    private static HttpResponse<String> create(RunningWayleave wayleave) {
        return post(wayleave, "tools/call", CREATE, "Mcp-Name", "create_pet");
    }

    private static HttpResponse<String> list(RunningWayleave wayleave) {
        return post(wayleave, "tools/call", LIST, "Mcp-Name", "list_pets");
    }

    private static String health(RunningWayleave wayleave) {
        return wayleave.send(
                        HttpRequest.newBuilder(wayleave.url.resolve("/health")).build())
                .body();
    }

    @Test
    void aCallThatMayChangeSomethingIsInTheFileBeforeThePlatformHearsOfIt() throws IOException {
        try (RunningWayleave wayleave = RunningWayleave.over(folder, PetStore.YAML)) {
            AtomicReference<String> then = new AtomicReference<>("");
            wayleave.platform.answer(request -> {
                try {
                    then.set(Files.readString(wayleave.audit));
                } catch (IOException e) {
                    then.set(e.toString());
                }
                return FakePlatform.response(201, "application/json", "{}");
            });
            create(wayleave);
            assertThat(then.get()).contains("\"type\":\"started\"").doesNotContain("\"type\":\"call\"");
            list(wayleave);
            assertThat(Files.readString(wayleave.audit)).containsOnlyOnce("\"type\":\"started\"");
            assertThat(wayleave.audited()).hasSize(2);
        }
    }

    @Test
    void attemptsAreCountedWhereTheyAreMade() throws IOException {
        try (RunningWayleave wayleave = RunningWayleave.over(folder, PetStore.YAML)) {
            AtomicInteger asked = new AtomicInteger();
            wayleave.platform.answer(request -> asked.incrementAndGet() < 3
                    ? FakePlatform.response(503, "", "")
                    : FakePlatform.response(200, "application/json", "[1,2]"));
            list(wayleave);
            JsonNode event = new ObjectMapper().readTree(wayleave.audited().getLast());
            assertThat(event.path("attempts").asInt()).isEqualTo(3);
            assertThat(event.path("upstream_status").asInt()).isEqualTo(200);
            assertThat(event.path("upstream_bytes").asInt()).isEqualTo(5);
            assertThat(event.path("cache").asText()).isEqualTo("none");
            assertThat(event.path("token").asText()).matches("[0-9a-f]{32}");
            assertThat(event.path("request").asText()).isEqualTo("a-1");
        }
    }

    @Test
    void whereNothingCanBeRememberedCallsAreRefusedAndListsAreNotUntilItCan() throws Exception {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        try (RunningWayleave wayleave = RunningWayleave.with(
                folder,
                PetStore.YAML,
                Map.of("wayleave.audit.file", inner.resolve("a.jsonl").toString()))) {
            assertThat(list(wayleave).statusCode()).isEqualTo(200);
            assertThat(health(wayleave)).contains("UP");
            int before = wayleave.platform.received().size();
            Path away = folder.resolve("away");
            Files.move(inner, away);

            HttpResponse<String> refused = create(wayleave);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(json(refused).at("/error/message").asText()).contains("Nothing was sent");
            assertThat(list(wayleave).statusCode()).isEqualTo(503);
            assertThat(wayleave.platform.received()).hasSize(before);
            assertThat(post(wayleave, "tools/list", META).statusCode()).isEqualTo(200);
            assertThat(health(wayleave)).contains("DEGRADED");

            Files.move(away, inner);
            int status = 503;
            for (int i = 0; i < 50 && status == 503; i++) {
                Thread.sleep(100);
                status = create(wayleave).statusCode();
            }
            assertThat(status).isEqualTo(200);
            assertThat(health(wayleave)).contains("UP");
            assertThat(Files.readString(inner.resolve("a.jsonl"))).contains("audit_unavailable", "\"resumed\"");
        }
    }

    @Test
    void aReadOfAResourceThatCannotBeRememberedIsNotMade(@TempDir Path other) {
        try (RunningWayleave wayleave =
                RunningWayleave.with(other, ResourceRequests.API, Map.of("wayleave.audit.file", "/dev/full"))) {
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> refused =
                        post(wayleave, "resources/read", META + ",\"uri\":\"base://logo\"", "Mcp-Name", "base://logo");
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            }
            assertThat(wayleave.platform.received()).hasSizeLessThan(2);
        }
    }

    @Test
    void aFloodOfDenialsOfOneCallerIsSampledAndCountedAndHidesNobodyElses() throws IOException {
        int flood = 40;
        try (RunningWayleave wayleave =
                RunningWayleave.with(folder, PetStore.YAML, Map.of("wayleave.audit.refusals-per-second", 2))) {
            String token = "Bearer " + wayleave.token("pets:read");
            for (int i = 0; i < flood; i++) {
                post(wayleave, "tools/call", CREATE, "Mcp-Name", "create_pet", "Authorization", token);
            }
            String other =
                    wayleave.issuer.token(wayleave.url.toString(), "pets:read", claims -> claims.subject("other"));
            post(wayleave, "tools/call", CREATE, "Mcp-Name", "create_pet", "Authorization", "Bearer " + other);
            list(wayleave);
            assertThat(wayleave.audited().getLast()).contains("\"list_pets\"");
            assertThat(wayleave.audited()).anyMatch(line -> line.contains("\"subject\":\"other\""));
        }
        long told = 0;
        long counted = 0;
        for (String line : Files.readAllLines(folder.resolve("audit.jsonl"))) {
            JsonNode record = new ObjectMapper().readTree(line);
            told += record.path("outcome").asText().equals("insufficient_scope")
                            && record.path("subject").asText().equals("user-1")
                    ? 1
                    : 0;
            counted += record.path("outcomes").path("insufficient_scope").asLong();
        }
        assertThat(told).isBetween(2L, flood - 10L);
        assertThat(told + counted).isEqualTo(flood);
    }

    @Test
    void callsMayGoOnWhereTheConfigurationSaysSo() {
        try (RunningWayleave wayleave = RunningWayleave.with(
                folder,
                PetStore.YAML,
                Map.of("wayleave.audit.file", "/dev/full", "wayleave.audit.on-failure", "log"))) {
            assertThat(create(wayleave).statusCode()).isEqualTo(200);
            assertThat(health(wayleave)).contains("DEGRADED");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 4bf92f3577b34da6a3ce929d0e0e4736",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more, 4bf92f3577b34da6a3ce929d0e0e4736",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more,",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01,",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01,",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01,",
        "nonsense,",
    })
    void aTraceIsTakenOnlyWhereItIsWellFormed(String field, String trace) {
        assertThat(TraceParent.traceId(field)).isEqualTo(trace);
    }
}
