package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.audit.DurableLog;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a client was told of is in the audit, however the process ends: 3 runs, 200 under the guarantees, or {@code -Dkills=}
 * as many. {@code -Dsabotage=true} loses one line of the audit, and this fails.
 */
class KilledTest {
    private static final boolean SABOTAGE = Boolean.getBoolean("sabotage");
    private static final int RUNS = Integer.getInteger("kills", Boolean.getBoolean("guarantees") ? 200 : 3);
    private static final int CLIENTS = 8;
    private static final String OPENAPI = """
            openapi: 3.1.0
            info: {title: Pets, version: "1"}
            paths:
              /pets:
                get: {operationId: listPets, responses: {"200": {description: ok}}}
                post: {operationId: createPet, responses: {"201": {description: made}}}
            """;

    @TempDir
    Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();

    @Test
    void noAcknowledgedCallIsMissingAfterAKill() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Path audit = folder.resolve("audit.jsonl");
        try (FakePlatform platform = FakePlatform.json("{\"ok\":true}")) {
            Files.writeString(folder.resolve("openapi.yaml"), OPENAPI);
            Path settings = Files.writeString(folder.resolve("wayleave.yml"), """
                    wayleave:
                      audit: {file: %s}
                      platforms:
                        pets:
                          openapi: openapi.yaml
                          upstream: {url: "%s"}
                          callers: {verify: none}
                    """.formatted(audit, platform.url()));
            for (int run = 0; run < RUNS; run++) {
                killUnderLoad(settings, random.nextInt(20, 200));
            }
            Set<String> missing = new TreeSet<>(acknowledged);
            missing.removeAll(recorded(audit, "call"));
            System.out.println("audit: " + missing.size() + " of " + acknowledged.size()
                    + " acknowledged calls missing after " + RUNS + " kills, seed " + seed);
            assertThat(missing).isEmpty();
            assertThat(recorded(audit, "started").size()).isGreaterThanOrEqualTo((int) platform.received().stream()
                    .filter(request -> request.requestLine().startsWith("POST"))
                    .count());
        }
        assertThat(acknowledged).isNotEmpty();
        DurableLog.open(
                        new DurableLog.Options(audit, null, false, 1 << 30, 1),
                        new SecureRandom(),
                        InstantSource.system())
                .close();
        Run verified = Run.of("audit", "verify", audit.toString());
        assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    }

    private void killUnderLoad(Path settings, int calls) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(CLIENTS);
        try (WayleaveProcess wayleave = WayleaveProcess.start(
                        folder, Map.of("MICRONAUT_CONFIG_FILES", settings.toString()), List.of(), "serve")
                .ready()) {
            for (int i = 0; i < CLIENTS; i++) {
                Thread.ofPlatform().start(() -> {
                    try (HttpClient client = HttpClient.newHttpClient()) {
                        while (!over.get()) {
                            call(client, wayleave);
                        }
                    } catch (IOException | InterruptedException e) {
                        // it was killed
                    } finally {
                        ended.countDown();
                    }
                });
            }
            int enough = acknowledged.size() + calls;
            Instant end = Instant.now().plusSeconds(60);
            while (acknowledged.size() < enough && Instant.now().isBefore(end)) {
                Thread.sleep(1);
            }
            wayleave.kill();
            over.set(true);
            ended.await();
        }
    }

    private void call(HttpClient client, WayleaveProcess wayleave) throws IOException, InterruptedException {
        int number = next.incrementAndGet();
        String tool = number % 2 == 0 ? "list_pets" : "create_pet";
        HttpRequest request = HttpRequest.newBuilder(wayleave.url("/mcp"))
                .header("Content-Type", "application/json")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool)
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"jsonrpc":"2.0","id":"n-%d","method":"tools/call","params":{"name":"%s","_meta":\
                        {"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                        "io.modelcontextprotocol/clientCapabilities":{}}}}""".formatted(number, tool)))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 200) {
            acknowledged.add("n-" + number);
        }
    }

    private Set<String> recorded(Path audit, String type) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Map<String, Set<String>> requests = new HashMap<>();
        List<String> lines = new ArrayList<>(Files.readAllLines(audit));
        if (SABOTAGE) {
            String lost = "\"request\":\"" + acknowledged.iterator().next() + "\"";
            lines.removeIf(line -> line.contains(lost) && line.contains("\"type\":\"call\""));
        }
        for (String line : lines) {
            try {
                JsonNode record = json.readTree(line);
                requests.computeIfAbsent(record.path("type").asText(), key -> new TreeSet<>())
                        .add(record.path("request").asText());
            } catch (IOException e) {
                // torn by the last kill
            }
        }
        return requests.getOrDefault(type, Set.of());
    }
}
