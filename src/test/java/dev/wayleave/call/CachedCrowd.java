package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.policy.AccessRules;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Catalog;
import dev.wayleave.upstream.CacheFigures;
import dev.wayleave.upstream.CacheUse;
import dev.wayleave.upstream.Credentials;
import dev.wayleave.upstream.Origins;
import dev.wayleave.upstream.ReadCache;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A thousand callers who read and write the same through the flow of calls, while tokens are renewed, time passes, answers
 * are evicted, platforms are rebuilt and calls are cancelled. Each answer says whose token it is for, and what was written.
 */
final class CachedCrowd {
    static final int TENANTS = 20;
    private static final int CALLERS = 1000;
    private static final int HOT = 20;
    private static final int TABLES = 8;
    private static final int WORKERS = 8;
    private static final String API = """
            openapi: 3.1.0
            info: {title: Crowd, version: "1"}
            paths:
              /t:
                get: {operationId: list, x-mcp: {cache: {ttl: 60s}}, responses: {"200": {description: ok}}}
              /t/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                get: {operationId: get, x-mcp: {cache: {ttl: 60s}}, responses: {"200": {description: ok}}}
                put: {operationId: set, responses: {"200": {description: ok}}}
              /t/{id}/fields:
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                get: {operationId: fields, x-mcp: {cache: {ttl: 60s}}, responses: {"200": {description: ok}}}
                post: {operationId: search, x-mcp: {safe: true, cache: {ttl: 60s}}, responses: {"200": {description: ok}}}
              /shared/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                get: {operationId: shared, x-mcp: {cache: {ttl: 60s}}, responses: {"200": {description: ok}}}
            """;
    private static final List<String> READS =
            List.of("get", "get", "get", "get", "get", "list", "fields", "search", "shared", "shared");

    /** Makes the cache that is under test. */
    interface Maker {
        ReadCache make(boolean share, AtomicLong time);
    }

    /** What the platform has heard of a table of a tenant; written before a change is answered. */
    final Map<String, AtomicLong> versions = new ConcurrentHashMap<>();

    final LongAdder wrong = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder reloads = new LongAdder();
    final LongAdder evicted = new LongAdder();
    final Map<CacheUse, LongAdder> uses = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> promised = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<Caller> callers = new AtomicReferenceArray<>(CALLERS);
    private final AtomicLong time = new AtomicLong();
    private volatile @Nullable Flow flow;
    private final ReentrantReadWriteLock swapping = new ReentrantReadWriteLock();
    private final Catalog catalog;
    private final Maker maker;

    /** The flow of calls as it is built at present. */
    private record Flow(ForwardingCaller calls, ReadCache cache) {}

    CachedCrowd(Maker maker) throws DocumentException {
        this.maker = maker;
        this.catalog = Catalog.of(OpenApiReader.read("crowd.yaml", API.getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < CALLERS; i++) {
            callers.set(i, caller(i, 0));
        }
        reload(false);
    }

    static int tenant(int caller) {
        return caller % TENANTS;
    }

    /** The name of a caller in its token, such as {@code t-17-0}. */
    static int caller(String token) {
        return Integer.parseInt(token.split("-", -1)[1]);
    }

    static String fingerprint(BearerToken token) {
        return HexFormat.of().formatHex(token.digest(), 0, 12);
    }

    private static Caller caller(int number, int generation) {
        return new Caller(
                "https://issuer",
                "s" + number,
                "client",
                generation % 2 == 0 ? Set.of("a") : Set.of("a", "b"),
                Map.of("org", "o" + tenant(number)),
                Instant.MAX,
                BearerToken.of("t-" + number + "-" + generation));
    }

    private void reload(boolean share) {
        swapping.writeLock().lock();
        try {
            Flow old = flow;
            ReadCache cache = maker.make(share, time);
            Policy policy = new Policy(AccessRules.NONE);
            Means means = new Means(
                    policy,
                    new Sender(cache, Credentials.forward(), policy::needed, Map.of()),
                    Origins.NONE,
                    new Delivery(4096, URI.create("http://127.0.0.1"), Map.of(), List.of()),
                    Mounted.asking(),
                    new TaskIds(Mounted.seal(), "/mcp", InstantSource.system()),
                    () -> "b",
                    InstantSource.system());
            flow = new Flow(new ForwardingCaller(catalog.callable(), means), cache);
            if (old != null) {
                reloads.increment();
                count(old.cache().figures());
            }
        } finally {
            swapping.writeLock().unlock();
        }
    }

    private void count(CacheFigures figures) {
        evicted.add(figures.evicted());
        figures.reads()
                .forEach((use, sum) ->
                        uses.computeIfAbsent(use, first -> new LongAdder()).add(sum));
    }

    /** Makes so many calls; some of the threads that make them are interrupted now and then. */
    void run(long calls, long seed) throws InterruptedException {
        AtomicLong left = new AtomicLong(calls);
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            Random random = new Random(seed + i);
            workers.add(Thread.ofPlatform().start(() -> {
                while (left.decrementAndGet() >= 0) {
                    one(random);
                }
            }));
        }
        Random random = new Random(seed);
        while (workers.stream().anyMatch(Thread::isAlive)) {
            if (random.nextInt(4) == 0) {
                workers.get(random.nextInt(WORKERS)).interrupt();
            }
            time.addAndGet(Duration.ofMillis(random.nextInt(50)).toNanos());
            Thread.sleep(1);
            if (random.nextInt(1000) == 0) {
                reload(reloads.sum() % 2 == 0);
            }
        }
        count(Objects.requireNonNull(flow).cache().figures());
    }

