package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.Ajv;
import dev.wayleave.openapi.ApiDescription;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.openapi.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What agents are given, of every document here and beside the project, judged by two validators that are not ours. */
class EmittedSchemasTest {
    private static final Set<String> COMPOSITION =
            Set.of("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref");

    /** A further folder of documents to try, such as a collection of public ones. */
    private static final String MORE = System.getProperty("documents", "");

    static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (String folder : List.of("src/test/resources", "openapi", "../shared/platforms", MORE)) {
            if (folder.isEmpty() || !Files.isDirectory(Path.of(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().matches(".*\\.(json|ya?ml)") && isDescription(file))
                        .sorted()
                        .forEach(documents::add);
            }
        }
        return documents;
    }

    private static boolean isDescription(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.limit(3).anyMatch(line -> line.matches("\\W{0,6}\\s*\"?(openapi|swagger)\"?\\s*:.*"));
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return false;
        }
    }

    private static Set<JsonNode> emitted(Path document) throws Exception {
        ApiDescription api = OpenApiReader.read(document);
        Set<JsonNode> schemas = new LinkedHashSet<>();
        for (Tool tool : Catalog.of(api).tools()) {
            schemas.add(tool.inputSchema());
            if (tool.outputSchema() != null) {
                schemas.add(tool.outputSchema().json());
            }
        }
        return schemas;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everySchemaIsAnObjectWithoutCompositionThatAStrictValidatorCompiles(Path document) throws Exception {
        for (JsonNode schema : emitted(document)) {
            assertThat(schema.path("type").asText()).isEqualTo("object");
            assertThat(COMPOSITION).noneMatch(schema::has);
            Validity.assertUsable(schema);
        }
    }

    @Test
    void ajvCompilesThemToo() throws Exception {
        assumeTrue(!documents().isEmpty(), "no documents");
        Set<JsonNode> schemas = new LinkedHashSet<>();
        for (Path document : documents()) {
            schemas.addAll(emitted(document));
        }
        assertThat(schemas).hasSizeGreaterThan(100);
        assertThat(Ajv.complaints(schemas)).isEmpty();
    }
}
