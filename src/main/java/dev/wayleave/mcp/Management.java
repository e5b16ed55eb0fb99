package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.VerifierHealth;
import dev.wayleave.platform.Platform;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
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

    Management(Endpoints endpoints, PrometheusMeterRegistry registry) {
        this.endpoints = endpoints;
        this.registry = registry;
        if (endpoints.managementPort().isPresent()) {
            measure();
        }
    }

    /** In the text format of Prometheus. */
    byte[] metrics() {
        return registry.scrape().getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON object, the whole first. */
    byte[] health() {
        ObjectNode health = JsonNodeFactory.instance.objectNode();
        health.put("status", "UP");
        health.put("audit", endpoints.remembers() ? "UP" : "FAILING");
        ObjectNode platforms = health.putObject("platforms");
        boolean well = endpoints.remembers();
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
        for (Platform platform : endpoints.platforms()) {
            Gauge.builder("wayleave.upstream.failing", platform, one -> one.isFailing() ? 1 : 0)
                    .tag("platform", platform.name())
                    .strongReference(true)
                    .register(registry);
            for (VerifierHealth state : VerifierHealth.values()) {
                Gauge.builder(
                                "wayleave.callers.health",
                                platform,
                                one -> one.verifier().health() == state ? 1 : 0)
                        .tag("platform", platform.name())
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .strongReference(true)
                        .register(registry);
            }
        }
    }

    private <T> void gauge(String name, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).strongReference(true).register(registry);
    }
}