    private void one(Random random) {
        int number = random.nextInt(2) == 0 ? random.nextInt(HOT) : random.nextInt(CALLERS);
        if (random.nextInt(2000) == 0) {
            callers.set(number, caller(number, random.nextInt(1_000_000)));
        }
        Caller caller = Objects.requireNonNull(callers.get(number));
        int table = random.nextInt(TABLES);
        String key = tenant(number) + "/" + table;
        if (random.nextInt(40) == 0) {
            swapping.readLock().lock();
            try {
                long before = version(versions, key).get();
                if (call(caller, "set", table) instanceof ToolResult.Answer) {
                    // whatever it was before, it is one more at least
                    version(promised, key).accumulateAndGet(before + 1, Math::max);
                }
            } finally {
                swapping.readLock().unlock();
            }
        } else {
            read(caller, READS.get(random.nextInt(READS.size())), table, key);
        }
        Thread.interrupted();
    }

    private void read(Caller caller, String tool, int table, String key) {
        long least = version(promised, key).get();
        if (!(call(caller, tool, table) instanceof ToolResult.Answer answer)) {
            failed.increment();
            return;
        }
        answered.increment();
        BearerToken token = Objects.requireNonNull(caller.token());
        String[] said = ((Content.Text) answer.content().getFirst()).text().split("\\|", -1);
        String who = tool.equals("shared") ? "o" + tenant(caller(token.in("X"))) : fingerprint(token);
        String where = tool.equals("list") ? "/t" : (tool.equals("shared") ? "/shared/" : "/t/") + table;
        if (!said[0].equals(who) || !said[1].startsWith(where)) {
            wrong.increment();
        } else if (!tool.equals("list") && !tool.equals("shared") && Long.parseLong(said[2]) < least) {
            stale.increment();
        }
    }

    private ToolResult call(Caller caller, String tool, int table) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        if (!tool.equals("list")) {
            arguments.put("id", String.valueOf(table));
        }
        Flow now = Objects.requireNonNull(flow);
        return now.calls()
                .call(new ToolCall("id", caller, tool, arguments, Instant.now().plusSeconds(10)))
                .result();
    }

    static AtomicLong version(Map<String, AtomicLong> versions, String key) {
        return versions.computeIfAbsent(key, first -> new AtomicLong());
    }

    /** What a platform answers: status, headers and text. */
    record Said(int status, Map<String, String> headers, String text) {}

    /**
     * A platform that stamps its answers.
     *
     * @param token as it came
     * @param condition of {@code If-None-Match}; empty for none
     */
    Said answer(String method, String target, BearerToken token, String condition) {
        int tenant = tenant(caller(token.in("X")));
        String[] path = target.split("/", -1);
        AtomicLong version = version(versions, tenant + "/" + (path.length > 2 ? path[2] : ""));
        if (method.equals("PUT")) {
            version.incrementAndGet();
            return new Said(200, Map.of("content-type", "text/plain"), "done");
        }
        boolean shared = path[1].equals("shared");
        String who = shared ? "o" + tenant : fingerprint(token);
        String text = who + "|" + target + "|" + version.get();
        String etag = "\"" + text.replace('|', '.') + "\"";
        Map<String, String> headers = shared
                ? Map.of("content-type", "text/plain", "etag", etag)
                : Map.of("content-type", "text/plain", "etag", etag, "cache-control", "max-age=5");
        return condition.equals(etag) ? new Said(304, headers, "") : new Said(200, headers, text);
    }
}
