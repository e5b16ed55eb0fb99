package dev.wayleave.command;

import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.mcp.Endpoints;
import dev.wayleave.sandbox.Sandbox;
import dev.wayleave.sandbox.SandboxOptions;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.micronaut.runtime.graceful.GracefulShutdownConfiguration;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.error.YAMLException;

/** A running Wayleave, and the sandbox beside it where there is one. */
final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final int SANDBOX_PORT = 8181;
    private static final String SANDBOX_SETTINGS = "/openapi/sandbox/wayleave.yml";
    private final ApplicationContext context;
    private final @Nullable Sandbox sandbox;
    private final String greeting;

    private Server(ApplicationContext context, @Nullable Sandbox sandbox, String greeting) {
        this.context = context;
        this.sandbox = sandbox;
        this.greeting = greeting;
    }

    /** Serves what the configuration says. */
    static Server configured() {
        ApplicationContext context = context();
        try {
            URI url = start(context);
            return new Server(context, null, "Wayleave " + Version.text() + " serves at " + url);
        } catch (RuntimeException e) {
            abandon(context, null);
            throw plain(e);
        }
    }

    /**
     * Serves the sandbox too.
     *
     * @param port the sandbox's; 0 for its usual one, or any where that is taken
     * @param data where the sandbox keeps its data
     */
    static Server withSandbox(int port, Path data) {
        ApplicationContext context = context();
        Sandbox sandbox = null;
        try {
            Environment environment = context.getEnvironment().start();
            String host = environment.getRequiredProperty("micronaut.server.host", String.class);
            int ownPort = environment.getRequiredProperty("micronaut.server.port", Integer.class);
            String local = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + ownPort;
            URI resource = URI.create(
                    environment.getProperty("wayleave.public-url", String.class).orElse(local) + "/mcp");
            sandbox = start(host, port, data, resource);
            environment.addPropertySource(PropertySource.of("--sandbox", settings(sandbox, data)));
            start(context);
            return new Server(context, sandbox, SandboxGreeting.of(resource, sandbox.issuer(), data));
        } catch (RuntimeException e) {
            abandon(context, sandbox);
            throw plain(e);
        } catch (IOException e) {
            abandon(context, sandbox);
            throw new InvalidConfiguration("the sandbox cannot use " + data + ": " + e.getMessage());
        }
    }

    /** What to tell whoever started it. */
    String greeting() {
        return greeting;
    }

    /** How long calls are given to end when it is closed; not at all where the configuration wants no grace. */
    Duration gracePeriod() {
        return context.findBean(GracefulShutdownConfiguration.class)
                .map(GracefulShutdownConfiguration::getGracePeriod)
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        close(context, sandbox);
    }

    private static void close(ApplicationContext context, @Nullable Sandbox sandbox) {
        context.close();
        if (sandbox != null) {
            sandbox.close();
        }
    }

    /** After a start that failed, when closing may fail for the same reason. */
    private static void abandon(ApplicationContext context, @Nullable Sandbox sandbox) {
        try {
            close(context, sandbox);
        } catch (RuntimeException e) {
            LOG.debug("closing after a failed start", e);
        }
    }

    static ApplicationContext context() {
        return ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .build();
    }

    /** The endpoints first, so that nothing is served where the configuration is wrong. */
    private static URI start(ApplicationContext context) {
        context.start();
        context.getBean(Endpoints.class);
        return context.getBean(EmbeddedServer.class).start().getURI();
    }

    private static Sandbox start(String host, int port, Path data, URI resource) throws IOException {
        try {
            return open(host, port == 0 ? SANDBOX_PORT : port, data, resource);
        } catch (BindException e) {
            if (port != 0) {
                throw new InvalidConfiguration("--sandbox-port " + port + " is taken by another process");
            }
            return open(host, 0, data, resource);
        }
    }

    private static Sandbox open(String host, int port, Path data, URI resource) throws IOException {
        try {
            return Sandbox.start(
                    new SandboxOptions(InetAddress.getByName(host), port, data, resource, Clock.systemUTC()));
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration("--sandbox with micronaut.server.host " + host + ": " + e.getMessage());
        }
    }

    private static Map<String, Object> settings(Sandbox sandbox, Path data) throws IOException {
        try (InputStream file = Server.class.getResourceAsStream(SANDBOX_SETTINGS)) {
            Map<String, Object> settings = new LinkedHashMap<>(
                    new YamlPropertySourceLoader().read(SANDBOX_SETTINGS, Objects.requireNonNull(file)));
            settings.put("SANDBOX_URL", sandbox.issuer().toString());
            settings.put("wayleave.audit.file", data.resolve("audit.jsonl").toString());
            return settings;
        }
    }

    /** The fault that the operator can mend, wherever it came up. */
    static RuntimeException plain(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidConfiguration invalid) {
                return invalid;
            }
            if (cause instanceof BindException) {
                return new InvalidConfiguration("micronaut.server.port is taken by another process; choose another with"
                        + " MICRONAUT_SERVER_PORT");
            }
            if (cause instanceof YAMLException yaml) {
                return new InvalidConfiguration("a configuration file (MICRONAUT_CONFIG_FILES="
                        + System.getenv("MICRONAUT_CONFIG_FILES") + ") is not YAML: " + yaml.getMessage());
            }
        }
        return new InvalidConfiguration(innermost(failure));
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
