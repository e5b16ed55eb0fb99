package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.VerifierHealth;
import dev.wayleave.platform.Platform;
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

    Management(Endpoints endpoints, PrometheusMeterRegistry registry) {
        this.endpoints = endpoints;
        this.registry = registry;
        this.upstreams = MultiGauge.builder("wayleave.upstream.failing").register(registry);
        this.verifiers = MultiGauge.builder("wayleave.callers.health").register(registry);
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
    }

    private <T> void gauge(String name, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).strongReference(true).register(registry);
    }
}
