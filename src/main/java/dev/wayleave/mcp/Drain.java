package dev.wayleave.mcp;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.micronaut.runtime.graceful.GracefulShutdownConfiguration;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;

/**
 * When the server is told to stop: no call is begun any more, and those that last too long end while there is still time to
 * answer and to remember them. Micronaut waits for the connections. Meanwhile the server is down for those who ask whether
 * to send it more.
 */
@Singleton
@Requires(bean = GracefulShutdownConfiguration.class)
class Drain implements GracefulShutdownCapable, HealthIndicator {
    private static final Duration FOR_ANSWERS = Duration.ofSeconds(3);
    private final Endpoints endpoints;
    private final Duration patience;

    Drain(Endpoints endpoints, GracefulShutdownConfiguration configuration) {
        this.endpoints = endpoints;
        Duration all = configuration.getGracePeriod();
        Duration half = all.dividedBy(2);
        this.patience = half.compareTo(FOR_ANSWERS) < 0 ? half : all.minus(FOR_ANSWERS);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it runs where the server has not ended before
    public CompletionStage<?> shutdownGracefully() {
        endpoints.drain();
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(endpoints::letGo);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(
                HealthResult.builder("drain", endpoints.isDraining() ? HealthStatus.DOWN : HealthStatus.UP)
                        .build());
    }
}
