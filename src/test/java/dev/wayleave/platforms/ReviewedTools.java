package dev.wayleave.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The lists of tools that were reviewed against what the platforms say of theirs, and that description itself where it is there. */
final class ReviewedTools {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "platforms");
    private static final Path EXPECTED = Path.of("..", "shared", "platforms", "expected-tools.json");

    private ReviewedTools() {}

    /**
     * Compares what callers see with the file, or writes it with {@code -Dgolden.renew=true}: which tools by caller, and
     * the tools of the last caller whole.
     */
    static void assertReviewed(String platform, Map<String, Map<String, JsonNode>> byCaller) {
        StringBuilder text = new StringBuilder();
        byCaller.forEach((caller, tools) -> text.append(caller)
                .append(":\n  ")
                .append(tools.isEmpty() ? "(none)" : String.join("\n  ", tools.keySet()))
                .append("\n"));
        JsonNode whole = Served.JSON.valueToTree(
                new ArrayList<>(byCaller.values()).getLast().values());
        assertSame(platform + ".views.txt", text.toString());
        assertSame(platform + ".tools.json", whole.toPrettyString() + "\n");
    }

    private static void assertSame(String name, String text) {
        Path file = GOLDEN.resolve(name);
        try {
            if (Boolean.getBoolean("golden.renew")) {
                Files.createDirectories(GOLDEN);
                Files.writeString(file, text);
            }
            assertThat(file).as("renew with -Dgolden.renew=true").exists();
            assertThat(text).as("%s; renew with -Dgolden.renew=true", file).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Compares names, arguments, which of them are required, and annotations with the collected facts, where those are
     * there.
     *
     * @param absent tools that are known to be missing
     */
    static void assertExpected(String platform, Map<String, JsonNode> tools, List<String> absent) {
        if (!Files.exists(EXPECTED)) {
            return;
        }
        Map<String, String> wanted = new TreeMap<>();
        try {
            for (JsonNode tool :
                    Served.JSON.readTree(EXPECTED.toFile()).path(platform).path("tools")) {
                wanted.put(tool.path("name").asText(), wanted(tool));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        absent.forEach(wanted::remove);
        Map<String, String> seen = new TreeMap<>();
        tools.forEach((name, tool) -> seen.put(name, seen(tool)));
        assertThat(seen).isEqualTo(wanted);
    }

    private static String wanted(JsonNode tool) {
        List<String> arguments = new ArrayList<>();
        tool.path("args")
                .properties()
                .forEach(arg ->
                        arguments.add(arg.getKey() + (arg.getValue().asText().contains("!") ? "*" : "")));
        // a '!' within braces is of the body's own members
        tool.path("args").properties().forEach(arg -> {
            if (!arg.getValue().asText().split("\\{", 2)[0].contains("!")) {
                arguments.remove(arg.getKey() + "*");
                if (!arguments.contains(arg.getKey())) {
                    arguments.add(arg.getKey());
                }
            }
        });
        return line(arguments, tool.path("annotations"));
    }

    private static String seen(JsonNode tool) {
        List<String> required = new ArrayList<>();
        tool.at("/inputSchema/required").forEach(name -> required.add(name.asText()));
        List<String> arguments = new ArrayList<>();
        tool.at("/inputSchema/properties")
                .fieldNames()
                .forEachRemaining(name -> arguments.add(name + (required.contains(name) ? "*" : "")));
        return line(arguments, tool.path("annotations"));
    }

    private static String line(List<String> arguments, JsonNode annotations) {
        return arguments.stream().sorted().toList() + " reads " + annotations.path("readOnlyHint") + ", destroys "
                + annotations.path("destructiveHint");
    }
}
