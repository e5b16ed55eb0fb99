package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An overlay of a description that is divided into files: its targets go through the references between them. */
class SplitOverlayTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.createDirectories(folder.resolve("paths"));
        Files.writeString(folder.resolve("openapi.yaml"), """
                openapi: 3.1.0
                info: {title: Shop, version: "1"}
                paths:
                  /pets: {$ref: paths/pets.yaml}
                  /cats: {$ref: 'paths/pets.yaml'}
                  /dogs: {get: {operationId: dogs, parameters: [{$ref: 'parameters.yaml#/limit'}]}}
                """);
        Files.writeString(folder.resolve("paths/pets.yaml"), """
                get:
                  operationId: pets
                  parameters:
                    - {$ref: '../parameters.yaml#/limit'}
                post: {operationId: addPet}
                """);
        Files.writeString(folder.resolve("parameters.yaml"), """
                limit: {name: limit, in: query, schema: {type: integer}}
                loop: {$ref: 'paths/pets.yaml'}
                """);
    }

    private ApiDescription overlaid(String header, String actions) throws Exception {
        Path file = Files.writeString(folder.resolve("o.yaml"), """
                overlay: 1.1.0
                info: {title: T, version: "1"}
                %s
                actions:
                %s""".formatted(header, actions.indent(2)));
        return OpenApiReader.read(folder.resolve("openapi.yaml"), ReadOptions.with(List.of(Overlay.read(file))));
    }

    private static Operation operation(ApiDescription api, String id) {
        return api.operations().stream()
                .filter(operation -> id.equals(operation.operationId()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTargetGoesThroughAReferenceToAnotherFile() throws Exception {
        ApiDescription api = overlaid("", """
                - {target: '$.paths["/pets"].get', update: {summary: Pets, deprecated: maybe}}
                - {target: '$.paths.*.get.parameters[?@.name == "limit"]', update: {description: How many}}
                - {target: '$..[?@.operationId == "addPet"]', remove: true}
                """);

        assertThat(operation(api, "pets").summary()).isEqualTo("Pets");
        assertThat(operation(api, "dogs").parameters().getFirst().description()).isEqualTo("How many");
        assertThat(api.operations()).extracting(Operation::operationId).containsOnly("pets", "dogs");
        assertThat(api.findings().toString())
                .contains("o.yaml:5 at /get/deprecated")
                .doesNotContain("selects nothing");
    }

    @Test
    void anUpdateOfTheWholeIsMergedIntoTheFileThatHoldsThePart() throws Exception {
        ApiDescription api = overlaid("", "- {target: $, update: {paths: {/pets: {get: {summary: Pets}}}}}");

        assertThat(operation(api, "pets").summary()).isEqualTo("Pets");
        assertThat(operation(api, "pets").parameters()).hasSize(1);
    }

    @Test
    void aReferenceThatIsRemovedLeavesItsFileToOthers() throws Exception {
        ApiDescription api = overlaid("", "- {target: '$.paths[\"/cats\"]', remove: true}");

        assertThat(api.operations()).extracting(Operation::path).containsExactly("/pets", "/pets", "/dogs");
    }

    @Test
    void anOverlayForAnotherFileBeginsThere() throws Exception {
        ApiDescription api = overlaid("extends: paths/pets.yaml", "- {target: $.get, update: {summary: Pets}}");

        assertThat(operation(api, "pets").summary()).isEqualTo("Pets");
        assertThat(api.findings()).extracting(Finding::message).noneMatch(f -> f.contains("is written for"));
    }

    @Test
    void whatRefersToMoreIsNotCopiedToAnotherFile() throws Exception {
        ApiDescription api = overlaid("", "- {target: '$.paths[\"/dogs\"]', copy: '$.paths[\"/pets\"].post'}");

        assertThat(api.findings()).isNotNull();
        assertThatThrownBy(() -> overlaid("", "- {target: '$.paths[\"/dogs\"]', copy: '$.paths[\"/pets\"]'}"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("o.yaml:5 at /actions/0/copy: copies from")
                .hasMessageContaining("what refers to more");
    }
}
