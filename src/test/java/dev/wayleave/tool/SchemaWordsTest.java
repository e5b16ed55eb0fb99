package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaWordsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Case(String schema, String expected) {}

    static List<Case> schemas() {
        return List.of(
                new Case("{'description': 'A [link](x)\u200b'}", "{'description': 'A link'}"),
                new Case("{'description': '![x](y)', '$comment': 'c', 'x-mcp': {}}", "{}"),
                new Case("{'properties': {'petId': {'title': 'Pet Id'}}}", "{'properties': {'petId': {}}}"),
                new Case("{'properties': {'a': {'title': 'B\u202e'}}}", "{'properties': {'a': {'title': 'B'}}}"),
                new Case(
                        "{'properties': {'description': {'type': 'string'}, 'title': {'description': 'a\u0007'}}}",
                        "{'properties': {'description': {'type': 'string'}, 'title': {'description': 'a'}}}"),
                new Case("{'anyOf': [{'description': '**a**'}, true]}", "{'anyOf': [{'description': 'a'}, true]}"),
                new Case("{'items': {'not': {'description': '*a*'}}}", "{'items': {'not': {'description': 'a'}}}"),
                new Case("{'$defs': {'a': {'description': '*a*'}}}", "{'$defs': {'a': {'description': 'a'}}}"),
                new Case("{'examples': ['a\u200b', {'b\u200b': ['c\u200b']}]}", "{'examples': ['a', {'b': ['c']}]}"),
                new Case(
                        "{'enum': ['a\u200b', '**b**'], 'const': {'description': '**c**'}, 'default': '*d*'}",
                        "{'enum': ['a\u200b', '**b**'], 'const': {'description': '**c**'}, 'default': '*d*'}"),
                new Case(
                        "{'format': 'x\u200by', 'future': {'minimum': 1}}",
                        "{'format': 'xy', 'future': {'minimum': 1}}"));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void wordsAreTrimmedAndValuesAreNot(Case c) throws JsonProcessingException {
        ObjectNode schema = read(c.schema());
        String before = schema.toString();

        assertThat(SchemaWords.of(schema)).isEqualTo(read(c.expected()));
        assertThat(schema).hasToString(before);
    }

    @Test
    void descriptionsAndExamplesAreBounded() {
        ObjectNode schema = JSON.createObjectNode().put("description", "word ".repeat(500));
        schema.putArray("examples").add("small").add("x".repeat(300)).add("after");

        ObjectNode trimmed = SchemaWords.of(schema);

        assertThat(trimmed.path("description").asText()).hasSizeBetween(400, 512);
        assertThat(trimmed.path("examples").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Matches the regular expression `^(?i)[a-z]*\\\\Z`.",
                "`kind` tells the kind: `cat`, `dog`.",
                "Names may match the regular expression `\\\\Ax`.",
                "A file: its data URI, or an object with its content in Base64."
            })
    void whatIsAddedIsToldWhole(String sentence) {
        ObjectNode schema = JSON.createObjectNode().put("description", "A word. ".repeat(500) + "\n\n" + sentence);

        String told = SchemaWords.of(schema).path("description").asText();

        assertThat(told)
                .startsWith("A word. A word.")
                .endsWith("…\n\n" + sentence)
                .hasSizeBetween(400, 512);
    }

    @Test
    void anAdditionBetweenOtherWordsComesLastAndOnce() {
        ObjectNode schema = JSON.createObjectNode()
                .put("description", "One.\n\n`kind` tells the kind.\n\nTwo.\n`kind` tells the kind.");

        assertThat(SchemaWords.of(schema).path("description").asText())
                .isEqualTo("One.\n\nTwo.\n\n`kind` tells the kind.");
    }

    private static ObjectNode read(String json) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(json.replace('\'', '"').replace("\u0007", "\\u0007"));
    }
}
