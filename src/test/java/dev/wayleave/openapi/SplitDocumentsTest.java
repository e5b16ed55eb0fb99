package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A description in several files reads those of its own folder and no other. */
class SplitDocumentsTest {
    private static final List<String> FILES = List.of("openapi.yaml", "paths/pet.yaml", "schemas/pet.json");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path outside;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        folder = outside.resolve("api");
        for (String file : FILES) {
            Path target = folder.resolve(file);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.write(target, Resources.bytes("split/" + file));
        }
        Files.writeString(outside.resolve("secret.yaml"), "A: {type: string, const: secret}");
    }

    @Test
    void referencesLeadFromFileToFile() throws DocumentException {
        ApiDescription read = OpenApiReader.read(folder.resolve("openapi.yaml"));
        Operation get = read.operations().getFirst();
        assertThat(get.operationId()).isEqualTo("getPet");
        assertThat(get.source())
                .isEqualTo(new Source(folder.resolve("paths/pet.yaml").toString(), "/get", 1));
        Schema pet =
                Objects.requireNonNull(Objects.requireNonNull(get.responses().get("200"))
                        .content()
                        .getFirst()
                        .schema());
        assertThat(pet.definitions()).containsOnlyKeys("Pet");
        assertThat(pet.definitions().get("Pet"))
                .hasToString("{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},"
                        + "\"friend\":{\"$ref\":\"#/$defs/Pet\"},\"pet\":{\"$ref\":\"#/$defs/Pet\"}}}");
        assertThat(read.findings())
                .extracting(Finding::toString)
                .containsExactly(folder.resolve("openapi.yaml")
                        + ":5 at /paths/~1broken/get/responses/200/$ref: GET /broken is left out:"
                        + " \"schemas/none.yaml\" cannot be read: there is no such file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.yaml#/A",
                "schemas/../../secret.yaml#/A",
                "%2e%2e/secret.yaml#/A",
                "..%2Fsecret.yaml#/A",
                "link.yaml#/A",
                "linked/secret.yaml#/A",
                "/etc/passwd",
                "..\\\\secret.yaml",
                "schemas",
                "secret.yaml%00#/A",
                "FILE:///etc/passwd",
                "https://example.com/x.yaml#/A"
            })
    void nothingOutsideTheFolderIsRead(String reference) throws Exception {
        Files.createSymbolicLink(folder.resolve("link.yaml"), outside.resolve("secret.yaml"));
        Files.createSymbolicLink(folder.resolve("linked"), outside);
        Path file = folder.resolve("other.json");
        Files.writeString(
                file,
                "{\"openapi\":\"3.1.0\",\"paths\":{\"/a\":{\"get\":{\"parameters\":[{\"name\":\"q\",\"in\":\"query\",\"schema\":"
                        + "{\"$ref\":\"" + reference + "\"}}]}}}}");
        ApiDescription read = OpenApiReader.read(file);
        assertThat(read.operations()).isEmpty();
        assertThat(read.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.source().pointer()).endsWith("/schema/$ref");
        });
    }

    @Test
    void whetherAFileOutsideExistsIsNotAsked() throws Exception {
        Path file = folder.resolve("other.json");
        Files.writeString(file, "{\"openapi\":\"3.1.0\",\"paths\":{\"/a\":{\"$ref\":\"../none.yaml\"}}}");
        assertThat(OpenApiReader.read(file).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .isEqualTo("/a is left out: \"../none.yaml\" lies outside the document's folder"));
    }

    @Test
    void aFolderOfLinksToOneVersionIsReadLikeAnyOther() throws Exception {
        Path mounted = outside.resolve("mounted");
        Files.createDirectories(mounted.resolve("..2024"));
        Files.writeString(
                mounted.resolve("..2024/openapi.yaml"),
                "{openapi: 3.0.0, paths: {/a: {get: {parameters: [{$ref: 'q.yaml'}]}}}}");
        Files.writeString(mounted.resolve("..2024/q.yaml"), "{name: q, in: query, schema: {}}");
        for (String name : List.of("openapi.yaml", "q.yaml")) {
            Files.createSymbolicLink(mounted.resolve(name), Path.of("..2024", name));
        }
        ApiDescription read = OpenApiReader.read(mounted.resolve("openapi.yaml"));
        assertThat(read.findings()).isEmpty();
        assertThat(read.operations()).hasSize(1);
    }
}
