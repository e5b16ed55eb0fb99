package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The validator that most agents have. It wants Node, and a package that is put into {@code target/} once. */
class AjvTest {
    private static final Path PACKAGES = Path.of("target", "ajv");
    private static final String SCRIPT = """
            const Ajv = require("ajv/dist/2020");
            const ajv = new Ajv({strict: true, strictTypes: false, strictTuples: false, strictRequired: false, allowUnionTypes: true,
              validateFormats: false, validateSchema: true, unicodeRegExp: true, logger: false});
            ajv.addKeyword("x-mcp");
            const lines = require("fs").readFileSync(process.argv[2], "utf8").split("\\n").filter(line => line);
            for (const line of lines) {
              try { ajv.compile(JSON.parse(line))({}); } catch (wrong) { console.log(wrong.message + " in " + line.slice(0, 2000)); }
            }
            """;

    @Test
    void acceptsEverySchema() throws Exception {
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
        List<String> lines = new ArrayList<>();
        for (String name : List.of("pets-2.0.yaml", "pets-3.0.yaml", "pets-3.1.json", "pets-3.2.yaml")) {
            Validity.schemasOf(Resources.read(name)).forEach(schema -> lines.add(schema.toString()));
        }
        for (JsonNode schema : SchemaConversionTest.converted()) {
            lines.add(schema.toString());
        }
        Files.write(PACKAGES.resolve("schemas.jsonl"), lines);
        assertThat(output(PACKAGES, "node", "check.js", "schemas.jsonl")).isEmpty();
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
