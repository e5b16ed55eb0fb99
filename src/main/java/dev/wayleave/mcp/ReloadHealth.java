package dev.wayleave.mcp;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Whether what is configured is what is served. Where it cannot be, what was served before still is: degraded, and not down. */
@Singleton
class ReloadHealth implements HealthIndicator {
    private final Endpoints endpoints;

    ReloadHealth(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(
                HealthResult.builder("reload", endpoints.isOutdated() ? CallersHealth.DEGRADED : HealthStatus.UP)
                        .build());
    }
}
