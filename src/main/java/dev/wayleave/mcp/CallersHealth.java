package dev.wayleave.mcp;

import dev.wayleave.caller.VerifierHealth;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;

/**
 * Whether callers can be told from strangers. Where that is in doubt the server is degraded, not down: what it cannot verify
 * it answers with 503 by itself, and its other platforms may be well. It is down only where it never had a key to verify
 * anybody with, so that nobody is sent to an instance that began while its issuers were out of reach.
 */
@Singleton
class CallersHealth implements HealthIndicator, ApplicationEventListener<ServerStartupEvent> {
    /** Neither operational nor not: it ranks after UP and before DOWN, and is answered with 200. */
    static final HealthStatus DEGRADED = new HealthStatus("DEGRADED");

    private static final Duration FIRST = Duration.ofSeconds(2);
    private final Endpoints endpoints;
    private final AtomicBoolean preparing = new AtomicBoolean();

    CallersHealth(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** Nothing from the network is needed to start, but the first calls need not wait for it. */
    @Override
    public void onApplicationEvent(ServerStartupEvent started) {
        try {
            prepare().join(FIRST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Publisher<HealthResult> getResult() {
        Collection<VerifierHealth> all = endpoints.health().values();
        if (all.contains(VerifierHealth.KEYLESS)) {
            prepare();
        }
        return Publishers.just(HealthResult.builder("callers", status(all)).build());
    }

    private static HealthStatus status(Collection<VerifierHealth> all) {
        if (!all.isEmpty() && all.stream().allMatch(VerifierHealth.KEYLESS::equals)) {
            return HealthStatus.DOWN;
        }
        return all.stream().allMatch(health -> health.compareTo(VerifierHealth.CURRENT) <= 0)
                ? HealthStatus.UP
                : DEGRADED;
    }

    /** Aside, one at a time; how often the issuers are asked is for their keys to say. */
    private Thread prepare() {
        return Thread.ofVirtual().name("first-keys").start(() -> {
            if (preparing.compareAndSet(false, true)) {
                try {
                    endpoints
                            .platforms()
                            .forEach(platform -> platform.verifier().prepare());
                } finally {
                    preparing.set(false);
                }
            }
        });
    }
}
