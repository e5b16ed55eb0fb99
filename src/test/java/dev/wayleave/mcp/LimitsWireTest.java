package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsWireTest {
    private static final String LIST = META + ",\"name\":\"list_pets\"";
    private static final String CREATE = META + ",\"name\":\"create_pet\",\"arguments\":{\"name\":\"Rex\"}";
    private static final String TEXT = "x-mcp: {tools: [{name: tell, text: Well.}]}\n";
    private static final Map<String, Object> TWO =
            Map.of("wayleave.platforms.test.limits.concurrent", 2, "wayleave.platforms.test.limits.waiting", 0);

    @TempDir
    Path folder;

    private static HttpResponse<String> list(RunningWayleave wayleave, String... headers) {
        List<String> all = new ArrayList<>(List.of("Mcp-Name", "list_pets"));
        all.addAll(List.of(headers));
        return post(wayleave, "tools/call", LIST, all.toArray(String[]::new));
    }

    private static String bearer(RunningWayleave wayleave, String subject) {
        return "Bearer "
                + wayleave.issuer.token(
                        wayleave.url.toString(), "pets:read pets:write", claims -> claims.subject(subject));
    }

    /** Keeps the platform busy with two calls until the latch opens. */
    private static List<CompletableFuture<HttpResponse<String>>> stall(RunningWayleave wayleave, CountDownLatch open)
            throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(2);
        wayleave.platform.answer(request -> {
            arrived.countDown();
            awaits(open);
            return FakePlatform.response(200, "application/json", "[]");
        });
        List<CompletableFuture<HttpResponse<String>>> calls = List.of(
                CompletableFuture.supplyAsync(() -> list(wayleave)),
                CompletableFuture.supplyAsync(() -> list(wayleave)));
        arrived.await();
        return calls;
    }

    private static void assertShed(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.body())
                .contains("There is no room for more calls. Nothing was sent; try again in 1 second.");
    }

    @Test
    void moreCallsThanThereIsRoomForAreRefusedBeforeTheyAreRead() throws Exception {
        try (RunningWayleave wayleave = RunningWayleave.with(folder, TEXT + PetStore.YAML, TWO)) {
            CountDownLatch open = new CountDownLatch(1);
            var calls = stall(wayleave, open);
            assertShed(list(wayleave));
            assertShed(wayleave.post(
                    "[[[not JSON",
                    "Mcp-Method",
                    "tools/call",
                    "MCP-Protocol-Version",
                    "2026-07-28",
                    "Authorization",
                    "Bearer " + wayleave.token("pets:read")));
            assertShed(wayleave.post(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_pets\"}}",
                    "Authorization",
                    "Bearer " + wayleave.token("pets:read")));
            assertThat(post(wayleave, "tools/list", META).statusCode()).isEqualTo(200);
            for (String version : List.of("", "2025-11-25")) {
                HttpResponse<String> legacy = wayleave.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                        "Mcp-Method",
                        "tools/call",
                        "MCP-Protocol-Version",
                        version,
                        "Authorization",
                        "Bearer " + wayleave.token("pets:read"));
                assertThat(legacy.statusCode())
                        .as("a header that means nothing here")
                        .isEqualTo(200);
            }
            assertThat(wayleave.post("{}", "Mcp-Method", "tools/call").statusCode())
                    .isEqualTo(401);
            open.countDown();
            assertThat(calls)
                    .allSatisfy(call -> assertThat(call.get().statusCode()).isEqualTo(200));
            assertThat(list(wayleave).statusCode()).isEqualTo(200);
            assertThat(wayleave.platform.received()).hasSize(3);
            assertThat(wayleave.audited().stream()
                            .filter(line -> line.contains("\"decision\":\"deny\",\"reason\":\"limits.concurrent\"")
                                    && line.contains("\"outcome\":\"overloaded\""))
                            .toList())
                    .hasSize(3);
        }
    }

    @Test
    void whatIsNothingToThePlatformNeedsNoPlace() throws Exception {
        try (RunningWayleave wayleave = RunningWayleave.with(folder, TEXT + PetStore.YAML, TWO)) {
            CountDownLatch open = new CountDownLatch(1);
            stall(wayleave, open);
            HttpResponse<String> told = wayleave.post(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"tell\"}}",
                    "Authorization",
                    "Bearer " + wayleave.token("pets:read"));
            assertThat(told.body()).contains("Well.");
            open.countDown();
        }
    }

    @Test
    void whoHasAShareIsToldSoAndWhoHasLessIsServed() throws Exception {
        try (RunningWayleave wayleave = RunningWayleave.with(folder, PetStore.YAML, TWO)) {
            CountDownLatch open = new CountDownLatch(1);
            var calls = stall(wayleave, open);
            String modest = bearer(wayleave, "modest");
            assertShed(list(wayleave, "Authorization", modest));
            open.countDown();
            calls.forEach(CompletableFuture::join);
            CountDownLatch again = new CountDownLatch(1);
            wayleave.platform.answer(request -> {
                awaits(again);
                return FakePlatform.response(200, "application/json", "[]");
            });
            int before = wayleave.platform.received().size();
            CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> list(wayleave));
            ReloadFixture.until(() -> wayleave.platform.received().size() > before);
            HttpResponse<String> over = list(wayleave);
            assertThat(over.statusCode()).isEqualTo(429);
            assertThat(over.headers().firstValue("Retry-After")).contains("1");
            assertThat(over.body()).contains("You have more calls than there is room for. Nothing was sent");
            CompletableFuture<HttpResponse<String>> other =
                    CompletableFuture.supplyAsync(() -> list(wayleave, "Authorization", modest));
            ReloadFixture.until(() -> wayleave.platform.received().size() > before + 1);
            again.countDown();
            assertThat(first.get().statusCode()).isEqualTo(200);
            assertThat(other.get().statusCode()).isEqualTo(200);
            assertThat(wayleave.audited()).anySatisfy(line -> assertThat(line).contains("\"outcome\":\"over_share\""));
        }
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCallerWhoCallsTooOftenIsToldAndNobodyElse() {
        try (RunningWayleave wayleave = RunningWayleave.with(
                folder, PetStore.YAML, Map.of("wayleave.platforms.test.limits.per-caller.reads-per-minute", 6))) {
            assertThat(list(wayleave).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = list(wayleave);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("10");
            assertThat(refused.body()).contains("You have more calls than there is room for. Nothing was sent");
            assertThat(post(wayleave, "tools/call", CREATE, "Mcp-Name", "create_pet")
                            .statusCode())
                    .as("a write")
                    .isEqualTo(200);
            assertThat(list(wayleave, "Authorization", bearer(wayleave, "somebody else"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(wayleave.audited().get(1))
                    .contains("\"reason\":\"limits.per-caller.reads-per-minute\"")
                    .contains("\"outcome\":\"rate_limited\"")
                    .contains("\"tool\":\"list_pets\"");
            assertThat(wayleave.platform.received()).hasSize(3);
        }
    }

    @Test
    void aPlatformThatStandsStillHoldsNoOtherUp() throws Exception {
        try (FakePlatform well = FakePlatform.json("[]");
                RunningWayleave wayleave = RunningWayleave.with(
                        folder,
                        PetStore.YAML,
                        Map.of(
                                "wayleave.platforms.test.path",
                                "/mcp",
                                "wayleave.platforms.test.limits.concurrent",
                                2,
                                "wayleave.platforms.test.limits.waiting",
                                0,
                                "wayleave.platforms.well.path",
                                "/well",
                                "wayleave.platforms.well.openapi",
                                folder.resolve("openapi.yaml").toString(),
                                "wayleave.platforms.well.upstream.url",
                                well.url().toString(),
                                "wayleave.platforms.well.callers.verify",
                                "none"))) {
            CountDownLatch open = new CountDownLatch(1);
            stall(wayleave, open);
            assertShed(list(wayleave));
            String call =
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"get_status\"}}";
            for (int i = 0; i < 50; i++) {
                HttpResponse<String> answer = wayleave.send(HttpRequest.newBuilder(wayleave.url.resolve("/well"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(call))
                        .build());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
            assertThat(well.received()).hasSize(50);
            open.countDown();
        }
    }
}
