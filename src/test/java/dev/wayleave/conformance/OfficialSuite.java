package dev.wayleave.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.NodePackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The official conformance suite, pinned by {@code src/test/conformance/package-lock.json} and run by a Node of its own. */
public final class OfficialSuite {
    /** The test platform's description, overlay, workflows and configuration, and what pins the suite. */
    public static final Path SOURCES = Path.of("src", "test", "conformance");

    private static final Path FOLDER = Path.of("target", "conformance-suite").toAbsolutePath();
    private static final Path RESULTS = Path.of("target", "conformance").toAbsolutePath();
    private static final Path PACKAGE = FOLDER.resolve(Path.of("node_modules", "@modelcontextprotocol", "conformance"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private OfficialSuite() {}

    /** Installs it; whoever asks for it is told where that cannot be. */
    public static void install() throws IOException, InterruptedException {
        if (!NodePackages.available()) {
            throw new AssertionError("the conformance suite needs Node and npm, which are not here");
        }
        if (!NodePackages.install(SOURCES, FOLDER)) {
            throw new AssertionError("npm cannot install the conformance suite here");
        }
    }

    /** Runs what a revision requires; its own output stays in {@code target/conformance}, by revision. */
    public static List<Scenario> run(String revision, URI url) throws IOException, InterruptedException {
        Path results = RESULTS.resolve(revision);
        clear(results);
        Path own = FOLDER.resolve(Path.of("node_modules", ".bin", "node"));
        Process process = new ProcessBuilder(
                        Files.isExecutable(own) ? own.toString() : "node",
                        PACKAGE.resolve(Path.of("dist", "index.js")).toString(),
                        "server",
                        "--url",
                        url.toString(),
                        "--requirements",
                        revision,
                        "-o",
                        results.toString())
                .redirectErrorStream(true)
                .redirectOutput(RESULTS.resolve(revision + ".txt").toFile())
                .start();
        if (!process.waitFor(110, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the conformance suite does not end");
        }
        return read(revision, results);
    }

    /** The scenarios that are known to fail. */
    public static List<String> expectedFailures() throws IOException {
        return texts(yaml(SOURCES.resolve("expected-failures.yml")).get("server"));
    }

    private static List<Scenario> read(String revision, Path results) throws IOException {
        Map<?, ?> required = yaml(PACKAGE.resolve(Path.of("requirements", revision + ".yaml")));
        List<Scenario> scenarios = new ArrayList<>();
        for (String name : texts(required.get("server"))) {
            scenarios.add(new Scenario(name, true, checks(results, name)));
        }
        for (Object other : (List<?>) required.get("not_scored")) {
            Map<?, ?> entry = (Map<?, ?>) other;
            if ("server".equals(entry.get("leg"))) {
                String name = String.valueOf(entry.get("scenario"));
                scenarios.add(new Scenario(name, false, checks(results, name)));
            }
        }
        return scenarios;
    }

    private static List<Scenario.Check> checks(Path results, String name) throws IOException {
        List<Scenario.Check> checks = new ArrayList<>();
        try (Stream<Path> folders = Files.list(results)) {
            List<Path> own = folders.filter(
                            folder -> folder.getFileName().toString().matches("server-" + name + "-\\d{4}-.*Z"))
                    .toList();
            for (Path folder : own) {
                for (JsonNode check :
                        JSON.readTree(folder.resolve("checks.json").toFile())) {
                    checks.add(new Scenario.Check(
                            check.path("id").asText(),
                            check.path("status").asText(),
                            check.path("errorMessage").asText()));
                }
            }
        }
        return checks;
    }

    private static Map<?, ?> yaml(Path file) throws IOException {
        return (Map<?, ?>) new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                old.sorted(Comparator.reverseOrder()).forEach(OfficialSuite::delete);
            }
        }
        Files.createDirectories(folder);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
