package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.VerifierHealth;
import dev.wayleave.limit.Limits;
import dev.wayleave.platform.Platform;
import dev.wayleave.upstream.BodyRoom;
import dev.wayleave.upstream.CacheFigures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What operators are told on a port of its own: metrics, and which part of the whole is not well. Names of platforms and
 * tools are in it, and nothing of any caller.
 */
@Singleton
class Management {
    private final Endpoints endpoints;
    private final PrometheusMeterRegistry registry;
    private final MultiGauge upstreams;
    private final MultiGauge verifiers;
    private final MultiGauge places;
    private final MultiGauge shed;
    private final MultiGauge reads;
    private final MultiGauge cached;

    Management(Endpoints endpoints, PrometheusMeterRegistry registry) {
        this.endpoints = endpoints;
        this.registry = registry;
        this.upstreams = MultiGauge.builder("wayleave.upstream.failing").register(registry);
        this.verifiers = MultiGauge.builder("wayleave.callers.health").register(registry);
        this.places = MultiGauge.builder("wayleave.limits.places").register(registry);
        this.shed = MultiGauge.builder("wayleave.limits.refused").register(registry);
        this.reads = MultiGauge.builder("wayleave.cache.reads").register(registry);
        this.cached = MultiGauge.builder("wayleave.cache.bytes").register(registry);
        if (endpoints.managementPort().isPresent()) {
            measure();
        }
    }

    /** In the text format of Prometheus. */
    byte[] metrics() {
        measurePlatforms();
        return registry.scrape().getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON object, the whole first. */
    byte[] health() {
        ObjectNode health = JsonNodeFactory.instance.objectNode();
        health.put("status", "UP");
        health.put("audit", endpoints.remembers() ? "UP" : "FAILING");
        if (endpoints.reload().on()) {
            health.put("reload", endpoints.isOutdated() ? "FAILED" : "UP");
        }
        ObjectNode platforms = health.putObject("platforms");
        boolean well = endpoints.remembers() && !endpoints.isOutdated();
        for (Platform platform : endpoints.platforms()) {
            VerifierHealth callers = platform.verifier().health();
            platforms
                    .putObject(platform.name())
                    .put("callers", callers.name())
                    .put("upstream", platform.isFailing() ? "FAILING" : "UP");
            well &= callers.compareTo(VerifierHealth.CURRENT) <= 0 && !platform.isFailing();
        }
        health.put("status", endpoints.isDraining() ? "DRAINING" : well ? "UP" : "DEGRADED");
        return health.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What is asked for when it is told; counters and timers are where the things happen. */
    private void measure() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gauge("wayleave.audit.waiting", endpoints.audit(), audit -> audit.waiting());
        gauge("wayleave.audit.failing", endpoints.audit(), audit -> audit.isFailing() ? 1 : 0);
        bodies("requests", BodyRoom.REQUESTS);
        bodies("answers", BodyRoom.ANSWERS);
        gauge("wayleave.reload.failing", endpoints, all -> all.isOutdated() ? 1 : 0);
    }

    /** Of the platforms that there are now. */
    private void measurePlatforms() {
        List<MultiGauge.Row<?>> failing = new ArrayList<>();
        List<MultiGauge.Row<?>> callers = new ArrayList<>();
        for (Platform platform : endpoints.platforms()) {
            failing.add(MultiGauge.Row.of(Tags.of("platform", platform.name()), platform.isFailing() ? 1 : 0));
            VerifierHealth health = platform.verifier().health();
            for (VerifierHealth state : VerifierHealth.values()) {
                callers.add(MultiGauge.Row.of(
                        Tags.of(
                                "platform",
                                platform.name(),
                                "state",
                                state.name().toLowerCase(Locale.ROOT)),
                        health == state ? 1 : 0));
            }
        }
        upstreams.register(failing, true);
        verifiers.register(callers, true);
        measureLimits();
        measureCaches();
    }

    private void measureLimits() {
        List<MultiGauge.Row<?>> now = new ArrayList<>();
        List<MultiGauge.Row<?>> refused = new ArrayList<>();
        for (Platform platform : endpoints.platforms()) {
            Limits.Reading reading = platform.limits().reading();
            now.add(row(platform, "state", "limit", reading.limit()));
            now.add(row(platform, "state", "taken", reading.underWay()));
            now.add(row(platform, "state", "waiting", reading.waiting()));
            refused.add(row(platform, "why", "overloaded", reading.full()));
            refused.add(row(platform, "why", "over_share", reading.unfair()));
            refused.add(row(platform, "why", "rate_limited", reading.tooOften()));
        }
        places.register(now, true);
        shed.register(refused, true);
    }

    private void measureCaches() {
        List<MultiGauge.Row<?>> uses = new ArrayList<>();
        List<MultiGauge.Row<?>> bytes = new ArrayList<>();
        for (Platform platform : endpoints.platforms()) {
            CacheFigures figures = platform.reads().figures();
            figures.reads()
                    .forEach((use, times) ->
                            uses.add(row(platform, "use", use.name().toLowerCase(Locale.ROOT), times)));
            bytes.add(MultiGauge.Row.of(Tags.of("platform", platform.name()), figures.bytes()));
        }
        reads.register(uses, true);
        cached.register(bytes, true);
    }

    private static MultiGauge.Row<?> row(Platform platform, String label, String value, Number number) {
        return MultiGauge.Row.of(Tags.of("platform", platform.name(), label, value), number);
    }

    private void bodies(String kind, BodyRoom room) {
        Gauge.builder("wayleave.bodies.bytes", room, BodyRoom::taken)
                .tag("kind", kind)
                .register(registry);
    }

    private <T> void gauge(String name, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).strongReference(true).register(registry);
    }
}
