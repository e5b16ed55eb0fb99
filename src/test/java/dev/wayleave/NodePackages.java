package dev.wayleave;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder's files with the packages that its {@code package-lock.json} pins, installed below {@code target}. */
public final class NodePackages {
    private NodePackages() {}

    /** Whether there is a Node to run scripts with, and npm to install packages. */
    public static boolean available() throws InterruptedException {
        Path here = Path.of("");
        return runs(here, "node", "--version") && runs(here, "npm", "--version");
    }

    /** Whether they are there now: those that this lock already installed stay. */
    public static boolean install(Path sources, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        folder.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path installed = folder.resolve("installed-lock.json");
        Path lock = folder.resolve("package-lock.json");
        if (Files.exists(installed) && Files.mismatch(installed, lock) < 0) {
            return true;
        }
        if (!runs(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")) {
            return false;
        }
        Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private static boolean runs(Path folder, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(300, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
