package dev.wayleave.mcp;

import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.platform.Platforms;
import io.micronaut.context.env.Environment;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Takes up a changed configuration, or changed descriptions, while calls go on: at SIGHUP, and where files are watched when one
 * of them changes. What cannot be served is told, and what was served before still is.
 */
@Singleton
class Reload implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
    private final Endpoints endpoints;
    private final Environment environment;
    private Set<Path> named = Set.of();
    private @Nullable Thread watch;

    Reload(Endpoints endpoints, Environment environment) {
        this.endpoints = endpoints;
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent started) {
        if (!endpoints.reload().on()) {
            return;
        }
        if (!Signals.handle("HUP", this::now)) {
            LOG.info("this system knows no SIGHUP");
        }
        Duration every = endpoints.reload().every();
        if (every.isPositive()) {
            FileWatch files = new FileWatch(this::files, every, this::now);
            watch = Thread.ofVirtual().name("reload").start(files);
        }
    }

    @PreDestroy
    void stop() {
        if (watch != null) {
            watch.interrupt();
        }
    }

    /** Those of the configuration, and those that it names or that are read with them. */
    private synchronized Set<Path> files() {
        Set<Path> files = new LinkedHashSet<>(EnvironmentSettings.files(environment));
        files.addAll(endpoints.files());
        files.addAll(named);
        return files;
    }

    /** Reads everything anew. */
    synchronized void now() {
        if (endpoints.isDraining()) {
            return;
        }
        try {
            Environment fresh = EnvironmentSettings.again(environment);
            Settings settings = EnvironmentSettings.read(fresh);
            named = Platforms.files(settings);
            endpoints.remount(
                    settings,
                    fresh.getRequiredProperty("micronaut.server.host", String.class),
                    fresh.getRequiredProperty("micronaut.server.port", Integer.class));
            LOG.info("reloaded: {}", String.join(", ", endpoints.paths()));
        } catch (RuntimeException e) {
            tell(e, what -> LOG.warn("not reloaded, and what was served before still is: {}", what));
            endpoints.keepOld();
        }
    }

    /** What the operator can mend, in one line and without what stands in the file. */
    private static void tell(RuntimeException failure, Consumer<String> log) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidConfiguration invalid) {
                log.accept(String.valueOf(invalid.getMessage()));
                return;
            }
            if (cause instanceof MarkedYAMLException yaml) {
                int line = yaml.getProblemMark() == null
                        ? 0
                        : yaml.getProblemMark().getLine() + 1;
                log.accept("a configuration file is not YAML, at line " + line);
                return;
            }
        }
        log.accept("the configuration cannot be read");
        LOG.debug("not reloaded", failure);
    }
}
