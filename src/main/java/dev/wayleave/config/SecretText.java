package dev.wayleave.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What a key that holds a secret stands for: the text itself, or with {@code file:} the text of a file. */
final class SecretText {
    private static final String FILE = "file:";
    private static final int MAX_BYTES = 64 * 1024;

    private SecretText() {}

    /**
     * The secret, without the line end that editors put behind it.
     *
     * @throws IOException if there is no such file, or it is too large or not UTF-8
     */
    static String of(String value) throws IOException {
        if (!value.startsWith(FILE)) {
            return value;
        }
        try (InputStream in = Files.newInputStream(Path.of(value.substring(FILE.length())))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("too large");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replaceFirst("\\r?\\n\\z", "");
        } catch (InvalidPathException e) {
            throw new IOException("not a path", e);
        }
    }
}
