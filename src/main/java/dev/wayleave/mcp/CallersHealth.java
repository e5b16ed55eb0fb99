package dev.wayleave.mcp;

import dev.wayleave.caller.VerifierHealth;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/**
 * Whether callers can be told from strangers. Where that is in doubt the server is degraded, not down: what it cannot verify
 * it answers with 503 by itself, and its other platforms may be well.
 */
@Singleton
class CallersHealth implements HealthIndicator {
    /** Neither operational nor not: it ranks after UP and before DOWN, and is answered with 200. */
    static final HealthStatus DEGRADED = new HealthStatus("DEGRADED");

    private final Endpoints endpoints;

    CallersHealth(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        boolean well =
                endpoints.health().values().stream().allMatch(health -> health.compareTo(VerifierHealth.CURRENT) <= 0);
        return Publishers.just(HealthResult.builder("callers", well ? HealthStatus.UP : DEGRADED)
                .build());
    }
}
