package dev.wayleave;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** The scripts of {@code src/test/clients}, with their packages installed where there is a Node. */
public final class NodeScripts {
    /** Where they are installed. */
    public static final Path FOLDER = Path.of("target", "clients").toAbsolutePath();

    private static final Path SOURCES = Path.of("src", "test", "clients");

    private NodeScripts() {}

    /** Installs them, or skips the tests with a line that says why. */
    public static void install() throws IOException, InterruptedException {
        assumeTrue(NodePackages.available(), "there is no Node here: no script is run");
        assumeTrue(
                NodePackages.install(SOURCES, FOLDER),
                "the scripts' packages cannot be installed here: no script is run");
    }
}
