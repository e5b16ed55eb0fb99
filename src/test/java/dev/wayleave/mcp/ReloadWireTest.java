package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.post;
import static dev.wayleave.mcp.ReloadFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import java.lang.ref.WeakReference;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is served changes with its files, and nobody who calls meanwhile notices. */
class ReloadWireTest {
    private static final int CLIENTS = 8;
    private static final int SWAPS = Boolean.getBoolean("guarantees") ? 1_000 : 100;
    private static final String BROKEN = "openapi: 3.1.0\ninfo: [";
    private static final Pattern GENERATION = Pattern.compile("/(?:g(\\d+)/)?status");
    private static final String ALL = "pets:read pets:write";

    @TempDir
    Path folder;

    private static HttpResponse<String> status(ReloadFixture fixture) {
        return post(
                fixture.wayleave,
                "tools/call",
                META + ",\"name\":\"get_status\",\"arguments\":{}",
                "Mcp-Name",
                "get_status");
    }

    @Test
    void noCallIsDroppedWhileFilesAreSwappedAHundredTimes() throws Exception {
        try (ReloadFixture fixture = new ReloadFixture(folder, Map.of())) {
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            Queue<String> wrong = new ConcurrentLinkedQueue<>();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofVirtual().start(() -> {
                    while (!done.get()) {
                        call(fixture, wrong);
                        answered.incrementAndGet();
                    }
                }));
            }
            for (int i = 0; i < SWAPS; i++) {
                boolean more = i % 4 == 1;
                boolean broken = i % 2 == 0;
                fixture.describe(broken ? BROKEN : more ? ReloadFixture.withExtra() : PetStore.YAML);
                until(() -> fixture.health().contains("DEGRADED") == broken
                        && (broken || fixture.tools(ALL).contains("get_extra") == more));
            }
            done.set(true);
            for (Thread client : clients) {
                client.join();
            }
            assertThat(wrong).isEmpty();
            assertThat(answered).hasValueGreaterThan(SWAPS);
        }
    }

    private static void call(ReloadFixture fixture, Queue<String> wrong) {
        try {
            HttpResponse<String> response = status(fixture);
            if (response.statusCode() != 200
                    || !response.body().contains("ok")
                    || response.body().contains("\"isError\":true")) {
                wrong.add(response.statusCode() + " " + response.body());
            }
        } catch (RuntimeException e) {
            wrong.add(String.valueOf(e));
        }
    }

    @Test
    void aBrokenFileKeepsTheOldOneUntilItIsMended() {
        try (ReloadFixture fixture = new ReloadFixture(folder, Map.of())) {
            assertThat(fixture.health()).isEqualTo("{\"status\":\"UP\"}");
            String before = fixture.tools(ALL);
            fixture.describe(BROKEN);
            until(() -> fixture.health().equals("{\"status\":\"DEGRADED\"}"));
            assertThat(fixture.tools(ALL)).isEqualTo(before);
            assertThat(status(fixture).statusCode()).isEqualTo(200);

            fixture.describe(ReloadFixture.withExtra());
            until(() -> fixture.health().equals("{\"status\":\"UP\"}"));
            assertThat(fixture.tools(ALL)).contains("get_extra");
        }
    }

    /** Each generation has a path of its own: no call goes back to one that was replaced before it began. */
    @Test
    void eachCallIsOfOneGenerationAndOldOnesLeaveNothingBehind() throws Exception {
        try (ReloadFixture fixture = new ReloadFixture(folder, Map.of())) {
            fixture.wayleave.platform.answer(
                    request -> FakePlatform.response(200, "application/json", "{\"ok\":\"" + request.target() + "\"}"));
            AtomicInteger served = new AtomicInteger();
            AtomicBoolean done = new AtomicBoolean();
            Queue<String> wrong = new ConcurrentLinkedQueue<>();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofVirtual().start(() -> {
                    while (!done.get()) {
                        int atLeast = served.get();
                        String told = status(fixture).body();
                        Matcher generation = GENERATION.matcher(told);
                        if (!generation.find() || number(generation.group(1)) < atLeast) {
                            wrong.add(atLeast + ": " + told);
                        }
                    }
                }));
            }
            List<WeakReference<Endpoint>> generations = new ArrayList<>();
            for (int i = 1; i <= SWAPS / 2; i++) {
                String own = "/g" + i + "/status";
                fixture.describe(PetStore.YAML.replace("/status:", own + ":"));
                until(() -> status(fixture).body().contains(own));
                served.set(i);
                generations.add(new WeakReference<>(
                        fixture.wayleave.part(Endpoints.class).at("/mcp")));
            }
            done.set(true);
            for (Thread client : clients) {
                client.join();
            }
            assertThat(wrong).isEmpty();
            until(() -> kept(generations) <= 2);
            System.out.println(
                    "reloads: " + generations.size() + " generations, " + kept(generations) + " of them in memory");
        }
    }

    private static int number(@Nullable String generation) {
        return generation == null ? 0 : Integer.parseInt(generation);
    }

    /** The last one, and one that a thread may still hold. */
    private static long kept(List<WeakReference<Endpoint>> generations) {
        System.gc();
        return generations.stream()
                .filter(generation -> generation.get() != null)
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half", "large", "nothing"})
    void whatCannotBeReadLeavesReadinessAsItWas(String kind) throws Exception {
        try (ReloadFixture fixture = new ReloadFixture(folder, Map.of())) {
            String before = fixture.tools(ALL);
            switch (kind) {
                case "half" -> fixture.describe(PetStore.YAML.substring(0, PetStore.YAML.indexOf("responses:") + 14));
                case "large" -> fixture.describe(PetStore.YAML + "# " + "x".repeat(41 << 20));
                case "nothing" -> Files.delete(folder.resolve("openapi.yaml"));
                default -> fixture.describe(kind);
            }
            until(() -> fixture.health().equals("{\"status\":\"DEGRADED\"}"));
            HttpResponse<String> ready =
                    fixture.wayleave.send(HttpRequest.newBuilder(fixture.wayleave.url.resolve("/health/readiness"))
                            .build());
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(fixture.tools(ALL)).isEqualTo(before);
            assertThat(status(fixture).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theAuditTellsWhatDescriptionACallUsed() throws Exception {
        try (ReloadFixture fixture = new ReloadFixture(folder, Map.of())) {
            String first = generation(fixture);
            assertThat(generation(fixture)).isEqualTo(first).matches("[0-9a-f]{16}-[0-9a-f]{16}");
            fixture.describe(ReloadFixture.withExtra());
            until(() -> fixture.tools(ALL).contains("get_extra"));
            String second = generation(fixture);
            assertThat(second.substring(0, 16)).isNotEqualTo(first.substring(0, 16));
            assertThat(second.substring(16)).isEqualTo(first.substring(16));
            fixture.describe(PetStore.YAML);
            until(() -> !fixture.tools(ALL).contains("get_extra"));
            assertThat(generation(fixture)).isEqualTo(first);

            String digest = sha256(sha256(PetStore.YAML) + "\n");
            assertThat(first).startsWith(digest.substring(0, 16));
        }
    }

    private static String generation(ReloadFixture fixture) throws Exception {
        status(fixture);
        return new ObjectMapper()
                .readTree(fixture.wayleave.audited().getLast())
                .path("generation")
                .asText();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aCallThatIsUnderWayEndsOnWhatItBeganWith() throws Exception {
        try (ReloadFixture fixture = new ReloadFixture(folder, Map.of())) {
            CountDownLatch arrived = new CountDownLatch(1);
            CountDownLatch swapped = new CountDownLatch(1);
            fixture.wayleave.platform.answer(request -> {
                arrived.countDown();
                await(swapped);
                return FakePlatform.response(200, "application/json", "{\"late\":true}");
            });
            CompletableFuture<HttpResponse<String>> call = CompletableFuture.supplyAsync(() -> status(fixture));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            fixture.describe(ReloadFixture.withExtra());
            until(() -> fixture.tools(ALL).contains("get_extra"));
            swapped.countDown();

            assertThat(call.get(20, TimeUnit.SECONDS).body()).contains("late").doesNotContain("\"isError\":true");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anIssuerThatIsOutOfReachAtAReloadKeepsNobodyOut() {
        try (ReloadFixture fixture = new ReloadFixture(folder, Map.of())) {
            String before = fixture.wayleave.token(ALL);
            assertThat(fixture.tools(ALL)).contains("get_pet");
            fixture.wayleave.issuer.close();
            fixture.describe(ReloadFixture.withExtra());
            until(() -> post(fixture.wayleave, "tools/list", META, "Authorization", "Bearer " + before)
                    .body()
                    .contains("get_extra"));
        }
    }

    @Test
    void aFileThatTheDescriptionRefersToIsWatchedToo() throws Exception {
        Path part = Files.writeString(folder.resolve("part.yaml"), "get: {operationId: getPart, responses: {}}");
        try (ReloadFixture fixture = new ReloadFixture(folder, Map.of())) {
            fixture.describe(PetStore.YAML.replace("components:", "  /part: {$ref: part.yaml}\ncomponents:"));
            until(() -> fixture.tools(ALL).contains("\"get_part\""));
            Files.writeString(part, "get: {operationId: getOther, responses: {}}");
            until(() -> fixture.tools(ALL).contains("\"get_other\""));
        }
    }

    @Test
    void thePortForOperatorsNamesTheReloadThatFailed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        URI parts = URI.create("http://127.0.0.1:" + port);
        try (ReloadFixture fixture =
                new ReloadFixture(folder, Map.of("wayleave.management-port", String.valueOf(port)))) {
            assertThat(told(fixture, parts.resolve("/health"))).contains("\"reload\":\"UP\"");
            fixture.describe(BROKEN);
            until(() -> told(fixture, parts.resolve("/health"))
                    .startsWith("{\"status\":\"DEGRADED\",\"audit\":\"UP\",\"reload\":\"FAILED\""));
            assertThat(told(fixture, parts.resolve("/prometheus"))).contains("wayleave_reload_failing 1.0");
            fixture.describe(ReloadFixture.withExtra());
            until(() -> fixture.tools(ALL).contains("get_extra"));
            assertThat(told(fixture, parts.resolve("/prometheus")))
                    .contains("wayleave_reload_failing 0.0")
                    .contains("wayleave_upstream_failing{platform=\"test\"} 0.0");
        }
    }

    private static String told(ReloadFixture fixture, URI url) {
        return fixture.wayleave.send(HttpRequest.newBuilder(url).build()).body();
    }

    @Test
    void withoutReloadFilesMayChangeAndNothingHappens() throws Exception {
        try (ReloadFixture fixture = new ReloadFixture(folder, Map.of("wayleave.reload.watch", ""))) {
            fixture.describe(ReloadFixture.withExtra());
            Thread.sleep(500);
            assertThat(fixture.tools(ALL)).doesNotContain("get_extra");
            assertThat(post(fixture.wayleave, "server/discover", META).body()).doesNotContain("listChanged");
            assertThat(post(fixture.wayleave, "subscriptions/listen", META + ",\"notifications\":{}")
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}
