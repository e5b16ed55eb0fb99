package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.TestClients;
import dev.wayleave.call.CuttingPlatform.Order;
import dev.wayleave.call.CuttingPlatform.Place;
import dev.wayleave.upstream.Hints;
import dev.wayleave.upstream.HttpUpstream;
import dev.wayleave.upstream.OriginUpstream;
import dev.wayleave.upstream.PlatformAddress;
import dev.wayleave.upstream.Upstream;
import dev.wayleave.upstream.UpstreamRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What may change something is done once at most, wherever the connection is cut: 4,000 calls, or 100,000 under the
 * guarantees. {@code -Dsabotage=true} has writes repeated as reads are, and this fails.
 */
class SentOnceTest {
    private static final boolean SABOTAGE = Boolean.getBoolean("sabotage");
    private static final int CALLS = Boolean.getBoolean("guarantees") ? 100_000 : 4_000;
    private static final int WORKERS = 4;
    private static final int LONGEST_REQUEST = 330;
    private static final int LONGEST_ANSWER = 110;
    private static final List<Place> FAULTS = List.of(Place.REQUEST, Place.ANSWER, Place.POOL, Place.UNAVAILABLE);
    private static final String[] TOOLS = {"post_op", "put_op", "patch_op", "delete_op"};
    private static final String OPENAPI = """
            openapi: 3.1.0
            info: {title: Ops, version: "1"}
            paths:
              /ops/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                post: {operationId: postOp, requestBody: &body {content: {application/json: {schema: {type: object,
                  properties: {text: {type: string}}}}}}, responses: &ok {"200": {description: ok}}}
                put: {operationId: putOp, requestBody: *body, responses: *ok}
                patch: {operationId: patchOp, requestBody: *body, responses: *ok}
                delete: {operationId: deleteOp, responses: *ok}
            """;

    /** What one worker has seen. */
    private static final class Seen {
        private int calls;
        private int repeated;
        private int begunTwice;
        private int untrue;
        private int stale;
        private final Map<Place, Integer> acknowledged = new EnumMap<>(Place.class);
        private final Set<Integer> cuts = new HashSet<>();
        private final List<String> examples = new ArrayList<>();
    }

