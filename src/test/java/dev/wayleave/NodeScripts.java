package dev.wayleave;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The scripts of {@code src/test/clients}, with their packages installed where there is a Node. */
public final class NodeScripts {
    /** Where they are installed. */
    public static final Path FOLDER = Path.of("target", "clients").toAbsolutePath();

    private static final Path SOURCES = Path.of("src", "test", "clients");

    private NodeScripts() {}

    /** Installs them, or skips the tests with a line that says why. */
    public static void install() throws IOException, InterruptedException {
        assumeTrue(runs("node", "--version") && runs("npm", "--version"), "there is no Node here: no script is run");
        Files.createDirectories(FOLDER);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        FOLDER.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path installed = FOLDER.resolve("installed-lock.json");
        Path lock = FOLDER.resolve("package-lock.json");
        if (!Files.exists(installed) || Files.mismatch(installed, lock) >= 0) {
            assumeTrue(
                    runs("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
                    "the scripts' packages cannot be installed here: no script is run");
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Files.isDirectory(FOLDER) ? FOLDER.toFile() : null)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(300, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
