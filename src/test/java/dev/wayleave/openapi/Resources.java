package dev.wayleave.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The documents under {@code openapi/} in the test resources. */
final class Resources {
    private Resources() {}

    static byte[] bytes(String name) {
        try (InputStream in = Objects.requireNonNull(Resources.class.getResourceAsStream("/openapi/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }

    static ApiDescription read(String name) throws DocumentException {
        return OpenApiReader.read(name, bytes(name));
    }
}
