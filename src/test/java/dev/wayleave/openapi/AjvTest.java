package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.Ajv;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read, judged by the validator that most agents have. */
class AjvTest {
    @Test
    void acceptsEverySchema() throws Exception {
        List<JsonNode> schemas = new ArrayList<>(SchemaConversionTest.converted());
        for (String name : List.of("pets-2.0.yaml", "pets-3.0.yaml", "pets-3.1.json", "pets-3.2.yaml")) {
            schemas.addAll(Validity.schemasOf(Resources.read(name)));
        }
        assertThat(Ajv.complaints(schemas)).isEmpty();
    }
}
