package dev.wayleave.mcp;

import dev.wayleave.config.ConfigurationTree;
import dev.wayleave.config.Settings;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import java.util.Comparator;

/**
 * Hands what Micronaut read to the strict reader: every source that has a file or a command line behind it, as it was
 * spelled there. Environment variables enter through {@code ${NAME}} in those.
 */
public final class EnvironmentSettings {
    private static final String ROOT = "wayleave";

    private EnvironmentSettings() {}

    public static Settings read(Environment environment) {
        ConfigurationTree tree = new ConfigurationTree(ROOT);
        environment.getPropertySources().stream()
                .sorted(Comparator.comparingInt(PropertySource::getOrder))
                .forEach(source -> {
                    for (String key : source) {
                        Object value = source.get(key);
                        tree.add(key, value == null ? "" : value, source.getName());
                    }
                });
        return tree.settings(new Placeholders(environment.getPlaceholderResolver())::in);
    }
}
