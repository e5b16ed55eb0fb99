package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.OpenApiReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HiddenWordsTest {
    private static final String DOCUMENT = """
            {"openapi": "3.1.0", "info": {"title": "Pets\\u202e", "version": "1"}, "paths": {"/pets": {
              "get": {"operationId": "listPets", "summary": "List \\u200bpets", "description": "a\\r\\nb \\u26a0\\ufe0f",
                "parameters": [
                  {"name": "q", "in": "query", "schema": {"type": "string", "description": "x\\u2060y"}},
                  {"name": "r", "in": "query", "description": "fine", "schema": {"type": "string"}}],
                "responses": {"200": {"description": "ok"}}},
              "post": {"operationId": "addPet", "responses": {"200": {"description": "ok"}}}}}}
            """;

    @Test
    void theyAreRemovedAndTold() throws DocumentException {
        Catalog catalog = Catalog.of(OpenApiReader.read("pets", DOCUMENT.getBytes(StandardCharsets.UTF_8)));

        assertThat(catalog.findings())
                .extracting(Finding::message)
                .containsExactly("hidden characters, which no client is shown, in its summary, parameter q");
        assertThat(catalog.title()).isEqualTo("Pets");
        assertThat(ToolJson.of(catalog.tools().getFirst()).toString())
                .contains("\"List pets\"", "\"xy\"")
                .doesNotContain("\u200b", "\u2060");
    }

    @Test
    void thoseOfAValueAreGivenAsTheyAreAndThatIsTold() throws DocumentException {
        String document = DOCUMENT.replace("x\\u2060y\"", "fine\", \"enum\": [\"a\\u200b\"]");
        Catalog catalog = Catalog.of(OpenApiReader.read("pets", document.getBytes(StandardCharsets.UTF_8)));

        assertThat(catalog.findings())
                .extracting(Finding::message)
                .containsExactly(
                        "hidden characters, which no client is shown, in its summary; hidden characters, which"
                                + " clients are given where they are part of a value or of a property's name, in its parameter q");
        assertThat(ToolJson.of(catalog.tools().getFirst()).toString()).contains("\"enum\":[\"a\u200b\"]");
    }
}
