package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.openapi.Parameter.Style;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operations become of documents of every version, and what is left out of them. */
class OperationsTest {
    @ParameterizedTest
    @ValueSource(strings = {"pets-2.0.yaml", "pets-3.0.yaml", "pets-3.1.json", "pets-3.2.yaml"})
    void everySchemaIsUsable(String name) throws DocumentException {
        ApiDescription read = Resources.read(name);
        assertThat(read.operations()).isNotEmpty();
        assertThat(read.title()).isEqualTo("Pets");
        for (JsonNode schema : Validity.schemasOf(read)) {
            Validity.assertUsable(schema);
        }
    }

    @Test
    void version2SaysWhatVersion3WouldHave() throws DocumentException {
        ApiDescription read = Resources.read("pets-2.0.yaml");
        assertThat(read.findings()).isEmpty();
        Operation list = operation(read, "listPets");
        assertThat(list.parameters())
                .extracting(p -> p.name() + " " + p.in() + " " + p.style() + " " + p.explode() + " "
                        + p.schema().json())
                .containsExactly(
                        "limit QUERY FORM true {\"type\":\"integer\",\"exclusiveMinimum\":0,\"maximum\":100}",
                        "tags QUERY FORM true {\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
                        "ids QUERY PIPE_DELIMITED false {\"type\":\"array\",\"items\":{\"type\":\"integer\"}}",
                        "X-Trace HEADER SIMPLE false {\"type\":\"array\",\"items\":{\"type\":\"string\"}}");
        assertThat(list.security()).containsExactly(new SecurityRequirement(Map.of("basic", List.of())));
        assertThat(response(list, "200").content())
                .extracting(MediaType::name)
                .containsExactly("application/json", "application/xml");
        Operation add = operation(read, "addPet");
        assertThat(add.security())
                .containsExactly(
                        new SecurityRequirement(Map.of("oauth", List.of("read"))), new SecurityRequirement(Map.of()));
        assertThat(body(add).required()).isTrue();
        assertThat(body(add).description()).isEqualTo("A pet");
        assertThat(add.responses()).containsOnlyKeys("201", "default");
        assertThat(read.securitySchemes().get("basic")).hasToString("{\"type\":\"http\",\"scheme\":\"basic\"}");
        assertThat(Objects.requireNonNull(read.securitySchemes().get("oauth"))
                        .at("/flows/authorizationCode/tokenUrl")
                        .asText())
                .isEqualTo("https://t/");
    }

    @Test
    void aFormOfVersion2IsAnObjectOfItsFields() throws DocumentException {
        Operation photo = operation(Resources.read("pets-2.0.yaml"), "addPhoto");
        MediaType form = body(photo).content().getFirst();
        assertThat(form.name()).isEqualTo("multipart/form-data");
        assertThat(form.encoding()).hasToString("{notes={\"style\":\"form\",\"explode\":true}}");
        assertThat(Objects.requireNonNull(form.schema()).json())
                .hasToString("{\"type\":\"object\",\"properties\":{"
                        + "\"photo\":{\"type\":\"string\",\"format\":\"binary\",\"contentMediaType\":\"application/octet-stream\"},"
                        + "\"notes\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"description\":\"Some\"}},"
                        + "\"required\":[\"photo\"]}");
    }

    @Test
    void parametersOfThePathComeFirstAndYieldToTheOperations() throws DocumentException {
        Operation list = operation(Resources.read("pets-3.0.yaml"), "listPets");
        assertThat(list.parameters()).extracting(Parameter::name).containsExactly("trace", "limit", "filter", "where");
        assertThat(list.parameters().get(1).schema().json())
                .hasToString("{\"type\":\"integer\",\"exclusiveMaximum\":100}");
        assertThat(list.parameters().get(2).style()).isEqualTo(Style.DEEP_OBJECT);
        assertThat(list.parameters().get(3).contentType()).isEqualTo("application/json");
        assertThat(list.summary()).isEqualTo("Pets");
        assertThat(list.tags()).containsExactly("pets");
        assertThat(list.extensions()).containsOnlyKeys("x-mcp");
        assertThat(list.responses()).containsOnlyKeys("200", "4XX");
    }

    @Test
    void securityIsOfTheDocumentOrOfTheOperationOrUnsaid() throws DocumentException {
        ApiDescription read = Resources.read("pets-3.0.yaml");
        assertThat(operation(read, "listPets").security())
                .containsExactly(new SecurityRequirement(Map.of("bearer", List.of())));
        assertThat(operation(read, "addPet").security()).isEmpty();
        assertThat(operation(Resources.read("pets-3.1.json"), "tree").security())
                .isNull();
    }

