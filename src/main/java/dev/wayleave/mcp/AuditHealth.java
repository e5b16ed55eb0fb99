package dev.wayleave.mcp;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Whether calls can be remembered. Where they cannot, lists are still served, so the server is degraded and not down. */
@Singleton
class AuditHealth implements HealthIndicator {
    private final Endpoints endpoints;

    AuditHealth(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(
                HealthResult.builder("audit", endpoints.remembers() ? HealthStatus.UP : CallersHealth.DEGRADED)
                        .build());
    }
}
