package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of schemas, a row for each thing that a version says in its own way. */
class SchemaConversionTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** What the rows refer to. */
    private static final String COMPONENTS = """
            {"Text": {"type": "string"},
             "Read": {"properties": {"id": {"readOnly": true}}},
             "Named": {"$anchor": "n", "type": "null"},
             "Node": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}},
             "Base": {"type": "object", "description": "A base", "required": ["id"], "properties": {"id": {"type": "integer"}}},
             "Stamp": {"type": "string", "readOnly": true},
             "Closed": {"type": "object", "additionalProperties": false, "properties": {"a": {"type": "string"}}},
             "Animal": {"type": "object", "properties": {"kind": {"type": "string"}},
               "discriminator": {"propertyName": "kind"}, "oneOf": [{"$ref": "#/components/schemas/Dog"}]},
             "Dog": {"allOf": [{"$ref": "#/components/schemas/Animal"}, {"properties": {"barks": {"type": "boolean"}}}]}}
            """;

    private static final String ROWS = """
            # null, in 3.0
            3.0 | out | {"type": "string", "nullable": true} | {"type": ["string", "null"]}
            3.0 | out | {"type": "string", "enum": ["a"], "nullable": true} | {"type": ["string", "null"], "enum": ["a", null]}
            3.0 | out | {"enum": ["a"], "nullable": true} | {"enum": ["a", null]}
            3.0 | out | {"enum": ["a", null], "nullable": true} | {"enum": ["a", null]}
            3.0 | out | {"nullable": true} | {}
            3.0 | out | {"$ref": "#/components/schemas/Text", "nullable": true} | {"anyOf": [{"type": "string"}, {"type": "null"}]}
            3.0 | out | {"allOf": [{"$ref": "#/components/schemas/Text"}], "nullable": true, "description": "d"} | {"anyOf": [{"type": "string"}, {"type": "null"}], "description": "d"}
            3.1 | out | {"type": "string", "nullable": true} | {"type": "string"}
            2.0 | out | {"type": "string", "x-nullable": true} | {"type": ["string", "null"]}
            # bounds
            3.0 | in | {"minimum": 1, "exclusiveMinimum": true, "maximum": 2, "exclusiveMaximum": false} | {"exclusiveMinimum": 1, "maximum": 2}
            3.1 | in | {"exclusiveMinimum": 1, "exclusiveMaximum": 2.5} | {"exclusiveMinimum": 1, "exclusiveMaximum": 2.5}
            # annotations
            3.0 | in | {"example": "a"} | {"examples": ["a"]}
            3.1 | in | {"example": "a", "examples": ["b"]} | {"examples": ["b"]}
            3.0 | in | {"type": "object", "xml": {"name": "x"}, "externalDocs": {"url": "u"}} | {"type": "object"}
            3.0 | in | {"description": "A pet.", "discriminator": {"propertyName": "kind", "mapping": {"cat": "c", "dog": "d"}}} | {"description": "A pet.\\n\\n`kind` tells the kind: `cat`, `dog`."}
            3.0 | in | {"type": "string", "x-mcp": {"hidden": true}, "x-other": 1} | {"type": "string", "x-mcp": {"hidden": true}}
            # direction
            3.0 | in | {"required": ["a", "b"], "properties": {"a": {"readOnly": true}, "b": {"writeOnly": true}}} | {"required": ["b"], "properties": {"b": {"writeOnly": true}}}
            3.0 | out | {"required": ["a", "b"], "properties": {"a": {"readOnly": true}, "b": {"writeOnly": true}}} | {"required": ["a"], "properties": {"a": {"readOnly": true}}}
            3.0 | in | {"required": ["a"], "properties": {"a": {"$ref": "#/components/schemas/Stamp"}}} | {"properties": {}}
            3.1 | in | {"required": ["a"], "properties": {"a": {"$ref": "#/components/schemas/Text", "readOnly": true}}} | {"properties": {}}
            3.0 | in | {"allOf": [{"properties": {"a": {"readOnly": true}}}], "required": ["a", "b"]} | {"required": ["b"], "properties": {}}
            3.0 | in | {"allOf": [{"properties": {"a": {"readOnly": true}}}, {"required": ["a"]}]} | {"properties": {}}
            3.0 | in | {"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"id": {"readOnly": true}, "b": {}}}]} | {"type": "object", "description": "A base", "properties": {"b": {}}}
            3.0 | out | {"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"id": {"writeOnly": true}, "b": {}}}]} | {"type": "object", "description": "A base", "properties": {"b": {}}}
            3.1 | in | {"$ref": "#/components/schemas/Base", "properties": {"id": {"readOnly": true}}} | {"type": "object", "description": "A base", "properties": {}}
            3.1 | in | {"$ref": "#/components/schemas/Read", "required": ["id", "b"]} | {"required": ["b"], "properties": {}}
            # references
            3.0 | in | {"$ref": "#/components/schemas/Text", "maxLength": 3, "description": "d"} | {"type": "string", "description": "d"}
            3.1 | in | {"$ref": "#/components/schemas/Text", "maxLength": 3, "description": "d"} | {"type": "string", "maxLength": 3, "description": "d"}
            3.0 | in | {"$ref": "#/components/schemas/Base/properties/id"} | {"type": "integer"}
            3.0 | in | {"items": {"$ref": "#/components/schemas/Node"}} | {"items": {"$ref": "#/$defs/Node"}, "$defs": {"Node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}}}
            3.1 | in | {"$ref": "#/components/schemas/Closed", "properties": {"b": true}} | {"properties": {"b": true}, "allOf": [{"type": "object", "additionalProperties": false, "properties": {"a": {"type": "string"}}}]}
            3.1 | in | {"$defs": {"a": {"$anchor": "x", "type": "null"}}, "items": {"$ref": "#x"}, "not": {"$ref": "#/$defs/a"}} | {"items": {"$ref": "#/$defs/a"}, "not": {"$ref": "#/$defs/a"}, "$defs": {"a": {"$anchor": "x", "type": "null"}}}
            # allOf
            3.0 | in | {"allOf": [{"$ref": "#/components/schemas/Base"}, {"required": ["b", "id"], "properties": {"b": {"type": "string"}}}]} | {"type": "object", "description": "A base", "required": ["id", "b"], "properties": {"id": {"type": "integer"}, "b": {"type": "string"}}}
            3.0 | in | {"allOf": [{"$ref": "#/components/schemas/Base"}], "description": "Mine"} | {"type": "object", "description": "Mine", "required": ["id"], "properties": {"id": {"type": "integer"}}}
            3.0 | in | {"allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"maxLength": 1}}}]} | {"allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"maxLength": 1}}}]}
            3.0 | in | {"allOf": [{"$ref": "#/components/schemas/Closed"}, {"properties": {"b": {}}}]} | {"allOf": [{"type": "object", "additionalProperties": false, "properties": {"a": {"type": "string"}}}, {"properties": {"b": {}}}]}
            3.0 | in | {"allOf": [{"$ref": "#/components/schemas/Node"}], "description": "d"} | {"$ref": "#/$defs/Node", "description": "d", "$defs": {"Node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}}}
            3.0 | in | {"$ref": "#/components/schemas/Dog"} | {"type": "object", "description": "`kind` tells the kind.", "properties": {"kind": {"type": "string"}, "barks": {"type": "boolean"}}}
            # bytes
            3.0 | in | {"type": "string", "format": "byte"} | {"type": "string", "format": "byte", "contentEncoding": "base64"}
            3.0 | in | {"type": "string", "format": "binary"} | {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}
            2.0 | in | {"type": "file"} | {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}
            3.1 | in | {"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"} | {"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"}
            # 2020-12 as it stands
            3.1 | in | {"prefixItems": [{"type": "string"}], "items": false, "unevaluatedItems": false} | {"prefixItems": [{"type": "string"}], "items": false, "unevaluatedItems": false}
            3.1 | in | {"if": {"required": ["a"]}, "then": {"required": ["b"]}, "dependentRequired": {"a": ["c"]}, "unevaluatedProperties": false, "propertyNames": {"maxLength": 3}} | {"if": {"required": ["a"]}, "then": {"required": ["b"]}, "dependentRequired": {"a": ["c"]}, "unevaluatedProperties": false, "propertyNames": {"maxLength": 3}}
            3.1 | in | true | true
            3.1 | in | {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "http://e/x", "$dynamicAnchor": "d", "allOf": [{"anyOf": [{"required": ["a"]}]}], "if": {"required": ["a"]}, "else": {"required": ["b"]}} | {"$schema": "https://json-schema.org/draft/2020-12/schema", "$dynamicAnchor": "d", "allOf": [{"anyOf": [{"required": ["a"]}]}], "if": {"required": ["a"]}, "else": {"required": ["b"]}}
            # definitions and anchors, where they stand and once
            3.1 | in | {"$defs": {"unused": {"type": "string"}, "used": {"type": "null"}}, "not": {"$ref": "#/$defs/used", "description": "d"}} | {"not": {"$ref": "#/$defs/used", "description": "d"}, "$defs": {"used": {"type": "null"}, "unused": {"type": "string"}}}
            3.1 | in | {"properties": {"a": {"$anchor": "here", "type": "null"}, "b": {"$ref": "#here"}}} | {"properties": {"a": {"$anchor": "here", "type": "null"}, "b": {"type": "null"}}}
            3.1 | in | {"properties": {"a": {"$ref": "#/components/schemas/Named"}, "b": {"$ref": "#n"}}} | {"properties": {"a": {"$ref": "#/$defs/Named"}, "b": {"$ref": "#/$defs/Named"}}, "$defs": {"Named": {"$anchor": "n", "type": "null"}}}
            3.1 | in | {"allOf": [{"$ref": "#/$defs/base"}, {"required": ["b"]}], "$defs": {"base": {"$anchor": "x", "required": ["a"]}}} | {"required": ["a", "b"]}
            3.1 | in | {"$anchor": "no anchor", "$defs": {"a": {"$ref": "#/components/schemas/None"}, "b": {"$ref": "#/components/schemas/Text"}}} | {}
            3.0 | in | {"$anchor": "x", "$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {"a": {}}} | {}
            # older drafts
            3.0 | in | {"items": [{"type": "string"}], "additionalItems": {"type": "null"}} | {"prefixItems": [{"type": "string"}], "items": {"type": "null"}}
            3.1 | in | {"dependencies": {"a": ["b"], "c": {"required": ["d"]}}, "definitions": {"x": {}}, "$schema": "http://json-schema.org/draft-07/schema#", "$id": "http://e/x"} | {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"required": ["d"]}}}
            # repairs
            3.0 | in | {"type": "any"} | {}
            3.0 | in | {"type": "String"} | {"type": "string"}
            3.1 | in | {"type": ["string", null, "string"]} | {"type": ["string", "null"]}
            3.0 | in | {"required": true, "minLength": -1, "maxLength": 2.0, "multipleOf": 0, "enum": "a", "title": 7} | {"maxLength": 2, "title": "7"}
            3.0 | in | {"enum": ["a", "b", "a"], "required": ["x", "x", 3]} | {"enum": ["a", "b"], "required": ["x"]}
            3.0 | in | {"maxLength": 9223372036854775807, "uniqueItems": "yes", "allOf": [], "properties": []} | {"maxLength": 2147483647}
            3.0 | in | {"properties": {"a": null, "b": "string"}} | {"properties": {"a": {}, "b": {}}}
            3.0 | in | {"pattern": "^\\\\A[a-z]", "description": "A name"} | {"description": "A name\\n\\nMatches the regular expression `^\\\\A[a-z]`."}
            3.0 | in | {"properties": {"$ref": "#/components/schemas/Base", "a": {}}} | {"properties": {"a": {}}}
            3.0 | in | {"pattern": "^[a-z]+$"} | {"pattern": "^[a-z]+$"}
            3.1 | in | {"patternProperties": {"(?i)x": {}}, "additionalProperties": false} | {"patternProperties": {}, "description": "Names may match the regular expression `(?i)x`."}
            3.1 | in | {"then": {"required": ["a"]}, "minContains": 1} | {}
            3.1 | in | {"made-up": 1, "type": "null"} | {"type": "null"}
            """;

    /** What the rows convert to, for other validators to judge. */
    static List<JsonNode> converted() throws Exception {
        List<JsonNode> schemas = new ArrayList<>();
        for (String row : ROWS.split("\n", -1)) {
            String[] cells = row.split(" \\| ", -1);
            if (cells.length == 4) {
                ApiDescription read = read(cells[0].strip(), cells[1].strip(), cells[2]);
                schemas.add(Validity.whole(Validity.schemas(read).getFirst()));
            }
        }
        return schemas;
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = ROWS)
    void isSaidIn2020(String version, String direction, String given, String expected) throws Exception {
        ApiDescription read = read(version, direction, given);
        assertThat(read.operations()).as("%s", read.findings()).hasSize(1);
        JsonNode schema = Validity.whole(Validity.schemas(read).getFirst());
        assertThat(schema).isEqualTo(JSON.readTree(expected));
        Validity.assertUsable(schema);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            3.0 | {"type": "any"}             | /schema/type     | `type` cannot be any; left out
            3.0 | {"required": true}          | /schema/required | `required` cannot be true; left out
            3.0 | {"properties": {"a": null}} | /schema/properties/a | a schema is an object or a boolean; anything is allowed here
            3.1 | {"made-up": 1}              | /schema/made-up  | `made-up` is no keyword of JSON Schema; left out
            """)
    void whatIsRepairedIsTold(String version, String given, String pointer, String message) throws Exception {
        ApiDescription read = read(version, "in", given);
        assertThat(read.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.source().pointer()).endsWith(pointer);
            assertThat(finding.message().replace("`", "")).isEqualTo(message.replace("`", ""));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            #/components/schemas/None       | "#/components/schemas/None" leads to nothing
            other.yaml#/A                   | refers to another file, "other.yaml", and has none beside it
            http://169.254.169.254/latest   | "http://169.254.169.254/latest" is remote; only files beside the document are read
            file:///etc/passwd              | "file:///etc/passwd" is remote; only files beside the document are read
            jar:file:/x.jar!/y              | "jar:file:/x.jar!/y" is remote; only files beside the document are read
            //host/x                        | "//host/x" is remote; only files beside the document are read
            """)
    void aReferenceThatLeadsNowhereLeavesTheOperationOut(String reference, String reason) throws Exception {
        ApiDescription read = read("3.1", "in", "{\"items\": {\"$ref\": \"" + reference + "\"}}");
        assertThat(read.operations()).isEmpty();
        assertThat(read.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.message()).isEqualTo("POST /a is left out: " + reason);
            assertThat(finding.source().pointer()).endsWith("/schema/items/$ref");
            assertThat(finding.source().line()).isEqualTo(3);
        });
    }

    @Test
    void aDefinitionThatDiffersByDirectionHasANameForEach() throws Exception {
        String document = """
                openapi: 3.0.0
                paths:
                  /a:
                    post:
                      requestBody: {content: {application/json: {schema: {items: {$ref: "#/components/schemas/N"}}}}}
                      responses: {"200": {content: {application/json: {schema: {items: {$ref: "#/components/schemas/N"}}}}}}
                components: {schemas: {N: {properties: {id: {readOnly: true}, n: {$ref: "#/components/schemas/N"}}}}}
                """;
        List<Schema> schemas = Validity.schemas(OpenApiReader.read("n", document.getBytes(StandardCharsets.UTF_8)));
        assertThat(schemas.get(0).definitions()).containsOnlyKeys("N..request");
        assertThat(Validity.whole(schemas.get(0))
                        .at("/$defs/N..request/properties/id")
                        .isMissingNode())
                .isTrue();
        assertThat(schemas.get(1).definitions()).containsOnlyKeys("N");
        assertThat(Validity.whole(schemas.get(1)).at("/$defs/N/properties/id").isMissingNode())
                .isFalse();
    }

    private static ApiDescription read(String version, String direction, String schema) throws DocumentException {
        return OpenApiReader.read("schema", document(version, direction, schema).getBytes(StandardCharsets.UTF_8));
    }

    private static String document(String version, String direction, String schema) {
        if (version.equals("2.0")) {
            String body = direction.equals("in")
                    ? "\"parameters\": [{\"name\": \"b\", \"in\": \"body\",\n \"schema\": " + schema + "}]"
                    : "\"responses\": {\"200\": {\n \"schema\": " + schema + "}}";
            return "{\"swagger\": \"2.0\", \"paths\": {\"/a\": {\"post\": {\n" + body + "}}}}";
        }
        String content = "{\"content\": {\"application/json\": {\n\"schema\": " + schema + "}}}";
        String part =
                direction.equals("in") ? "\"requestBody\": " + content : "\"responses\": {\"200\": " + content + "}";
        return "{\"openapi\": \"" + version + ".0\", \"paths\": {\"/a\": {\"post\": {\n" + part + "}}},\n"
                + " \"components\": {\"schemas\": " + COMPONENTS + "}}";
    }
}
