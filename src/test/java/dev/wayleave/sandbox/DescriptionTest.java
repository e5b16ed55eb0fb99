package dev.wayleave.sandbox;

import static dev.wayleave.sandbox.SandboxFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI description against the running sandbox. */
final class DescriptionTest {
    private static final Path FILE = Path.of("openapi/sandbox/openapi.yaml");

    private final JsonNode description = load();

    private static JsonNode load() {
        try {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
            return new ObjectMapper().valueToTree(yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** One call for each operation, in an order in which all succeed. */
    private static final List<List<String>> CALLS = List.of(
            List.of(
                    "createDatabase",
                    "post",
                    "/databases",
                    "{\"name\":\"b\",\"group\":\"default\",\"seed\":{\"type\":\"database\",\"name\":\"shop\"}}"),
            List.of("listDatabases", "get", "/databases", ""),
            List.of("getDatabase", "get", "/databases/b", ""),
            List.of("getDatabaseConfiguration", "get", "/databases/b/configuration", ""),
            List.of("updateDatabaseConfiguration", "patch", "/databases/b/configuration", "{\"size_limit\":\"1mb\"}"),
            List.of("getDatabaseUsage", "get", "/databases/b/usage", ""),
            List.of("listGroups", "get", "/groups", ""),
            List.of("deleteDatabase", "delete", "/databases/b", ""));

    @Test
    void everyOperationExistsAndAnswersAsItIsDescribed(@TempDir Path folder) {
        List<String> called = new ArrayList<>();
        try (SandboxFixture sandbox = SandboxFixture.start(folder)) {
            String token = sandbox.token("acme");
            for (List<String> call : CALLS) {
                String method = call.get(1);
                HttpResponse<String> answer = sandbox.call(
                        method.toUpperCase(Locale.ROOT),
                        "/v1/organizations/acme" + call.get(2),
                        token,
                        call.get(3).isEmpty() ? null : call.get(3));
                assertThat(answer.statusCode()).as(call.getFirst()).isEqualTo(200);
                assertThat(errors(pointer(call), answer.body()))
                        .as(call.getFirst())
                        .isEmpty();
                called.add(call.getFirst());
            }
        }
        assertThat(operations().keySet()).containsExactlyInAnyOrderElementsOf(called);
    }

    @Test
    void everyOperationNeedsExactlyTheScopeThatIsDeclared(@TempDir Path folder) {
        try (SandboxFixture sandbox = SandboxFixture.start(folder)) {
            for (List<String> call : CALLS) {
                JsonNode scopes =
                        operations().getOrDefault(call.getFirst(), description).at("/security/0/oauth2");
                assertThat(scopes).hasSize(1);
                String[] others = description
                        .at("/components/securitySchemes/oauth2/flows/authorizationCode/scopes")
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .filter(scope -> !scope.equals(scopes.get(0).asText()))
                        .toArray(String[]::new);
                HttpResponse<String> answer = sandbox.call(
                        call.get(1).toUpperCase(Locale.ROOT),
                        "/v1/organizations/acme" + call.get(2),
                        sandbox.token("acme", others),
                        null);
                assertThat(json(answer).path("error").asText())
                        .isEqualTo("token lacks the scope " + scopes.get(0).asText());
            }
        }
    }

    private Map<String, JsonNode> operations() {
        return description
                .path("paths")
                .propertyStream()
                .flatMap(path -> path.getValue().propertyStream())
                .filter(operation -> operation.getValue().has("operationId"))
                .collect(Collectors.toMap(
                        operation -> operation.getValue().path("operationId").asText(), Map.Entry::getValue));
    }

    private static String pointer(List<String> call) {
        String path = "/v1/organizations/{organizationSlug}"
                + call.get(2).replace("/databases/b", "/databases/{databaseName}");
        return "/paths/" + path.replace("/", "~1") + "/" + call.get(1)
                + "/responses/200/content/application~1json/schema";
    }

    private List<String> errors(String pointer, String body) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                Dialects.getDraft202012(), builder -> builder.schemas(Map.of("urn:sandbox", description.toString())));
        Schema schema = registry.getSchema(
                SchemaLocation.of("urn:sandbox#" + pointer.replace("{", "%7B").replace("}", "%7D")));
        return schema.validate(body, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }
}
