package dev.wayleave.mcp;

import dev.wayleave.audit.AuditLog;
import dev.wayleave.audit.JsonLines;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.platform.PlatformFactory;
import dev.wayleave.platform.Platforms;
import dev.wayleave.platform.ServerSettings;
import dev.wayleave.upstream.PlatformClients;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;

/** Makes the endpoints of the configuration, or says what is wrong with it. */
@Factory
class Wiring {
    @Singleton
    @Bean(preDestroy = "close")
    Endpoints endpoints(
            Environment environment,
            PlatformClients clients,
            @Property(name = "micronaut.server.host") String host,
            @Property(name = "micronaut.server.port") int port,
            @Property(name = "micronaut.application.version") String version) {
        Clock clock = Clock.systemUTC();
        return EnvironmentSettings.read(environment).read(root -> {
            ServerSettings server = ServerSettings.read(root, host, port);
            AuditLog audit = audit(root, server);
            Platforms platforms = Platforms.read(root, new PlatformFactory(server, audit, clients, clock));
            return new Endpoints(
                    platforms, server, version, () -> UUID.randomUUID().toString(), clock);
        });
    }

    private static AuditLog audit(Settings root, ServerSettings server) {
        if (server.auditFile().isEmpty()) {
            return JsonLines.stream(System.out);
        }
        Path file = server.auditFile().get();
        try {
            return JsonLines.file(file);
        } catch (IOException e) {
            throw new InvalidConfiguration(
                    root.path("audit.file") + " (" + root.file("audit") + ") cannot be written: " + file);
        }
    }
}
