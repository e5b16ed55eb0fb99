package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that lie beside the project, where they do. */
class KnownDocumentsTest {
    private static final Path PLATFORMS = Path.of("..", "shared", "platforms");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "turso-vendor.openapi.json",
                "proposed/bkend.openapi.json",
                "proposed/schemastack.openapi.json",
                "proposed/smallstack.openapi.json",
                "proposed/softr.openapi.json",
                "proposed/turso-sql.openapi.json"
            })
    void everySchemaIsAcceptedByAStrictValidator(String file) throws DocumentException {
        ApiDescription description = OpenApiReader.read(present(file), new ReadOptions(true));
        assertThat(description.operations()).isNotEmpty();
        assertThat(description.findings()).isEmpty();
        for (JsonNode schema : Validity.schemasOf(description)) {
            Validity.assertUsable(schema);
        }
    }

    @Test
    void aVendorsDocumentIsReadWhole() throws DocumentException {
        ApiDescription turso = OpenApiReader.read(present("turso-vendor.openapi.json"));
        assertThat(turso.operations())
                .hasSize(49)
                .allSatisfy(operation -> assertThat(operation.security()).isNull());
        Operation create = turso.operations().stream()
                .filter(operation -> "createDatabase".equals(operation.operationId()))
                .findFirst()
                .orElseThrow();
        assertThat(create.method() + " " + create.path())
                .isEqualTo("POST /v1/organizations/{organizationSlug}/databases");
        assertThat(create.source().line()).isPositive();
        assertThat(create.responses()).containsKeys("200", "400", "409");
    }

    private static Path present(String file) {
        Path path = PLATFORMS.resolve(file);
        assumeTrue(Files.exists(path), () -> path + " is not there; nothing to read");
        return path;
    }
}
