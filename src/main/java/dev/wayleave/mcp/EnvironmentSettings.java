package dev.wayleave.mcp;

import dev.wayleave.config.ConfigurationTree;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands what Micronaut read to the strict reader: every source that has a file or a command line behind it, as it was
 * spelled there. Environment variables enter through {@code ${NAME}} in those.
 */
public final class EnvironmentSettings {
    private static final String ROOT = "wayleave";
    private static final String SERVER = "micronaut.server.";
    private static final String FILE = "file:";

    private EnvironmentSettings() {}

    public static Settings read(Environment environment) {
        ConfigurationTree tree = new ConfigurationTree(ROOT);
        for (PropertySource source : sources(environment)) {
            for (String key : source) {
                Object value = source.get(key);
                tree.add(key, value == null ? "" : value, source.getName());
            }
        }
        return tree.settings(new Placeholders(environment.getPlaceholderResolver())::in);
    }

    /**
     * Reads the files behind an environment anew; what came from elsewhere stays as it was.
     *
     * @throws InvalidConfiguration where what it says of the server itself has changed
     */
    static Environment again(Environment running) {
        Environment fresh = ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .build()
                .getEnvironment()
                .start();
        Set<String> known = new HashSet<>();
        fresh.getPropertySources().forEach(source -> known.add(source.getName()));
        for (PropertySource source : running.getPropertySources()) {
            if (!known.contains(source.getName())) {
                fresh.addPropertySource(source);
            }
        }
        Map<String, String> before = server(running);
        Map<String, String> now = server(fresh);
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(now.keySet());
        for (String key : keys) {
            if (!before.getOrDefault(key, "").equals(now.getOrDefault(key, ""))) {
                throw new InvalidConfiguration(key + " has changed, which takes a restart");
            }
        }
        return fresh;
    }

    /** The files behind an environment. */
    static Set<Path> files(Environment environment) {
        Set<Path> files = new LinkedHashSet<>();
        for (PropertySource source : environment.getPropertySources()) {
            String name = source.getName();
            try {
                Path file = Path.of(name.startsWith(FILE) ? name.substring(FILE.length()) : name);
                if (Files.isRegularFile(file)) {
                    files.add(file);
                }
            } catch (InvalidPathException e) {
                // it has no file
            }
        }
        return files;
    }

    /** As it is spelled, since what stands for it may be another each time. */
    private static Map<String, String> server(Environment environment) {
        Map<String, String> server = new HashMap<>();
        for (PropertySource source : sources(environment)) {
            for (String key : source) {
                if (key.startsWith(SERVER)) {
                    server.put(key, String.valueOf(source.get(key)));
                }
            }
        }
        return server;
    }

    /** Those that win last. */
    private static List<PropertySource> sources(Environment environment) {
        return environment.getPropertySources().stream()
                .sorted(Comparator.comparingInt(PropertySource::getOrder))
                .toList();
    }
}
