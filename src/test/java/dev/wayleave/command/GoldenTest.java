package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code tools} makes of a few documents, written down so that a change of it shows in review. */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    @ParameterizedTest
    @CsvSource({
        "src/test/resources/golden/shop.openapi.yaml,json,shop.tools.json",
        "src/test/resources/golden/names.openapi.json,json,names.tools.json",
        "openapi/sandbox/openapi.yaml,json,sandbox.tools.json",
        "openapi/sandbox/openapi.yaml,markdown,sandbox.tools.md",
        "../shared/platforms/turso-vendor.openapi.json,table,turso.tools.txt",
    })
    void theToolsAreThoseThatWereReviewed(Path document, String format, String file) throws IOException {
        assumeTrue(Files.exists(document), () -> document + " is not there; nothing to compare");
        String tools = Run.of("tools", "--openapi", document.toString(), "--format", format)
                .out();
        Path golden = GOLDEN.resolve(file);
        if (Boolean.getBoolean("golden.renew")) {
            Files.writeString(golden, tools);
        }

        assertThat(golden)
                .as("renew with: mvn test -Dtest=GoldenTest -Dgolden.renew=true")
                .exists();
        assertThat(tools)
                .as("%s; if it should change, renew it with: mvn test -Dtest=GoldenTest -Dgolden.renew=true", golden)
                .isEqualTo(Files.readString(golden));
    }

    @Test
    void twoRunsPrintTheSameBytes(@TempDir Path folder) {
        List<String> printed = new ArrayList<>();
        for (String run : List.of("one", "two")) {
            Path document = GOLDEN.resolveSibling("openapi")
                    .resolve("definitions-3.1.json")
                    .toAbsolutePath();
            try (WayleaveProcess process = WayleaveProcess.start(
                    folder, Map.of(), List.of(), "tools", "--openapi", document.toString(), "--format", "json")) {
                assertThat(process.exitCode()).as("%s: %s", run, process.err()).isZero();
                printed.add(process.out());
            }
        }
        assertThat(printed.getFirst()).contains("$defs").isEqualTo(printed.getLast());
    }
}
