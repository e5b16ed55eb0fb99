package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which operations a description has where its paths or methods are unusual. */
class PathsReaderTest {
    private static ApiDescription read(String paths) throws DocumentException {
        return OpenApiReader.read(
                "api.json",
                ("{\"openapi\": \"3.2.0\", \"info\": {}, \"paths\": " + paths + "}").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void pathsThatDifferInTheNamesOfTheirVariablesAreBothServedWhereTheirMethodsDiffer() throws DocumentException {
        ApiDescription read = read("""
                {"/a/{x}": {"get": {"parameters": [{"name": "x", "in": "path", "required": true, "schema": {}}]}},
                 "/a/{y}": {"delete": {"parameters": [{"name": "y", "in": "path", "required": true, "schema": {}}]}}}""");
        assertThat(read.findings()).isEmpty();
        assertThat(read.operations())
                .extracting(operation -> operation.method() + " " + operation.path())
                .containsExactly("GET /a/{x}", "DELETE /a/{y}");
    }

    @Test
    void thoseThatCollideAreTold() throws DocumentException {
        ApiDescription read = read("""
                {"/a/{x}": {"get": {"parameters": [{"name": "x", "in": "path", "required": true, "schema": {}}]}},
                 "/a/{y}": {"get": {"parameters": [{"name": "y", "in": "path", "required": true, "schema": {}}]}}}""");
        assertThat(read.operations()).hasSize(2);
        assertThat(read.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.message()).isEqualTo("is the same as GET /a/{x}");
            assertThat(finding.source().pointer()).isEqualTo("/paths/~1a~1{y}/get");
        });
    }

    @ParameterizedTest
    @CsvSource({"CONNECT", "connect", "TRACE", "Trace", "PRI", "POST", "post", "QUERY", "A B", "''"})
    void whatNoClientCanSendOrStandsElsewhereIsNoAdditionalMethod(String method) throws DocumentException {
        ApiDescription read = read("{\"/a\": {\"additionalOperations\": {\"" + method + "\": {}, \"LINK\": {}}}}");
        assertThat(read.operations()).extracting(Operation::method).containsExactly("LINK");
        assertThat(read.findings())
                .extracting(Finding::message)
                .containsExactly("\"" + method + "\" cannot be an additional method");
    }

    @Test
    void examplesOfAParameterAreThoseOfItsSchema() throws DocumentException {
        ApiDescription read = read("""
                {"/a": {"get": {"parameters": [
                  {"name": "one", "in": "query", "example": 1, "schema": {"type": "integer", "examples": [2]}},
                  {"name": "more", "in": "query", "schema": true,
                   "examples": {"a": {"value": "x"}, "b": {"dataValue": "y"}, "c": {"externalValue": "http://e/"},
                     "d": {"$ref": "#/components/examples/none"}}},
                  {"name": "typed", "in": "query", "content": {"application/json": {"example": {"k": 1}, "schema": {}}}}]}}}""");
        assertThat(read.operations().getFirst().parameters())
                .extracting(parameter -> parameter.schema().json().toString())
                .containsExactly(
                        "{\"type\":\"integer\",\"examples\":[1]}",
                        "{\"examples\":[\"x\",\"y\"]}",
                        "{\"examples\":[{\"k\":1}]}");
        assertThat(read.findings()).extracting(Finding::message).containsExactly("is no example; left out");
    }
}