    @Test
    void nothingThatMayChangeSomethingIsDoneTwice() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        List<Seen> all = run(CALLS, seed, SABOTAGE);
        int calls = all.stream().mapToInt(seen -> seen.calls).sum();
        int repeated = all.stream().mapToInt(seen -> seen.repeated).sum();
        int begun = all.stream().mapToInt(seen -> seen.begunTwice).sum();
        int untrue = all.stream().mapToInt(seen -> seen.untrue).sum();
        System.out.println("sent once: " + repeated + " done twice, " + begun + " begun twice, " + untrue
                + " told untruly of " + calls + " calls, "
                + all.stream().mapToInt(seen -> seen.stale).sum()
                + " of them on connections that ended in the pool, seed " + seed);
        assertThat(calls).isGreaterThanOrEqualTo(CALLS);
        Set<Integer> cuts = new HashSet<>();
        all.forEach(seen -> cuts.addAll(seen.cuts));
        assertThat(cuts).as("bytes of a request after which it was cut").hasSize(LONGEST_REQUEST);
        assertThat(all).allSatisfy(seen -> {
            assertThat(seen.examples).as("seed " + seed).isEmpty();
            assertThat(seen.acknowledged).containsKeys(Place.NOWHERE, Place.POOL);
        });
    }

    @Test
    void thisWouldShowIt() throws Exception {
        List<Seen> all = run(400, 1, true);
        assertThat(all.stream().mapToInt(seen -> seen.repeated).sum()).isPositive();
        assertThat(all.stream().mapToInt(seen -> seen.begunTwice).sum()).isPositive();
    }

    private static List<Seen> run(int calls, long seed, boolean sabotage) throws Exception {
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
            List<Future<Seen>> pending = new ArrayList<>();
            for (int w = 0; w < WORKERS; w++) {
                Random random = new Random(seed + w);
                int first = w;
                pending.add(workers.submit(() -> work(calls / WORKERS, first, random, sabotage)));
            }
            List<Seen> all = new ArrayList<>();
            for (Future<Seen> one : pending) {
                all.add(one.get());
            }
            return all;
        }
    }

    private static Seen work(int calls, int worker, Random random, boolean sabotage) {
        Seen seen = new Seen();
        try (CuttingPlatform platform = new CuttingPlatform();
                Upstream upstream = stack(platform);
                Mounted api = Mounted.over(OPENAPI, sabotage ? repeating(upstream) : upstream)) {
            for (int i = 0; i < calls; i++) {
                // two that go well after each that does not, so that the breaker never opens
                Order order = i % 3 == 0
                        ? order(i / 3, worker, random)
                        : new Order(Place.NOWHERE, 0, false, random.nextBoolean());
                if (order.place() == Place.REQUEST) {
                    seen.cuts.add(order.after());
                }
                judge(seen, platform, api, worker + "-" + i, order, random);
            }
        }
        return seen;
    }

    /** Every place within requests and answers comes in its turn; the workers share them out. */
    private static Order order(int number, int worker, Random random) {
        Place place = FAULTS.get(number % FAULTS.size());
        int turn = number / FAULTS.size() * WORKERS + worker;
        int after = switch (place) {
            case REQUEST -> turn % LONGEST_REQUEST;
            case ANSWER -> turn % LONGEST_ANSWER;
            case POOL -> random.nextInt(10) * random.nextInt(100);
            case NOWHERE, UNAVAILABLE -> 0;
        };
        return new Order(place, after, random.nextBoolean(), random.nextBoolean());
    }

    private static void judge(Seen seen, CuttingPlatform platform, Mounted api, String id, Order order, Random random) {
        platform.next(order);
        String tool = TOOLS[random.nextInt(TOOLS.length)];
        ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("id", id);
        if (!tool.equals("delete_op")) {
            arguments.put("text", "x".repeat(random.nextInt(60)));
        }
        ToolResult result = api.call(tool, arguments);
        int done = platform.done(id);
        boolean acknowledged = result instanceof ToolResult.Answer;
        boolean denied =
                result instanceof ToolResult.UpstreamError error && error.text().contains("Nothing was sent");
        boolean untrue = (acknowledged && done != 1) || (denied && done > 0);
        seen.calls++;
        seen.stale += order.place() == Place.NOWHERE && !acknowledged ? 1 : 0;
        seen.repeated += done > 1 ? 1 : 0;
        seen.begunTwice += platform.begun() > 1 ? 1 : 0;
        seen.untrue += untrue ? 1 : 0;
        if (acknowledged) {
            seen.acknowledged.merge(order.place(), 1, Integer::sum);
        }
        if ((done > 1 || platform.begun() > 1 || untrue || result instanceof ToolResult.InvalidArguments)
                && seen.examples.size() < 5) {
            seen.examples.add(
                    tool + " " + id + " " + order + ": " + done + " done, " + platform.begun() + " begun, " + result);
        }
    }

    private static Upstream stack(CuttingPlatform platform) {
        InstantSource clock = InstantSource.system();
        Upstream http = new HttpUpstream(
                new PlatformAddress(platform.url()),
                "Authorization",
                new HttpUpstream.Terms(Duration.ofSeconds(2), Duration.ofMinutes(1), 65_536),
                TestClients.CLIENTS,
                clock);
        return new OriginUpstream(http, Hints.NONE, new Random(1), clock);
    }

    /** The sabotage: takes everything for something that only reads. */
    private static Upstream repeating(Upstream upstream) {
        return request -> upstream.send(new UpstreamRequest(
                request.method(),
                request.target(),
                request.headers(),
                request.body(),
                request.credential(),
                true,
                request.deadline(),
                request.trail()));
    }
}
