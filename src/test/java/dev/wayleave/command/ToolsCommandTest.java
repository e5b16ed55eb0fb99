package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolsCommandTest {
    private static final String SHOP = "src/test/resources/golden/shop.openapi.yaml";
    private static final String SANDBOX = "openapi/sandbox/openapi.yaml";
    private static final String TURSO = "../shared/platforms/turso-vendor.openapi.json";

    @Test
    void standardOutputIsExactlyTheArrayAndWarningsGoElsewhere() throws JsonProcessingException {
        Run run = Run.of("tools", "--openapi", SHOP, "--format", "json", "--client", "gemini");
        JsonNode tools = new ObjectMapper().readTree(run.out());

        assertThat(tools.isArray()).isTrue();
        assertThat(tools).hasSize(4);
        assertThat(run.err()).contains("hidden characters", "gemini: ").doesNotContain("\u202e", "\u200b");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void aTableTellsSizesAndScopesAndTotals() {
        Run run = Run.of("tools", "--openapi", SHOP);

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .containsPattern("add_order +POST /shops/\\{shopId}/orders +writes +orders:write or - +\\d+ +\\d+\n")
                .containsPattern("get_order_off +DELETE \\S+ +destructive, idempotent +shop:read +\\d+ +\\d+\n")
                .containsPattern("4 tools, \\d+ bytes, about \\d+ tokens \\(1 for every 4 bytes.*\\), warnings: 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"document", "name", "size"})
    void theOrderIsThatOfTheDocumentUnlessAnotherIsAsked(String order) throws JsonProcessingException {
        Run run = Run.of("tools", "--openapi", SHOP, "--format", "json", "--sort", order);
        JsonNode tools = new ObjectMapper().readTree(run.out());
        List<String> names =
                tools.valueStream().map(tool -> tool.path("name").asText()).toList();
        List<Integer> sizes =
                tools.valueStream().map(tool -> tool.toString().length()).toList();

        assertThat(names).hasSize(4);
        assertThat(names.equals(names.stream().sorted().toList())).isEqualTo(order.equals("name"));
        assertThat(sizes.equals(sizes.stream().sorted(Comparator.reverseOrder()).toList()))
                .isEqualTo(order.equals("size"));
    }

    @Test
    void columnsStandBelowEachOtherWhateverTheirLetters(@TempDir Path folder) throws IOException {
        Path document = Files.writeString(folder.resolve("a.json"), """
                {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {
                "/\u5065\u5eb7": {"get": {}}, "/e\u0301t\u00e9": {"get": {}}, "/plain": {"get": {}}}}""");
        List<String> lines = Run.of("tools", "--openapi", document.toString())
                .out()
                .lines()
                .filter(line -> line.contains("GET"))
                .toList();

        // two wide letters take two columns more than letters, an accent of its own one less
        assertThat(lines.get(2).indexOf("reads"))
                .isEqualTo(lines.get(0).indexOf("reads") + 2)
                .isEqualTo(lines.get(1).indexOf("reads") - 1);
    }

    @Test
    void theSchemaOfTheExtensionIsPrinted() throws JsonProcessingException {
        Run run = Run.of("schema");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(new ObjectMapper()
                        .readTree(run.out())
                        .at("/$defs/operation/properties/expose/type")
                        .asText())
                .isEqualTo("boolean");
    }

    @Test
    void markdownCarriesTheWarnings() {
        Run run = Run.of("tools", "--openapi", SHOP, "--format", "markdown");

        assertThat(run.out()).contains("| name | operation |", "|---|", "\nLeft out or changed:\n\n- ");
    }

    @Test
    void overlaysAreAppliedInTheirOrder(@TempDir Path folder) throws IOException {
        Path first = overlay(folder.resolve("first.yaml"), "{title: $.info.title, prefix: a_}");
        Path second = overlay(folder.resolve("second.yaml"), "{prefix: b_, arguments: body}");
        Run run = Run.of("tools", "--openapi", SHOP, "--overlay", first.toString(), "--overlay", second.toString());
        Run missing = Run.of("tools", "--openapi", SHOP, "--overlay", "no-such-overlay.yaml");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("b_add_order").doesNotContain("a_add_order");
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err()).contains("no-such-overlay.yaml");
    }

    @Test
    void workflowsAreShownWithTheirInputs(@TempDir Path folder) throws IOException {
        String[] line = {
            "tools",
            "--openapi",
            "openapi/softr/openapi.yaml",
            "--overlay",
            "openapi/softr/overlay.yaml",
            "--workflow",
            "openapi/softr/workflows.arazzo.yaml",
            "--format",
            "json"
        };
        Run run = Run.of(line);
        JsonNode many = new ObjectMapper()
                .readTree(run.out())
                .valueStream()
                .filter(tool -> tool.path("name").asText().equals("create_records"))
                .findFirst()
                .orElseThrow();

        assertThat(run.exit()).isZero();
        assertThat(many.at("/inputSchema/required").toString()).isEqualTo("[\"databaseId\",\"tableId\",\"records\"]");
        assertThat(many.at("/inputSchema/properties/records/maxItems").asInt()).isEqualTo(100);
        line[8] = "table";
        assertThat(Run.of(line).out()).containsPattern("create_records +workflow createRecords +writes");

        line[6] = Files.writeString(folder.resolve("broken.yaml"), """
                arazzo: 1.0.1
                info: {title: W, version: '1'}
                sourceDescriptions: [{name: a, url: a, type: openapi}]
                workflows: [{workflowId: broken, steps: [{stepId: s, operationId: none}]}]
                """).toString();
        Run broken = Run.of(line);
        assertThat(broken.out()).contains("get_table").doesNotContain("create_records");
        assertThat(broken.out() + broken.err()).contains("broken.yaml:4", "the workflow broken is left out");
        line[6] = "no-such.yaml";
        assertThat(Run.of(line).exit()).isEqualTo(2);
    }

    private static Path overlay(Path file, String extension) throws IOException {
        return Files.writeString(file, """
                overlay: 1.1.0
                info: {title: O, version: "1"}
                actions: [{target: $, update: {x-mcp: %s}}]
                """.formatted(extension));
    }

    @ParameterizedTest
    @CsvSource({
        "tools,2",
        "tools --openapi no-such-file.yaml,2",
        "tools --openapi openapi/sandbox/openapi.yaml --client nobody,2",
        "tools --openapi openapi/sandbox/openapi.yaml --format xml,2",
        "tools --openapi openapi/sandbox/openapi.yaml --client claude,0",
        "tools --openapi openapi/sandbox/openapi.yaml --client gemini,1",
        "tools --openapi openapi/sandbox/openapi.yaml --client cursor --server-name a-name-that-leaves-too-little-room-for-tools,1",
    })
    void theExitCodeTells(String line, int exit) {
        assertThat(Run.of(line.split(" ", -1)).exit()).isEqualTo(exit);
    }

    @ParameterizedTest
    @CsvSource({
        SANDBOX + ",claude", SANDBOX + ",openai", SANDBOX + ",cursor", SANDBOX + ",vscode",
        TURSO + ",claude", TURSO + ",openai", TURSO + ",cursor", TURSO + ",vscode",
    })
    void everyLimitOfTheseClientsIsKept(Path document, String client) {
        assumeTrue(Files.exists(document), () -> document + " is not there; nothing to check");
        Run run = Run.of("tools", "--openapi", document.toString(), "--client", client);

        assertThat(run.exit()).isZero();
        assertThat(run.out()).containsPattern(client + ": (\\d+) of \\1 limits kept");
    }

    /** Closed objects and defaults are good for every other client; Gemini needs a profile of its own. */
    @ParameterizedTest
    @CsvSource({SANDBOX + ",9", TURSO + ",8"})
    void whatGeminiRefusesIsTold(Path document, int kept) {
        assumeTrue(Files.exists(document), () -> document + " is not there; nothing to check");
        Run run = Run.of("tools", "--openapi", document.toString(), "--client", "gemini");

        assertThat(run.out())
                .contains("gemini: " + kept + " of 10 limits kept", "breaks refused: `propertyNames` or `additional");
    }
}
