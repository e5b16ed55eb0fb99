package dev.wayleave.mcp;

import dev.wayleave.platform.Platform;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Whether a platform is left alone because it fails. The server is degraded then, and not down: others may be well. */
@Singleton
class UpstreamsHealth implements HealthIndicator {
    private final Endpoints endpoints;

    UpstreamsHealth(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        boolean failing = endpoints.platforms().stream().anyMatch(Platform::isFailing);
        return Publishers.just(HealthResult.builder("upstreams", failing ? CallersHealth.DEGRADED : HealthStatus.UP)
                .build());
    }
}
