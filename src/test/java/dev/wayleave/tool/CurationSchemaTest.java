package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.workflow.WorkflowDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema that is shipped and the parser accept and refuse the same. */
class CurationSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A key of a table, with or without a value behind it. */
    private static final Pattern KEY = Pattern.compile("`([a-z][A-Za-z-]*)(: [^`]*)?`");

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "operation | {} | yes",
                "operation | {\"expose\": false} | yes",
                "operation | {\"name\": \"get_it\", \"title\": \"Get it\", \"description\": \"Gets it.\"} | yes",
                "operation | {\"access\": \"schema\", \"scopes\": [\"a:b\", \"c\"], \"safe\": true, \"idempotent\": true, \"confirm\": false} | yes",
                "operation | {\"scopes\": []} | yes",
                "operation | {\"idempotency-key\": \"Idempotency-Key\"} | yes",
                "operation | {\"idempotency-key\": \"Idempotency Key\"} | no",
                "operation | {\"idempotency-key\": true} | no",
                "operation | {\"scopes\": [[\"a\", \"b\"], [\"c\"]]} | yes",
                "operation | {\"scopes\": [[]]} | yes",
                "operation | {\"scopes\": [[\"a\"], \"b\"]} | no",
                "operation | {\"scopes\": [\"a\", [\"b\"]]} | no",
                "operation | {\"scopes\": [[\"a\"], [\"a\"]]} | no",
                "operation | {\"scopes\": [[\"a\", \"a\"]]} | no",
                "operation | {\"scopes\": [[[\"a\"]]]} | no",
                "operation | {\"scopes\": [[\"a b\"]]} | no",
                "operation | {\"scopes\": {}} | no",
                "operation | {\"annotations\": {\"readOnlyHint\": true, \"openWorldHint\": true}} | yes",
                "operation | {\"cache\": {\"ttl\": \"60s\"}} | yes",
                "operation | {\"result\": {\"pointer\": \"/a/b\", \"keep\": [\"x.y\"], \"drop\": [\"z\"], \"rename\": {\"x\": \"w\"}}} | yes",
                "operation | {\"task\": {\"status\": \"getJob\", \"id\": \"/id\"}} | yes",
                "operation | {\"task\": {\"status\": \"getJob\", \"id\": \"Location\", \"cancel\": \"stopJob\", \"poll\": \"2s\", \"ttl\": \"1h\", \"required\": true, \"result\": {\"pointer\": \"/a\"}}} | yes",
                "operation | {\"task\": {\"status\": \"getJob\", \"id\": \"/id\", \"state\": {\"pointer\": \"/s\", \"completed\": [\"a\"], \"failed\": [\"b\"], \"cancelled\": [\"c\"]}}} | yes",
                "operation | {\"task\": {\"status\": \"getJob\"}} | no",
                "operation | {\"task\": {\"id\": \"/id\"}} | no",
                "operation | {\"task\": {\"status\": \"getJob\", \"id\": \"a b\"}} | no",
                "operation | {\"task\": {\"status\": \"getJob\", \"id\": \"/a~2\"}} | no",
                "operation | {\"task\": {\"status\": \"getJob\", \"id\": \"/id\", \"state\": {\"pointer\": \"/s\"}}} | no",
                "operation | {\"task\": {\"status\": \"getJob\", \"id\": \"/id\", \"state\": {\"pointer\": \"s\", \"completed\": [\"a\"]}}} | no",
                "operation | {\"task\": {\"status\": \"getJob\", \"id\": \"/id\", \"state\": {\"pointer\": \"/s\", \"completed\": []}}} | no",
                "operation | {\"task\": {\"status\": \"getJob\", \"id\": \"/id\", \"poll\": \"2\"}} | no",
                "operation | {\"task\": {\"status\": \"getJob\", \"id\": \"/id\", \"required\": \"yes\"}} | no",
                "operation | {\"task\": {\"status\": \"getJob\", \"id\": \"/id\", \"after\": \"2s\"}} | no",
                "operation | {\"arguments\": \"composed\"} | yes",
                "operation | {\"arguments\": \"nested\"} | no",
                "operation | 1 | no",
                "operation | {\"exposed\": false} | no",
                "operation | {\"expose\": \"no\"} | no",
                "operation | {\"name\": \"get it\"} | no",
                "operation | {\"name\": \"\"} | no",
                "operation | {\"title\": \" \"} | no",
                "operation | {\"access\": \"write\"} | no",
                "operation | {\"scopes\": \"a\"} | no",
                "operation | {\"scopes\": [\"a b\"]} | no",
                "operation | {\"scopes\": [\"a\", \"a\"]} | no",
                "operation | {\"annotations\": {\"readOnly\": true}} | no",
                "operation | {\"cache\": {}} | no",
                "operation | {\"cache\": {\"ttl\": 60}} | no",
                "operation | {\"cache\": {\"ttl\": \"60\"}} | no",
                "operation | {\"cache\": {\"ttl\": \"0s\"}} | no",
                "operation | {\"result\": {\"pointer\": \"a\"}} | no",
                "operation | {\"result\": {\"keep\": \"a\"}} | no",
                "operation | {\"result\": {\"rename\": {\"a\": 1}}} | no",
                "operation | {\"hidden\": true} | no",
                "argument | {} | yes",
                "argument | {\"hidden\": true} | yes",
                "argument | {\"bind\": {\"claim\": \"org.slug\"}} | yes",
                "argument | {\"hidden\": true, \"bind\": {\"const\": null}} | yes",
                "argument | {\"default\": 5, \"clamp\": {\"minimum\": 1, \"maximum\": 10}} | yes",
                "argument | {\"clamp\": true, \"reject\": {\"maximum\": 10}} | yes",
                "argument | {\"forbid\": [\"a\", \"b.c\"]} | yes",
                "argument | {\"sql\": {\"dialect\": \"sqlite\", \"allow\": [\"select\", \"explain\"], \"instead\": {\"delete\": \"t\"}}} | yes",
                "argument | {\"forbid-own\": [\"a\"]} | yes",
                "argument | {\"forbid-own\": \"a\"} | no",
                "argument | {\"sql\": {\"allow\": [\"select\"]}} | no",
                "argument | {\"sql\": {\"dialect\": \"mysql\", \"allow\": [\"select\"]}} | no",
                "argument | {\"sql\": {\"dialect\": \"sqlite\"}} | no",
                "argument | {\"sql\": {\"dialect\": \"sqlite\", \"allow\": []}} | no",
                "argument | {\"sql\": {\"dialect\": \"sqlite\", \"allow\": [\"SELECT\"]}} | no",
                "argument | {\"sql\": {\"dialect\": \"sqlite\", \"allow\": [\"pragma\"]}} | no",
                "argument | {\"sql\": {\"dialect\": \"sqlite\", \"allow\": [\"select\"], \"instead\": {\"remove\": \"t\"}}} | no",
                "argument | {\"sql\": {\"dialect\": \"sqlite\", \"allow\": [\"select\"], \"deny\": []}} | no",
                "argument | {\"sql\": {\"dialect\": \"sqlite\", \"allow\": [\"select\"]}, \"hidden\": true} | no",
                "argument | {\"sql\": {\"dialect\": \"sqlite\", \"allow\": [\"select\"]}, \"bind\": {\"const\": \"x\"}} | no",
                "argument | {\"sql\": true} | no",
                "operation | {\"sql\": {\"dialect\": \"sqlite\", \"allow\": [\"select\"]}} | no",
                "operation | {\"result\": {\"merge\": [\"a\", \"b\"]}} | yes",
                "operation | {\"result\": {\"merge\": \"a\"}} | no",
                "argument | {\"hide\": true} | no",
                "argument | {\"bind\": {}} | no",
                "argument | {\"bind\": {\"claim\": \"a\", \"const\": 1}} | no",
                "argument | {\"bind\": {\"claim\": 1}} | no",
                "argument | {\"bind\": {\"lookup\": \"x\"}} | no",
                "argument | {\"bind\": {\"const\": 1}, \"hidden\": false} | no",
                "argument | {\"bind\": {\"const\": 1}, \"default\": 1} | no",
                "argument | {\"header\": \"Region\"} | yes",
                "argument | {\"header\": \"Two Words\"} | no",
                "argument | {\"header\": \"\"} | no",
                "argument | {\"header\": \"Region\", \"hidden\": true} | no",
                "argument | {\"header\": \"Region\", \"bind\": {\"const\": 1}} | no",
                "argument | {\"clamp\": {\"min\": 1}} | no",
                "argument | {\"clamp\": {}} | no",
                "argument | {\"clamp\": 1} | no",
                "argument | {\"reject\": true} | no",
                "argument | {\"reject\": {\"minimum\": \"1\"}} | no",
                "argument | {\"forbid\": \"a\"} | no",
                "argument | {\"name\": \"a\"} | yes",
                "argument | {\"name\": \"filter.by-Id_2\"} | yes",
                "argument | {\"name\": \"a b\"} | no",
                "argument | {\"name\": \"\"} | no",
                "argument | {\"name\": 1} | no",
                "document | {\"title\": \"T\", \"instructions\": \"Do.\", \"prefix\": \"t_\", \"arguments\": \"body\", \"expose\": false} | yes",
                "document | {\"errors\": [{\"status\": 503, \"pattern\": \"in (\\\\d+) s\", \"retry-after\": \"$1\"}]} | yes",
                "document | {\"errors\": [{\"status\": [403, 404], \"pointer\": \"/code\", \"code\": \"X\", \"message\": \"M\", \"advice\": \"A\", \"retryable\": false}]} | yes",
                "document | {\"errors\": [{\"status\": 429, \"retry-after\": \"/wait\"}, {\"status\": 500, \"retry-after\": 9}]} | yes",
                "document | {\"errors\": {}} | no",
                "document | {\"errors\": [1]} | no",
                "document | {\"errors\": [{}]} | no",
                "document | {\"errors\": [{\"status\": \"5XX\"}, {\"status\": [\"4XX\", 503]}]} | yes",
                "document | {\"errors\": [{\"status\": \"3XX\"}]} | no",
                "document | {\"errors\": [{\"status\": \"500\"}]} | no",
                "document | {\"errors\": [{\"status\": 200}]} | no",
                "document | {\"errors\": [{\"status\": [200, 400]}]} | no",
                "document | {\"errors\": [{\"status\": 100, \"pointer\": \"/error\"}]} | no",
                "document | {\"errors\": [{\"status\": [200, 201], \"pointer\": \"/success\", \"code\": \"false\"}]} | yes",
                "document | {\"errors\": [{\"status\": 200, \"pattern\": \"^failed\"}]} | yes",
                "document | {\"errors\": [{\"status\": []}]} | no",
                "document | {\"errors\": [{\"status\": 500, \"code\": \"X\"}]} | no",
                "document | {\"errors\": [{\"status\": 500, \"pointer\": \"code\"}]} | no",
                "document | {\"errors\": [{\"status\": 500, \"retry-after\": 0}]} | no",
                "document | {\"errors\": [{\"status\": 500, \"retry-after\": \"soon\"}]} | no",
                "document | {\"errors\": [{\"status\": 500, \"retry\": true}]} | no",
                "document | {\"arguments\": \"nested\"} | no",
                "document | {\"prefix\": \"a b\"} | no",
                "document | {\"prefix\": \"seventeen_letters\"} | no",
                "document | {\"resources\": []} | yes",
                "document | {\"resources\": [{\"uri\": \"t://a\", \"operation\": \"GET /a\"}]} | no",
                "document | {\"resources\": [{\"uri\": \"tt://a\", \"operation\": \"GET /a\", \"mimeType\": \"text/plain\"}]} | yes",
                "document | {\"resources\": [{\"uri\": \"https://a\", \"operation\": \"GET /a\"}]} | no",
                "document | {\"resources\": [{\"uri\": \"tt://a\"}]} | no",
                "document | {\"resources\": [{\"uri\": \"tt://a\", \"operation\": \"GET /a\", \"path\": \"/a\"}]} | no",
                "document | {\"resources\": [1]} | no",
                "document | {\"resources\": {}} | no",
                "document | {\"prompts\": [{\"name\": \"p\", \"arguments\": [{\"name\": \"x\", \"values\": [\"1\"]}], \"messages\": [{\"text\": \"Do {{x}}.\"}]}]} | yes",
                "document | {\"prompts\": [{\"name\": \"p\", \"messages\": []}]} | no",
                "document | {\"prompts\": [{\"name\": \"p q\", \"messages\": [{\"text\": \"a\"}]}]} | no",
                "document | {\"prompts\": [{\"name\": \"p\", \"messages\": [{\"text\": \"a\", \"resource\": \"tt://a\"}]}]} | no",
                "document | {\"prompts\": [{\"name\": \"p\", \"messages\": [{\"role\": \"system\", \"text\": \"a\"}]}]} | no",
                "document | {\"tools\": [{\"name\": \"t\", \"text\": \"{{claims.sub}} {{constants.a}}\", \"scopes\": [\"a\"]}]} | yes",
                "document | {\"tools\": [{\"name\": \"t\"}]} | no",
                "document | {\"tools\": [{\"name\": \"t t\", \"text\": \"a\"}]} | no",
                "operation | {\"origin\": \"docs\"} | yes",
                "operation | {\"origin\": 1} | no",
                "workflow | {} | yes",
                "workflow | {\"expose\": true, \"name\": \"w_2\", \"title\": \"T\", \"description\": \"D\", \"access\": \"data\", \"scopes\": [[\"a\"], [\"b\"]], \"annotations\": {\"openWorldHint\": true}, \"safe\": false, \"idempotent\": true, \"confirm\": false, \"cache\": {\"ttl\": \"5s\"}, \"result\": {\"pointer\": \"/a\"}} | yes",
                "workflow | {\"outputSchema\": {\"type\": \"object\"}} | yes",
                "workflow | {\"outputSchema\": \"object\"} | no",
                "workflow | {\"arguments\": \"body\"} | no",
                "workflow | {\"origin\": \"docs\"} | no",
                "workflow | {\"for-each\": \"$inputs.a\"} | no",
                "workflow | {\"name\": \"w 2\"} | no",
                "workflow | {\"access\": \"all\"} | no",
                "workflow | {\"expose\": 1} | no",
                "step | {} | yes",
                "step | {\"for-each\": \"$inputs.list\"} | yes",
                "step | {\"for-each\": \"$steps.first.outputs.list\", \"as\": \"one\", \"at-most\": 1000} | yes",
                "step | {\"url\": \"https://{$steps.first.outputs.host}\", \"credential\": \"$steps.first.outputs.token\", \"error\": \"$response.body#/error\"} | yes",
                "step | {\"host\": \"$steps.first.outputs.host\"} | yes",
                "step | {\"error\": \"$statusCode\"} | yes",
                "step | {\"error\": [\"$response.body#/message\", \"$response.body#/code\"]} | yes",
                "step | {\"error\": []} | no",
                "step | {\"error\": [\"it failed\"]} | no",
                "step | {\"safe\": true} | yes",
                "step | {\"safe\": \"yes\"} | no",
                "step | {\"for-each\": \"$inputs.a\", \"per-second\": 30} | yes",
                "step | {\"for-each\": \"$inputs.a\", \"per-second\": 0} | no",
                "step | {\"for-each\": \"$inputs.a\", \"per-second\": 1001} | no",
                "step | {\"per-second\": 30} | no",
                "step | {\"at-most\": 5} | no",
                "step | {\"as\": \"one\"} | no",
                "step | {\"for-each\": \"list\"} | no",
                "step | {\"for-each\": [1]} | no",
                "step | {\"for-each\": \"$inputs.a\", \"as\": \"a b\"} | no",
                "step | {\"for-each\": \"$inputs.a\", \"at-most\": 0} | no",
                "step | {\"for-each\": \"$inputs.a\", \"at-most\": 1001} | no",
                "step | {\"for-each\": \"$inputs.a\", \"at-most\": \"5\"} | no",
                "step | {\"url\": \"https://a.example\", \"host\": \"a.example\"} | no",
                "step | {\"credential\": \"$steps.first.outputs.token\"} | no",
                "step | {\"host\": \"a.example\", \"credential\": \"$inputs.token\"} | no",
                "step | {\"url\": 1} | no",
                "step | {\"error\": \"it failed\"} | no",
                "step | {\"name\": \"s\"} | no",
                "document | {\"title\": 1} | no",
                "document | [] | no",
            })
    void theyAgree(String place, String sample, String accepted) throws Exception {
        assertThat(bySchema(place, sample)).as("schema").isEqualTo(accepted.equals("yes"));
        assertThat(byParser(place, sample)).as("parser").isEqualTo(accepted.equals("yes"));
    }

    private static boolean bySchema(String place, String sample) throws Exception {
        JsonNode schema =
                JSON.createObjectNode().put("$ref", "#/$defs/" + place).set("$defs", schema().get("$defs"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(JSON.readTree(sample))
                .isEmpty();
    }

    /** One workflow of two steps; none where it is not asked about. */
    private static List<WorkflowDocument> workflows(String place, String sample) throws DocumentException {
        String document = """
                {"arazzo": "1.0.1", "info": {"title": "W", "version": "1"}, "sourceDescriptions": [{"name": "a", "url": "a.json", "type": "openapi"}],
                "workflows": [{"workflowId": "w", %s "steps": [{"stepId": "first", "operationId": "getA"}, {"stepId": "second", %s "operationId": "getA"}]}]}""".formatted(
                        place.equals("workflow") ? "\"x-mcp\": " + sample + "," : "",
                        place.equals("step") ? "\"x-mcp\": " + sample + "," : "");
        return place.equals("workflow") || place.equals("step")
                ? List.of(WorkflowDocument.read("w.json", document.getBytes(StandardCharsets.UTF_8)))
                : List.of();
    }

    @ParameterizedTest
    @CsvSource({
        "curation.md,x-mcp on an operation,operation",
        "curation.md,x-mcp on a parameter or a property,argument",
        "curation.md,x-mcp on the document,document",
        "workflows.md,`x-mcp` on a step,step",
    })
    void theFirstTableOfTheGuideTellsTheSameKeys(String guide, String heading, String place) throws Exception {
        String text = Files.readString(Path.of("docs", guide));
        List<String> table = text.substring(text.indexOf("\n## " + heading + "\n"))
                .lines()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        List<String> told = table.stream()
                .map(row -> row.split("\\|", -1)[1])
                .flatMap(cell -> KEY.matcher(cell).results())
                .map(key -> key.group(1))
                .distinct()
                .toList();
        List<String> known = new ArrayList<>();
        schema().at("/$defs/" + place + "/properties").fieldNames().forEachRemaining(known::add);

        assertThat(told).containsExactlyInAnyOrderElementsOf(known);
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in = Objects.requireNonNull(Extension.class.getResourceAsStream("x-mcp.schema.json"))) {
            return JSON.readTree(in);
        }
    }

    private static boolean byParser(String place, String sample) throws DocumentException {
        String document = """
                {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, %s "paths": {"/a": {"get": {"operationId": "getA", %s "parameters":
                [{"name": "n", "in": "query", %s "schema": {"type": "%s", "minimum": 0}}]}},
                "/jobs/{id}": {"parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}], "get": {"operationId": "getJob"}, "delete": {"operationId": "stopJob"}}}}""".formatted(
                        place.equals("document") ? "\"x-mcp\": " + sample + "," : "",
                        place.equals("operation") ? "\"x-mcp\": " + sample + "," : "",
                        place.equals("argument") ? "\"x-mcp\": " + sample + "," : "",
                        sample.contains("\"sql\"") ? "string" : "integer");
        try {
            Catalog catalog = Catalog.of(
                    OpenApiReader.read("a.json", document.getBytes(StandardCharsets.UTF_8)), workflows(place, sample));
            return catalog.findings().stream().noneMatch(f -> f.severity() == Finding.Severity.ERROR);
        } catch (DocumentException refused) {
            return false;
        }
    }
}
