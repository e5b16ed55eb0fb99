package dev.wayleave;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** The validator that most agents have. It wants Node, and a package that is put into {@code target/} once. */
public final class Ajv {
    private static final Path PACKAGES = Path.of("target", "ajv");
    private static final String SCRIPT = """
            const Ajv = require("ajv/dist/2020");
            const ajv = new Ajv({strict: true, strictTypes: false, strictTuples: false, strictRequired: false, allowUnionTypes: true,
              validateFormats: false, validateSchema: true, unicodeRegExp: true, logger: false});
            ajv.addKeyword("x-mcp");
            ajv.addKeyword("$anchor"); // it resolves anchors, and yet calls them unknown where it is strict
            const lines = require("fs").readFileSync(process.argv[2], "utf8").split("\\n").filter(line => line);
            for (const line of lines) {
              try { ajv.compile(JSON.parse(line))({}); } catch (wrong) { console.log(wrong.message + " in " + line.slice(0, 2000)); }
            }
            """;

    private Ajv() {}

    /** What it says of those that it refuses; empty for none. Skips the test where it cannot be had. */
    public static String complaints(Collection<JsonNode> schemas) throws IOException, InterruptedException {
        assumeTrue(works(Path.of("."), "node", "--version"), "no Node here; nothing tried with Ajv");
        Files.createDirectories(PACKAGES);
        boolean there = Files.exists(PACKAGES.resolve("node_modules/ajv"))
                || works(
                        PACKAGES,
                        "npm",
                        "install",
                        "--no-save",
                        "--no-audit",
                        "--no-fund",
                        "--prefix",
                        ".",
                        "ajv@8.17.1");
        assumeTrue(there, "the package ajv cannot be had; nothing tried with Ajv");
        Files.writeString(PACKAGES.resolve("check.js"), SCRIPT);
        Files.write(
                PACKAGES.resolve("schemas.jsonl"),
                schemas.stream().map(JsonNode::toString).toList());
        return output(PACKAGES, "node", "check.js", "schemas.jsonl");
    }

    private static boolean works(Path folder, String... command) throws InterruptedException {
        try {
            output(folder, command);
            return true;
        } catch (IOException absent) {
            return false;
        }
    }

    private static String output(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(output);
        }
        return output;
    }
}
