package dev.wayleave.platform;

import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.openapi.ApiDescription;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.openapi.Overlay;
import dev.wayleave.openapi.ReadOptions;
import dev.wayleave.workflow.WorkflowDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Opens what the configuration names: a file, or with {@code classpath:} a resource of this program. */
final class DescriptionFiles {
    private static final String CLASSPATH = "classpath:";

    private DescriptionFiles() {}

    static ApiDescription description(Settings settings, String key, String location, ReadOptions options)
            throws DocumentException {
        return location.startsWith(CLASSPATH)
                ? OpenApiReader.read(location, resource(settings, key, location), options)
                : OpenApiReader.read(Path.of(location), options);
    }

    static Overlay overlay(Settings settings, String key, String location) throws DocumentException {
        return location.startsWith(CLASSPATH)
                ? Overlay.read(location, resource(settings, key, location))
                : Overlay.read(Path.of(location));
    }

    static WorkflowDocument workflows(Settings settings, String key, String location) throws DocumentException {
        return location.startsWith(CLASSPATH)
                ? WorkflowDocument.read(location, resource(settings, key, location))
                : WorkflowDocument.read(Path.of(location));
    }

    private static byte[] resource(Settings settings, String key, String location) {
        try (InputStream in =
                DescriptionFiles.class.getResourceAsStream("/" + location.substring(CLASSPATH.length()))) {
            if (in == null) {
                throw new InvalidConfiguration(
                        settings.path(key) + " (" + settings.file(key) + "): there is no " + location);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
