package dev.wayleave.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Says other words in the test platform's description and overlay, as its owner would, while they are served. */
final class ConformanceChanges implements HttpHandler {
    private final @Nullable Path folder;
    private int changes;

    /** @param folder where both are; none where they must stay as they are */
    ConformanceChanges(@Nullable Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized void handle(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        try (exchange) {
            if (folder == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                changes++;
                switch (exchange.getRequestURI().getPath()) {
                    case "/changes/tools" -> say(folder.resolve("openapi.yaml"), "summary: Tells a text");
                    case "/changes/prompts" -> say(folder.resolve("overlay.yaml"), "A prompt without arguments");
                    default -> throw new IOException("there is nothing else to change");
                }
                exchange.sendResponseHeaders(204, -1);
            }
        }
    }

    /** The words, and how often something changed; the whole file takes the place of the old one at once. */
    private void say(Path file, String words) throws IOException {
        String changed = Files.readString(file).replaceFirst(words + "[^\n]*", words + " " + changes);
        Path fresh = Files.createTempFile(file.getParent(), "fresh", ".yaml");
        Files.writeString(fresh, changed);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
