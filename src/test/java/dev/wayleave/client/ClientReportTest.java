package dev.wayleave.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Source;
import dev.wayleave.tool.Annotations;
import dev.wayleave.tool.Asks;
import dev.wayleave.tool.Handling;
import dev.wayleave.tool.ScopeRequirement;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClientReportTest {
    private static final String PLAIN = "{'type': 'object', 'properties': {'a': {'type': 'string'}}}";
    private static final int SERVER = "wayleave".length();

    private static ListedTool tool(String name, String description, String schema) {
        Operation operation = new Operation(
                null,
                "GET",
                "/",
                null,
                null,
                false,
                List.of(),
                List.of(),
                null,
                Map.of(),
                null,
                Map.of(),
                new Source("test", "", 0));
        try {
            return ListedTool.of(new Tool(
                    name,
                    "Title",
                    description,
                    (ObjectNode) new ObjectMapper().readTree(schema.replace('\'', '"')),
                    null,
                    new Annotations(true, false, true, false),
                    new ScopeRequirement(List.of(Set.of()), true, "test"),
                    List.of(),
                    List.of(),
                    new Handling(true, true, null, null, Asks.NONE, null),
                    null,
                    new Work.OneCall(operation)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String found(Client client, List<ListedTool> tools) {
        return ClientReport.of(client, "wayleave", tools).troubles().stream()
                .filter(trouble -> !trouble.limit().otherwise().contains("outputSchema"))
                .map(trouble -> trouble.limit().effect() + " " + trouble.limit().otherwise())
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @EnumSource
    void aPlainToolIsFineEverywhere(Client client) {
        assertThat(found(client, List.of(tool("get_pet", "Gets a pet.", PLAIN))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "claude,64,''",
        "claude,65,BREAKS name not 1 to 64",
        "claude,114,BREAKS left out",
        "openai,64,''",
        "openai,65,BREAKS name not 1 to 64",
        "gemini,50,''",
        "gemini,51,CUT mcp_<server>",
        "gemini,65,BREAKS name not 1 to 64",
        "cursor,52,''",
        "cursor,53,BREAKS left out: names of server",
        "vscode,51,''",
        "vscode,52,BREAKS refused: mcp_<server>",
    })
    void aNameMayBeSoLong(Client client, int length, String expected) {
        assertThat(SERVER).isEqualTo(8);
        expect(found(client, List.of(tool("a".repeat(length), "x", PLAIN))), expected);
    }

    @ParameterizedTest
    @CsvSource({
        "claude,a.b,BREAKS name not",
        "openai,a/b,BREAKS name not",
        "gemini,a.b,''",
        "gemini,2a,BREAKS name not",
        "vscode,Ab,CUT warned of: name not",
        "cursor,a.b,''",
    })
    void aNameHasSuchCharacters(Client client, String name, String expected) {
        expect(found(client, List.of(tool(name, "x", PLAIN))), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "claude; {'type':'object','oneOf':[]}; BREAKS tool dropped",
                "claude; {'type':'string'}; BREAKS tool dropped",
                "claude; {'type':'object','properties':{'a':{'oneOf':[]}}}; ''",
                "openai; {'type':'object','anyOf':[]}; BREAKS request refused",
                "gemini; {'type':'object','properties':{'a':{'type':['string','null']}}}; BREAKS Antigravity drops all tools: `type`",
                "gemini; {'type':'object','properties':{'a':{'default':1}}}; BREAKS Antigravity drops all tools: `default`",
                "gemini; {'type':'object','properties':{'default':{'type':'string'}}}; ''",
                "gemini; {'type':'object','properties':{'a':{'enum':[1]}}}; BREAKS refused: an enum",
                "gemini; {'type':'object','properties':{'a':{'enum':['1']}}}; ''",
                "gemini; {'type':'object','properties':{'a':{'$ref':'#/$defs/x'}}}; BREAKS refused: `$ref`",
                "gemini; {'type':'object','properties':{'a':{'x-b':1}}}; BREAKS refused: `$ref`",
                "gemini; {'type':'object','additionalProperties':false}; BREAKS refused: `propertyNames`",
                "gemini; {'type':'object','properties':{'a':{'anyOf':[{'propertyNames':{}}]}}}; BREAKS refused: `propertyNames`",
                "gemini; {'type':'object','properties':{'a':{'type':'array'}}}; BREAKS refused: an array",
                "gemini; {'type':'object','properties':{'2a':{}}}; BREAKS argument",
                "cursor; {'type':'object','properties':{'a':{'anyOf':[]}}}; NOTE arguments of several types",
                "vscode; {'type':'object','oneOf':[]}; ''",
                "claude; {'type':'object','properties':{'a':{'maxLength':9}}}; NOTE no strict mode: bounds",
                "openai; {'type':'object','properties':{'a':{'not':{}}}}; NOTE no strict mode: `allOf`",
            })
    void aSchemaMayHaveSuchKeywords(Client client, String schema, String expected) {
        expect(found(client, List.of(tool("get_pet", "x", schema))), expected);
    }

    @ParameterizedTest
    @CsvSource({
        "claude,20,''",
        "claude,21,NOTE no strict mode: over 20 tools",
        "cursor,40,''",
        "cursor,41,NOTE left out by older versions: over 40",
        "cursor,81,CUT warned of: over 80",
        "vscode,128,''",
        "vscode,129,BREAKS request refused",
        "openai,500,''",
    })
    void soManyToolsAreTaken(Client client, int count, String expected) {
        List<ListedTool> tools = IntStream.range(0, count)
                .mapToObj(i -> tool("t" + i, "x", PLAIN))
                .toList();
        expect(found(client, tools), expected);
    }

    @ParameterizedTest
    @CsvSource({"claude,2048,''", "claude,2049,CUT description", "openai,200000,CUT over 50"})
    void aDescriptionMayBeSoLong(Client client, int length, String expected) {
        expect(found(client, List.of(tool("a", "x".repeat(length), PLAIN))), expected);
    }

    @Test
    void strictModeHasItsOwnLimits() {
        String values = IntStream.range(0, 1_001).mapToObj(i -> "'v" + i + "'").collect(Collectors.joining(","));
        String schema = "{'type':'object','properties':{'a':{'enum':[" + values + "]}}}";

        expect(found(Client.openai, List.of(tool("a", "x", schema))), "NOTE no strict mode: over 1,000 enum");
    }

    @Test
    void strictModeCountsLevelsLettersAndChoices() {
        String level = "{'type':'object','properties':{'a':";
        String ten = level.repeat(10) + "{}" + "}}".repeat(10);
        String deep = level.repeat(11) + "{}" + "}}".repeat(11);
        String long1 = "{'type':'object','properties':{'a':{'enum':['" + "x".repeat(120_000) + "']}}}";
        String optional =
                IntStream.range(0, 25).mapToObj(i -> "'a" + i + "':{}").collect(Collectors.joining(","));
        String unions = IntStream.range(0, 17)
                .mapToObj(i -> "'a" + i + "':{'type':['string','null']}")
                .collect(Collectors.joining(","));

        expect(found(Client.openai, List.of(tool("a", "x", deep))), "NOTE no strict mode: over 10 levels");
        expect(found(Client.openai, List.of(tool("a", "x", ten))), "");
        expect(found(Client.openai, List.of(tool("a", "x", long1))), "NOTE no strict mode: over 120,000");
        expect(
                found(Client.claude, List.of(tool("a", "x", "{'type':'object','properties':{" + optional + "}}"))),
                "NOTE no strict mode: over 24 optional");
        expect(
                found(Client.claude, List.of(tool("a", "x", "{'type':'object','properties':{" + unions + "}}"))),
                "NOTE no strict mode: over 16 arguments");
    }

    @Test
    void aReportNamesToolsAndSource() {
        ClientReport report = ClientReport.of(
                Client.gemini,
                "wayleave",
                List.of(tool("a", "x", "{'type':'object','properties':{'b':{'default':1}}}")));

        assertThat(report.breaks()).isTrue();
        assertThat(report).asString().contains("gemini: 9 of 10 limits kept", "a/properties/b", "PerformanceMonitor");
    }

    private static void expect(String found, String expected) {
        if (expected.isEmpty()) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).contains(expected);
        }
    }
}
