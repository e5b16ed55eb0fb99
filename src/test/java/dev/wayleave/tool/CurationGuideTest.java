package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.openapi.Overlay;
import dev.wayleave.openapi.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every overlay of {@code docs/curation.md} gives the tools that stand below it. */
class CurationGuideTest {
    private static final Pattern BLOCK = Pattern.compile("```(yaml|text)\n(.*?)```", Pattern.DOTALL);

    @Test
    void theExamplesAreTrue() throws Exception {
        String description = "";
        String overlay = "";
        List<String> checked = new ArrayList<>();
        String guide = Files.readString(Path.of("docs", "curation.md"));
        for (MatchResult block : BLOCK.matcher(guide).results().toList()) {
            String text = block.group(2);
            if (text.startsWith("openapi:")) {
                description = text;
            } else if (text.startsWith("overlay:")) {
                overlay = text;
            } else if (block.group(1).equals("text")) {
                assertThat(tools(description, overlay)).isEqualTo(text);
                checked.add(text);
            }
        }
        assertThat(checked).hasSize(3);
    }

    private static String tools(String description, String overlay) throws Exception {
        Overlay read = Overlay.read("overlay.yaml", overlay.getBytes(StandardCharsets.UTF_8));
        Catalog catalog = Catalog.of(OpenApiReader.read(
                "openapi.yaml", description.getBytes(StandardCharsets.UTF_8), ReadOptions.with(List.of(read))));
        assertThat(catalog.findings()).isEmpty();
        return catalog.tools().stream().map(CurationGuideTest::line).collect(Collectors.joining());
    }

    private static String line(Tool tool) {
        List<String> required = new ArrayList<>();
        tool.inputSchema().path("required").forEach(name -> required.add(name.asText()));
        List<String> arguments = new ArrayList<>();
        tool.inputSchema()
                .path("properties")
                .fieldNames()
                .forEachRemaining(name -> arguments.add(required.contains(name) ? name + "*" : name));
        Annotations hints = tool.annotations();
        String scopes = String.join(" ", tool.scopes().nearest(needed -> needed));
        return tool.name() + "(" + String.join(", ", arguments) + ") "
                + (hints.readOnly() ? "reads" : hints.destructive() ? "destructive" : "writes")
                + (scopes.isEmpty() ? "" : ", needs " + scopes) + "\n";
    }
}
