package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.OverloadFigures.goodput;
import static dev.wayleave.mcp.OverloadFigures.percentile;
import static dev.wayleave.mcp.OverloadFigures.took;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import dev.wayleave.mcp.OverloadFigures.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twice as many calls as the platform can take: what it can take is still done, in good time, and the others are refused at
 * once; for 8 seconds, or a minute under the guarantees. The capacity is the fake platform's – places and a service time –
 * and not the machine's; it is measured first, by as many calls as it has places and by three times as many, so that the
 * limit has seen it. What the machine needs for an exchange with nothing in it is measured meanwhile and allowed for; one that
 * is too busy to serve a few calls in time tells nothing, and the test is skipped.
 */
class OverloadTest {
    private static final int SECONDS = Boolean.getBoolean("guarantees") ? 60 : 8;
    private static final boolean SABOTAGE = Boolean.getBoolean("sabotage");

    /** The sabotage: nothing that adapts. */
    private static final Map<String, Object> UNBOUND = Map.of("wayleave.platforms.test.limits.adaptive", "false");

    private static final int PLACES = 30;
    private static final int SERVICE_MS = 300;
    private static final double CAPACITY = PLACES * 1_000.0 / SERVICE_MS;
    private static final int CALLERS = 20;
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{" + META + ",\"name\":\"list_pets\"}}";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();
    private final Semaphore places = new Semaphore(PLACES, true);

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        threads.shutdownNow();
        client.close();
    }

    private String serve(FakePlatform.Received request) {
        places.acquireUninterruptibly();
        try {
            Thread.sleep(SERVICE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
        return FakePlatform.response(200, "application/json", "[]");
    }

    @Test
    void twiceTheCapacityCostsNothingOfIt() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        OverloadFigures figures = run(SABOTAGE ? UNBOUND : Map.of(), SECONDS, new Random(seed));
        System.out.println("overload for " + SECONDS + " s: " + figures.told() + ", seed " + seed);
        assertThat(figures.hold()).as(figures.told()).isTrue();
    }

    @Test
    void withoutAnAdaptiveLimitItWould() throws Exception {
        OverloadFigures figures = run(UNBOUND, 5, new Random(1));
        System.out.println("overload without an adaptive limit: " + figures.told());
        assertThat(figures.hold()).as(figures.told()).isFalse();
    }

    private OverloadFigures run(Map<String, Object> settings, int seconds, Random random) throws Exception {
        try (FakePlatform platform = FakePlatform.counting(this::serve);
                FakePlatform empty = FakePlatform.counting(r -> FakePlatform.response(200, "application/json", "[]"))) {
            Map<String, Object> all = new HashMap<>(settings);
            all.put("wayleave.platforms.test.upstream.url", platform.url().toString());
            all.put("wayleave.platforms.test.upstream.timeout", "10s");
            try (RunningWayleave wayleave = RunningWayleave.with(folder, PetStore.YAML, all)) {
                List<HttpRequest> requests = IntStream.range(0, CALLERS)
                        .mapToObj(index -> request(wayleave, "user-" + index))
                        .toList();
                closed(requests, 5, 2);
                List<Answer> quiet = closed(requests, 5, 3);
                double peak =
                        Math.max(goodput(closed(requests, PLACES, 3), 3), goodput(closed(requests, 3 * PLACES, 4), 4));
                long unloaded = percentile(took(quiet, true), 99);
                assumeTrue(
                        peak >= 0.8 * CAPACITY && unloaded <= 1.2 * SERVICE_MS,
                        () -> "the machine is too busy to measure on: " + peak + "/s, " + unloaded + " ms");
                Control control = new Control(empty.url());
                Control liveness = new Control(wayleave.url.resolve("/health/liveness"));
                List<Thread> watch = Stream.of(control, liveness)
                        .map(Thread.ofVirtual()::start)
                        .toList();
                List<Answer> loaded = open(requests, 2 * CAPACITY, seconds, random);
                control.over = true;
                liveness.over = true;
                for (Thread thread : watch) {
                    thread.join();
                }
                assertThat(liveness.answers).allMatch(Answer::good);
                long recovery = recovery(requests, percentile(took(quiet, true), 50));
                return new OverloadFigures(
                        peak,
                        goodput(loaded, seconds),
                        unloaded,
                        percentile(took(loaded, true), 99),
                        percentile(took(loaded, false), 99),
                        recovery,
                        liveness.p99(),
                        control.p99(),
                        loaded.stream()
                                .collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting())));
            }
        }
    }

    private static HttpRequest request(RunningWayleave wayleave, String subject) {
        String token = wayleave.issuer.token(wayleave.url.toString(), "pets:read", claims -> claims.subject(subject));
        return HttpRequest.newBuilder(wayleave.url)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", "list_pets")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(CALL))
                .build();
    }

    private Answer send(HttpRequest request, long start) {
        long began = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            long now = System.nanoTime();
            int status = response.body().contains("\"isError\":true") ? 500 : response.statusCode();
            return new Answer((now - start) / 1_000_000, (now - began) / 1_000_000, status);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** So many callers who wait for their answers. */
    private List<Answer> closed(List<HttpRequest> requests, int atATime, int seconds) throws Exception {
        ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < atATime; i++) {
            HttpRequest request = requests.get(i % CALLERS);
            all.add(Thread.ofVirtual().start(() -> {
                while (System.nanoTime() - start < Duration.ofSeconds(seconds).toNanos()) {
                    answers.add(send(request, start));
                }
            }));
        }
        for (Thread thread : all) {
            thread.join();
        }
        return List.copyOf(answers);
    }

    /** So many calls a second, whatever becomes of them. */
    private List<Answer> open(List<HttpRequest> requests, double perSecond, int seconds, Random random)
            throws Exception {
        ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        List<Thread> all = new ArrayList<>();
        double next = 0;
        while (next < seconds * 1e9) {
            TimeUnit.NANOSECONDS.sleep((long) next - (System.nanoTime() - start));
            HttpRequest request = requests.get(random.nextInt(CALLERS));
            all.add(Thread.ofVirtual().start(() -> answers.add(send(request, start))));
            next += -Math.log(1 - random.nextDouble()) / perSecond * 1e9;
        }
        for (Thread thread : all) {
            thread.join();
        }
        return List.copyOf(answers);
    }

    /** How long until a second goes by in which half the capacity is served as if nothing had been. */
    private long recovery(List<HttpRequest> requests, long usual) throws Exception {
        long start = System.nanoTime();
        for (int second = 0; second < 12; second++) {
            List<Answer> answers = closed(requests, PLACES / 2, 1);
            boolean well =
                    answers.stream().allMatch(Answer::good) && percentile(took(answers, true), 50) <= usual * 1.5;
            if (well) {
                return Math.max(0, (System.nanoTime() - start) / 1_000_000 - 1_000);
            }
        }
        return Long.MAX_VALUE;
    }

    /** Asks something that answers at once, by the same client and on the same machine, and notes how long that takes. */
    private final class Control implements Runnable {
        private final List<Answer> answers = new ArrayList<>();
        private final HttpRequest request;
        private volatile boolean over;

        Control(URI url) {
            this.request = HttpRequest.newBuilder(url).build();
        }

        @Override
        public void run() {
            try {
                while (!over) {
                    answers.add(send(request, 0));
                    Thread.sleep(10);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        long p99() {
            return percentile(took(answers, true), 99);
        }
    }
}
