package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.workflow.WorkflowDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of Arazzo documents, and what their owners are told. */
class WorkflowToolsTest {
    private static final String API = """
            openapi: 3.1.0
            info: {title: T, version: "1"}
            x-mcp: {expose: false}
            components: {securitySchemes: {o: {type: oauth2, flows: {}}}}
            security: [{o: [read]}, {o: [all]}]
            paths:
              /a: {get: {operationId: getA, parameters: [{name: q, in: query, schema: {type: string}}], responses: {"200": {description: ok}}}}
              /b: {post: {operationId: postB, security: [{o: [write]}], requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {"200": {description: ok}}}}
              /c: {delete: {operationId: dropC, security: [{o: [write]}], responses: {"200": {description: ok}}}}
              /d: {post: {operationId: postD, x-mcp: {confirm: true}, responses: {"200": {description: ok}}}}
              /e: {post: {operationId: postE, x-mcp: {asks: [{name: a, roots: true}]}, responses: {"200": {description: ok}}}}
            """;
    private static final String GOOD = "\n  - {workflowId: good, steps: [{stepId: s, operationId: getA}]}";

    private static Catalog catalog(String version, String workflows) throws DocumentException {
        String document = "arazzo: " + version + "\ninfo: {title: W, version: '1'}\n"
                + "sourceDescriptions: [{name: base, url: 'https://evil.example.com/x'}, {name: other, url: y, type: arazzo}]\n"
                + "components:\n  parameters: {p: {name: q, in: query, value: v}}\n  failureActions: {f: {name: f, type: end}}\n"
                + "workflows:\n" + workflows;
        return Catalog.of(
                OpenApiReader.read("api.yaml", API.getBytes(StandardCharsets.UTF_8)),
                List.of(WorkflowDocument.read("w.yaml", document.getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: none}]} | no operation",
                "1.0.1 | {workflowId: w, steps: []} | at least one step",
                "1.0.1 | {workflowId: w, unknown: 1, steps: [{stepId: s, operationId: getA}]} | not known here",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, timeout: 5}]} | not known here",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, dependsOn: [s]}]} | not known here",
                "1.1.0 | {workflowId: w, steps: [{stepId: s, operationId: getA, dependsOn: [z]}]} | no step of it",
                "1.1.0 | {workflowId: w, steps: [{stepId: s, channelPath: x}]} | has one of",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, workflowId: w}]} | has one of",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, workflowId: w}]} | leads to itself",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, workflowId: none}]} | no workflow here",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, workflowId: $sourceDescriptions.other.x}]} | another document",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: $sourceDescriptions.other.getA}]} | type arazzo",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationPath: '{$sourceDescriptions.none.url}#/paths/~1a/get'}]} | no source description",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA}, {stepId: s, operationId: getA}]} | stands here twice",
                "1.0.1 | {workflowId: w, dependsOn: [good], steps: [{stepId: s, operationId: getA}]} | each call stands alone",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, parameters: [{name: z, in: query, value: 1}]}]} | not taken there",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, parameters: [{name: q, value: 1}]}]} | is path, query, header",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, parameters: [{name: q, in: query, value: $inputs}]}]} | no runtime expression",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, parameters: [{name: q, in: query, value: $steps.t.outputs.x}]}, {stepId: t, operationId: getA}]} | comes after it",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, outputs: {x: plain}}]} | is a runtime expression",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, requestBody: {payload: {}}}]} | sends a body",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: postB, requestBody: {contentType: application/xml, payload: x}}]} | not taken",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: postB, requestBody: {payload: '{\"a\": {$inputs.b}}'}}]} | is no JSON",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, successCriteria: []}]} | at least one criterion",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, successCriteria: [{condition: /x, context: $response.body, type: xpath}]}]} | simple, regex or jsonpath",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, successCriteria: [{condition: '(', context: $response.body, type: regex}]}]} | no regular expression",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, successCriteria: [{condition: '$[', context: $response.body, type: jsonpath}]}]} | no JSONPath",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, onSuccess: [{name: g, type: goto, stepId: z}]}]} | no step",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, onSuccess: [{name: g, type: goto}]}]} | goes nowhere",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, onSuccess: [{name: g, type: retry}]}]} | not retried",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, parameters: [{reference: $components.parameters.none}]}]} | refers to nothing",
                "1.0.1 | {workflowId: w, inputs: {type: array}, steps: [{stepId: s, operationId: getA, x-mcp: {nope: 1}}]} | is no key",
                "1.0.1 | {workflowId: w, inputs: {$ref: 'https://example.com/x'}, steps: [{stepId: s, operationId: getA}]} | cannot be read",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, x-mcp: {at-most: 3}}]} | no meaning without",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, x-mcp: {credential: $steps.s.outputs.x}}]} | of an earlier step",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: getA, x-mcp: {host: $steps.z.outputs.x}}]} | no earlier step",
                "1.0.1 | {workflowId: w, steps: [{stepId: s, operationId: postE}]} | in the midst of a workflow",
                "1.0.1 | {workflowId: w, x-mcp: {idempotency-key: Key}, steps: [{stepId: s, operationId: getA}]} | is for operations",
                "1.0.1 | {workflowId: w, x-mcp: {name: good_}, outputs: {x: $steps.z.outputs.y}, steps: [{stepId: s, operationId: getA}]} | none of its steps",
            })
    void aWorkflowThatIsNotUnderstoodIsLeftOutAlone(String version, String workflow, String expected)
            throws DocumentException {
        Catalog catalog = catalog(version, "  - " + workflow + GOOD);
        assertThat(catalog.tools()).extracting(Tool::name).containsExactly("good");
        assertThat(catalog.findings())
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .anySatisfy(finding -> {
                    assertThat(finding.message()).contains(expected);
                    assertThat(finding.source().file()).isEqualTo("w.yaml");
                    assertThat(finding.source().line()).isPositive();
                });
    }

    @Test
    void whoMustAgreeToOneOfItsStepsAgreesToTheWhole() throws DocumentException {
        Catalog catalog = catalog("1.0.1", """
              - {workflowId: a, steps: [{stepId: s, operationId: postD}]}
              - {workflowId: b, x-mcp: {confirm: true}, steps: [{stepId: s, operationId: getA}]}
              - {workflowId: c, steps: [{stepId: s, workflowId: a}]}
              - {workflowId: d, steps: [{stepId: s, operationId: getA}]}
            """);
        assertThat(catalog.tools())
                .filteredOn(tool -> tool.handling().asks().confirmation() != null)
                .extracting(Tool::name)
                .containsExactly("a", "b", "c");
    }

    @Test
    void twoWithTheSameIdAreNobodys() throws DocumentException {
        assertThat(catalog("1.0.1", GOOD + GOOD).tools()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.9.0", "2.0.0", "1.2.0", "1.0"})
    void anotherVersionIsRefused(String version) {
        assertThatThrownBy(() -> catalog(version, GOOD)).isInstanceOf(DocumentException.class);
    }

    @Test
    void itNeedsWhatAllOfItsStepsNeedAndDestroysWhereOneDoes() throws DocumentException {
        Tool tool = catalog(
                        "1.0.1",
                        "  - {workflowId: W, steps: [{stepId: s, operationId: getA, parameters: [{reference: $components.parameters.p}]}, {stepId: t, operationId: dropC}]}")
                .tools()
                .getFirst();
        assertThat(tool.scopes().alternatives())
                .containsExactlyInAnyOrder(Set.of("read", "write"), Set.of("all", "write"));
        assertThat(tool.annotations()).isEqualTo(new Annotations(false, true, false, false));
        assertThat(tool.name()).isEqualTo("w");
    }

    @Test
    void itsOwnerSaysOtherScopesAndThatPostsOnlyRead() throws DocumentException {
        Catalog catalog = catalog("1.1.0", """
                  - {workflowId: w, x-mcp: {scopes: [own], safe: true, outputSchema: {type: object, properties: {n: {type: integer}}}}, steps: [{stepId: s, operationId: postB}]}
                  - {workflowId: v, x-mcp: {safe: true}, steps: [{stepId: s, operationId: dropC}]}
                """);
        Tool tool = catalog.tools().getFirst();
        assertThat(tool.scopes().alternatives()).containsExactly(Set.of("own"));
        assertThat(tool.annotations().readOnly()).isTrue();
        assertThat(tool.outputSchema()).isNotNull();
        assertThat(catalog.tools().getLast().annotations().readOnly()).isFalse();
        assertThat(catalog.findings().toString()).contains("not taken as reading only");
    }

    @Test
    void stepsStandBehindThoseThatTheyDependOn() throws DocumentException {
        Tool tool = catalog("1.1.0", """
                  - workflowId: w
                    steps:
                      - {stepId: last, operationId: getA, dependsOn: [first]}
                      - {stepId: first, operationId: getA}
                """).tools().getFirst();
        assertThat(tool.work())
                .isInstanceOfSatisfying(
                        Work.Steps.class,
                        steps -> assertThat(steps.plan().steps())
                                .extracting(planned -> planned.step().id())
                                .containsExactly("first", "last"));
    }
}
