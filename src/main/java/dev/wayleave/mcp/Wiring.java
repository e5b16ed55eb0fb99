package dev.wayleave.mcp;

import dev.wayleave.audit.AuditLog;
import dev.wayleave.config.Settings;
import dev.wayleave.platform.Kept;
import dev.wayleave.platform.ServerSettings;
import dev.wayleave.upstream.PlatformClients;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Makes the endpoints of the configuration, or says what is wrong with it. */
@Factory
class Wiring {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Singleton
    @Bean(preDestroy = "close")
    PrometheusMeterRegistry metrics() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Singleton
    @Bean(preDestroy = "close")
    Endpoints endpoints(
            Environment environment,
            PlatformClients clients,
            PrometheusMeterRegistry metrics,
            @Property(name = "micronaut.server.host") String host,
            @Property(name = "micronaut.server.port") int port,
            @Property(name = "micronaut.application.version") String version) {
        Clock clock = Clock.systemUTC();
        Settings root = EnvironmentSettings.read(environment);
        ServerSettings server = ServerSettings.read(root, host, port);
        AuditLog audit = server.audit().open(RANDOM, clock);
        try {
            return new Endpoints(
                    root,
                    server,
                    new Mounting(
                            clients,
                            metrics,
                            audit,
                            new Kept(),
                            version,
                            () -> UUID.randomUUID().toString(),
                            clock));
        } catch (RuntimeException e) {
            audit.close();
            throw e;
        }
    }
}
