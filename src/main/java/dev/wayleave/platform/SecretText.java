package dev.wayleave.platform;

import dev.wayleave.caller.ClientSecret;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads secrets: {@code file:} and a path, or the text itself, which is never told again. */
final class SecretText {
    private static final String FILE = "file:";
    private static final int MAX_BYTES = 8 * 1024;

    private SecretText() {}

    static ClientSecret read(Settings s, String key) {
        String text = s.required(key, "proves who asks; better as file:/path or ${NAME} than as it is");
        try {
            return ClientSecret.of(text.startsWith(FILE) ? content(Path.of(text.substring(FILE.length()))) : text);
        } catch (IOException | InvalidPathException e) {
            throw new InvalidConfiguration(s.path(key) + " (" + s.file(key) + ") names a file that cannot be read");
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(
                    s.path(key) + " (" + s.file(key) + ") is empty, has control characters, or is a placeholder");
        }
    }

    /** Without the end of the last line, which editors add. */
    private static String content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("too large");
            }
            return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        }
    }
}