    @Test
    void version31KeepsItsSchemas() throws DocumentException {
        ApiDescription read = Resources.read("pets-3.1.json");
        assertThat(read.findings()).isEmpty();
        JsonNode pet = Objects.requireNonNull(
                        body(operation(read, "addPet")).content().getFirst().schema())
                .json();
        assertThat(pet.at("/properties/name")).hasToString("{\"maxLength\":9,\"$ref\":\"#/$defs/name\"}");
        assertThat(pet.fieldNames())
                .toIterable()
                .containsExactly(
                        "type",
                        "properties",
                        "patternProperties",
                        "if",
                        "then",
                        "else",
                        "dependentRequired",
                        "unevaluatedProperties");
        Schema tree = Objects.requireNonNull(
                response(operation(read, "tree"), "200").content().getFirst().schema());
        assertThat(tree.json()).hasToString("{\"description\":\"The whole tree\",\"$ref\":\"#/$defs/Tree\"}");
        assertThat(tree.definitions().get("Tree"))
                .hasToString("{\"$dynamicAnchor\":\"node\",\"type\":\"object\",\"properties\":{\"children\":"
                        + "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/Tree\"}},"
                        + "\"leaf\":{\"type\":\"string\",\"examples\":[\"green\"]}}}");
    }

    @Test
    void version32HasMoreMethodsAndPlaces() throws DocumentException {
        ApiDescription read = Resources.read("pets-3.2.yaml");
        assertThat(operation(read, "searchPets").method()).isEqualTo("QUERY");
        assertThat(Objects.requireNonNull(response(operation(read, "searchPets"), "200")
                                .content()
                                .getFirst()
                                .schema())
                        .json())
                .hasToString("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}");
        Operation copy = operation(read, "copyPets");
        assertThat(copy.method()).isEqualTo("COPY");
        assertThat(copy.parameters().getFirst().in()).isEqualTo(In.QUERYSTRING);
        assertThat(copy.parameters().getLast().style()).isEqualTo(Style.COOKIE);
        assertThat(read.findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "pets-3.2.yaml:16 at /paths/~1pets/additionalOperations/POST: \"POST\" cannot be an additional method");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"security": [{"none": []}]}                                  | 3 | /security/0/none   | the security scheme "none" is not defined
            {"security": [{}, {"none": []}]}                              | 3 | /security/1/none   | the security scheme "none" is not defined
            {"security": {"key": []}}                                     | 3 | /security          | `security` is a list
            {"security": null}                                            | 3 | /security          | `security` is a list
            {"security": ["key"]}                                         | 3 | /security/0        | a security requirement is an object
            {"security": [{"key": "read"}]}                               | 3 | /security/0/key    | the scopes of a security requirement are a list
            {"parameters": {}}                                            | 3 | /parameters        | `parameters` is a list
            {"parameters": [{"name": "a"}]}                               | 3 | /parameters/0      | a parameter has a `name` and an `in`
            {"parameters": [{"name": "a", "in": "body", "schema": {}}]}   | 3 | /parameters/0/in   | a parameter is not in "body"
            {"parameters": [{"name": "a b", "in": "header", "schema": {}}]} | 3 | /parameters/0    | the name of a header is a token of RFC 9110
            {"parameters": [{"name": "a:", "in": "header", "schema": {}}]}  | 3 | /parameters/0    | the name of a header is a token of RFC 9110
            {"parameters": [{"name": "a\\n", "in": "header", "schema": {}}]} | 3 | /parameters/0   | the name of a header is a token of RFC 9110
            {"parameters": [{"name": "X-T", "in": "header", "schema": {}}, {"name": "x_t", "in": "header", "schema": {}}]} | 3 | /parameters/1 | a server may take this header for another one that stands here
            {"parameters": [{"$ref": "#/components/parameters/a"}]}       | 3 | /parameters/0/$ref | "#/components/parameters/a" leads to nothing
            {"requestBody": []}                                           | 3 | /requestBody       | a request body is an object
            {"responses": {"200": "ok"}}                                  | 3 | /responses/200     | a response is an object
            []                                                            | 3 |                    | an operation is an object
            """)
    void aBadOperationIsLeftOutAndTheOthersStay(String operation, int line, String pointer, String reason)
            throws Exception {
        byte[] document = document("/a", operation);
        ApiDescription read = OpenApiReader.read("api.json", document);
        assertThat(read.operations()).extracting(Operation::path).containsExactly("/fine");
        assertThat(read.findings())
                .containsExactly(new Finding(
                        Finding.Severity.ERROR,
                        new Source("api.json", "/paths/~1a/get" + (pointer == null ? "" : pointer), line),
                        "GET /a is left out: " + reason));
        assertThatThrownBy(() -> OpenApiReader.read("api.json", document, new ReadOptions(true)))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith("api.json:3 at /paths/~1a/get");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a              | a path begins with one /
            //host/a       | a path begins with one /
            /a/../b        | a path has no . or .. segments
            /a/%2E%2e/b    | a path has no . or .. segments
            /a?b=c         | a path has no control characters, ?, # or \\
            /a\\b          | a path has no control characters, ?, # or \\
            /{a            | the braces of the path do not match
            /{a}/{a}       | the path names no parameter, or one twice
            """)
    void aPathThatCouldLeadElsewhereIsNone(String path, String reason) throws Exception {
        ApiDescription read = OpenApiReader.read("api.json", document(path.replace("\\", "\\\\"), "{}"));
        assertThat(read.operations()).extracting(Operation::path).containsExactly("/fine");
        assertThat(read.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).isEqualTo(path + " is left out: " + reason));
    }

    @Test
    void parametersAreMadeToFitThePath() throws Exception {
        ApiDescription read = OpenApiReader.read(
                "api.json",
                document(
                        "/{a}/{b}",
                        "{\"parameters\": [{\"name\": \"b\", \"in\": \"path\", \"schema\": {}},"
                                + " {\"name\": \"c\", \"in\": \"path\", \"required\": true, \"schema\": {}}]}"));
        assertThat(read.operations().getFirst().parameters())
                .extracting(
                        p -> p.name() + " " + p.required() + " " + p.schema().json())
                .containsExactly("b true {}", "a true {\"type\":\"string\"}");
        assertThat(read.findings())
                .extracting(Finding::message)
                .containsExactly(
                        "the path parameter b is taken as required",
                        "the path has no {c}; that parameter is left out",
                        "the path's {a} is not declared; taken as a string");
    }

    @Test
    void operationsThatShareAnIdAreBothKept() throws Exception {
        String twice = "{\"operationId\": \"x\"}, \"put\": {\"operationId\": \"x\"}";
        ApiDescription read = OpenApiReader.read("api.json", document("/a", twice));
        assertThat(read.operations()).hasSize(3);
        assertThat(read.findings())
                .extracting(Finding::toString)
                .containsExactly("api.json:3 at /paths/~1a/put/operationId: \"x\" is the operationId of GET /a too");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                      | d.json: an OpenAPI document is an object
            {"openapi": "4.0.0"}                    | d.json:1 at /openapi: the version "4.0.0" is not one of these: 2.0, 3.0.x, 3.1.x, 3.2.x
            {}                                      | d.json:1 at /openapi: no version stands in `openapi`: 2.0, 3.0.x, 3.1.x, 3.2.x
            {"openapi": "3.0.0", "paths": []}       | d.json:1 at /paths: `paths` is an object whose members are paths
            {"openapi": "3.0.0", "openapi": "3"}    | d.json:1 at /openapi: the member "openapi" stands here twice
            {"a": [{"b": 3.0.0}]}                   | d.json:1 at /a/0/b: is not JSON
            {"a": 1} {}                             | d.json:1: something follows the end of the document
            """)
    void aDocumentThatIsNoneIsRefusedInOneSentence(String text, String message) {
        assertThatThrownBy(() -> OpenApiReader.read("d.json", text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DocumentException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("\n"))
                .hasMessageStartingWith(message);
    }

    private static byte[] document(String path, String operation) {
        return ("{\"openapi\": \"3.0.3\", \"components\": {\"securitySchemes\": {\"key\": {\"type\": \"http\"}}},\n"
                        + " \"paths\": {\n  \"" + path + "\": {\"get\": " + operation + "},\n"
                        + "  \"/fine\": {\"get\": {\"responses\": {}}}}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Operation operation(ApiDescription read, String id) {
        return read.operations().stream()
                .filter(operation -> id.equals(operation.operationId()))
                .findFirst()
                .orElseThrow();
    }

    private static Response response(Operation operation, String status) {
        return Objects.requireNonNull(operation.responses().get(status));
    }

    private static RequestBody body(Operation operation) {
        return Objects.requireNonNull(operation.requestBody());
    }
}
