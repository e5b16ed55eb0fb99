package dev.wayleave.command;

import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.mcp.EnvironmentSettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySourceLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The configuration as {@code serve} would read it, without serving anything. */
final class ConfigurationFiles {
    private ConfigurationFiles() {}

    /**
     * Hands over what stands below {@code wayleave}.
     *
     * @param files that win over those of {@code MICRONAUT_CONFIG_FILES}, a later one over an earlier one
     * @throws InvalidConfiguration where one of them cannot be read
     */
    static <T> T read(List<Path> files, Function<Settings, T> reader) {
        try (ApplicationContext context = Server.context()) {
            Environment environment = start(context);
            int order = 0;
            for (Path file : files) {
                environment.addPropertySource(PropertySource.of(file.toString(), load(environment, file), order++));
            }
            return reader.apply(EnvironmentSettings.read(environment));
        }
    }

    private static Environment start(ApplicationContext context) {
        try {
            return context.getEnvironment().start();
        } catch (RuntimeException e) {
            throw Server.plain(e);
        }
    }

    private static Map<String, Object> load(Environment environment, Path file) {
        String name = String.valueOf(file.getFileName());
        PropertySourceLoader loader = environment.getPropertySourceLoaders().stream()
                .filter(one -> one.getExtensions().contains(name.substring(name.lastIndexOf('.') + 1)))
                .findFirst()
                .orElseThrow(() -> new InvalidConfiguration(
                        "--config names a file that is not .yml, .yaml, .json or" + " .properties"));
        try (InputStream in = Files.newInputStream(file)) {
            return loader.read(name, in);
        } catch (IOException e) {
            throw new InvalidConfiguration("--config names a file that cannot be read: " + file);
        } catch (RuntimeException e) {
            throw new InvalidConfiguration(file + " cannot be understood: " + e.getMessage());
        }
    }
}
