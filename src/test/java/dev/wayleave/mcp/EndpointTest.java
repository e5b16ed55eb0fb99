package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import dev.wayleave.platform.Platform;
import dev.wayleave.platform.ReloadSettings;
import dev.wayleave.platform.StreamSettings;
import dev.wayleave.upstream.Cancellation;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of faults of our own, which no request from outside can bring about, and of the time of a batch. */
class EndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DELETE = """
            {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"delete_pet","arguments":{"petId":"p%d"}}}""";

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

    /** The n-th id that is asked for cannot be made. */
    private static Supplier<String> failing(int n) {
        AtomicInteger made = new AtomicInteger();
        return () -> {
            if (made.incrementAndGet() == n) {
                throw new IllegalStateException("secret innards");
            }
            return "id-" + made;
        };
    }

    private static Endpoint endpoint(Supplier<String> ids) {
        Platform platform =
                wayleave.part(Endpoints.class).platforms().iterator().next();
        Duration time = Duration.ofSeconds(5);
        return new Endpoint(
                platform,
                new Doors(URI.create("http://localhost"), true, List.of(), List.of()),
                new SlowCalls(platform.catalog(), new StreamSettings(time, time, false)),
                new Subscriptions(
                        path -> null, new ReloadSettings(false, Duration.ZERO, 0, 0), time, InstantSource.system()),
                "1",
                ids,
                InstantSource.system());
    }

    private static Reply send(Endpoint endpoint, String body) {
        return endpoint.handle(new Request(
                "POST",
                Map.of(
                        "host", List.of("localhost"),
                        "content-type", List.of("application/json"),
                        "authorization", List.of("Bearer " + wayleave.token("pets:read pets:write"))),
                body.getBytes(StandardCharsets.UTF_8),
                new Cancellation()));
    }

    private static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aFaultOfOurOwnIsToldByItsIdAlone() throws IOException {
        Reply reply = send(endpoint(failing(1)), DELETE.formatted(7, 7));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(JSON.readTree(text(reply))).isEqualTo(JSON.readTree("""
                {"jsonrpc":"2.0","id":7,"error":{"code":-32603,
                "message":"Something went wrong inside; the operator finds it as id-2"}}"""));
    }

    @Test
    void inABatchItIsTheAnswerOfItsOwnCallAlone() throws IOException {
        int before = wayleave.platform.received().size();
        Reply reply = send(
                endpoint(failing(2)),
                "[" + DELETE.formatted(1, 1) + "," + DELETE.formatted(2, 2) + "," + DELETE.formatted(3, 3) + "]");

        JsonNode answers = JSON.readTree(text(reply));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).at("/result/isError").asBoolean(true)).isFalse();
        assertThat(answers.get(1)).isEqualTo(JSON.readTree("""
                {"jsonrpc":"2.0","id":2,"error":{"code":-32603,
                "message":"Something went wrong inside; the operator finds it as id-3"}}"""));
        assertThat(answers.get(2).at("/result/isError").asBoolean(true)).isFalse();
        assertThat(wayleave.platform.received()).hasSize(before + 2);
    }

    @Test
    void aBatchHasTheTimeOfOneCall() throws IOException {
        wayleave.platform.answer(request -> {
            SlowFixture.pause(1_200);
            return FakePlatform.response(200, "application/json", "{}");
        });
        Reply reply = send(endpoint(() -> "id"), "[" + DELETE.formatted(1, 1) + "," + DELETE.formatted(2, 2) + "]");

        JsonNode answers = JSON.readTree(text(reply));
        assertThat(answers.get(0).at("/result/isError").asBoolean(true)).isFalse();
        assertThat(answers.get(1).at("/result/content/0/text").asText()).contains("did not answer in time");
        wayleave.platform.answer(request -> FakePlatform.response(200, "application/json", "{}"));
    }
}
