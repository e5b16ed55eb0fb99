package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.FakePlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows as clients call them and as the platform sees them. */
class WorkflowWireTest {
    @TempDir
    Path folder;

    private static final String CHAIN = """
              - workflowId: renameThing
                summary: Rename a thing
                inputs:
                  type: object
                  required: [id]
                  properties: {id: {type: string}, name: {type: string}, size: {type: integer}}
                steps:
                  - stepId: find
                    operationId: getThing
                    parameters: [{name: id, in: path, value: $inputs.id}]
                    successCriteria: [{condition: $statusCode == 200}]
                    outputs: {old: $response.body#/name, size: $response.body#/size}
                  - stepId: make
                    operationPath: '{$sourceDescriptions.base.url}#/paths/~1things/post'
                    requestBody:
                      payload: {name: '{$steps.find.outputs.old}-{$inputs.name}', size: $steps.find.outputs.size, seed: {type: copy}}
                    outputs: {id: $response.body#/id, at: $response.header.Location}
                outputs:
                  id: $steps.make.outputs.id
                  at: $steps.make.outputs.at
                  old: $steps.find.outputs.old
            """;

    private static String things(FakePlatform.Received request) {
        return request.requestLine().startsWith("GET")
                ? WorkflowFixture.ok("{\"name\":\"n1\",\"size\":5}")
                : FakePlatform.response(201, "application/json", "{\"id\":\"t2\"}", "Location: /things/t2");
    }

    @Test
    void aWorkflowIsAToolWhoseStepsFollowEachOther() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.0.1", CHAIN)) {
            JsonNode tool = w.tool("rename_thing");
            assertThat(tool.at("/inputSchema/required").toString()).isEqualTo("[\"id\"]");
            assertThat(tool.path("title").asText()).isEqualTo("Rename a thing");
            assertThat(tool.at("/annotations/readOnlyHint").asBoolean()).isFalse();
            w.platform(WorkflowWireTest::things);

            JsonNode result = w.call("rename_thing", "{\"id\":\"a b\",\"name\":\"x\"}");

            assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
            assertThat(result.path("structuredContent").toString())
                    .isEqualTo("{\"id\":\"t2\",\"at\":\"/things/t2\",\"old\":\"n1\"}");
            var sent = w.wayleave.platform.received();
            assertThat(sent.getFirst().requestLine()).startsWith("GET /things/a%20b ");
            assertThat(WorkflowFixture.JSON.readTree(sent.getLast().body()))
                    .isEqualTo(WorkflowFixture.JSON.readTree(
                            "{\"name\":\"n1-x\",\"size\":5,\"seed\":{\"type\":\"copy\"},\"owner\":\"user-1\"}"));
            assertThat(sent)
                    .allMatch(one -> one.header("Authorization").getFirst().startsWith("Bearer "));
        }
    }

    @Test
    void itsArgumentsAreCheckedBeforeAnythingIsSent() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.0.1", CHAIN)) {
            JsonNode result = w.call("rename_thing", "{\"id\":1,\"other\":2}");
            assertThat(result.path("isError").asBoolean()).isTrue();
            assertThat(w.wayleave.platform.received()).isEmpty();
        }
    }

    @Test
    void whoLacksAScopeOfOneStepIsNotOfferedIt() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.0.1", CHAIN)) {
            assertThat(w.rpc("tools/list", "{}", "read").at("/result/tools")).isEmpty();
            assertThat(w.rpc("tools/list", "{}", "read write").at("/result/tools"))
                    .hasSize(1);
            String call = "{\"name\":\"rename_thing\",\"arguments\":{\"id\":\"1\"}}";
            assertThat(w.rpc("tools/call", call, "read").toString()).doesNotContain("structuredContent");
            assertThat(w.wayleave.platform.received()).isEmpty();
        }
    }

    @Test
    void theAuditHasOneEventWithTheStepsInside() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.0.1", CHAIN)) {
            w.platform(WorkflowWireTest::things);
            w.call("rename_thing", "{\"id\":\"1\",\"name\":\"x\"}");
            JsonNode event = w.lastAudit();
            assertThat(event.path("operation").asText()).isEqualTo("workflow renameThing");
            assertThat(event.path("arguments").toString()).isEqualTo("[\"id\",\"name\"]");
            assertThat(event.path("steps")).hasSize(2);
            assertThat(event.at("/steps/1/id").asText()).isEqualTo("make");
            assertThat(event.at("/steps/1/operation").asText()).isEqualTo("POST /things");
            assertThat(event.at("/steps/1/status").asInt()).isEqualTo(201);
            assertThat(event.at("/steps/1/outcome").asText()).isEqualTo("ok");
            assertThat(event.at("/steps/1").has("duration_ms")).isTrue();
        }
    }

    @Test
    void aFailedStepEndsItAndWhatWasSentBeforeIsTold() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.0.1", """
                  - workflowId: two
                    steps:
                      - {stepId: first, operationId: makeThing, requestBody: {payload: {name: a}}}
                      - {stepId: second, operationId: makeThing, requestBody: {payload: {name: b}}}
                """)) {
            w.platform(request -> request.body().contains("\"a\"")
                    ? FakePlatform.response(201, "application/json", "{}")
                    : FakePlatform.response(409, "application/json", "{\"error\":\"exists\"}"));
            JsonNode result = w.call("two", "{}");
            assertThat(result.path("isError").asBoolean()).isTrue();
            assertThat(WorkflowFixture.text(result)).contains("409", "exists").endsWith("not undone: first.");
            assertThat(w.wayleave.platform.received()).hasSize(2);
        }
    }

    @Test
    void stepsThatOnlyReadAndDoNotDependAreDoneSideBySide() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.0.1", """
                  - workflowId: both
                    steps:
                      - {stepId: a, operationId: getThing, parameters: [{name: id, in: path, value: a}], outputs: {v: $response.body#/v}}
                      - {stepId: b, operationId: getThing, parameters: [{name: id, in: path, value: b}], outputs: {v: $response.body#/v}}
                      - {stepId: c, operationId: getThing, parameters: [{name: id, in: path, value: '{$steps.a.outputs.v}{$steps.b.outputs.v}'}], outputs: {v: $response.body#/v}}
                    outputs: {a: $steps.a.outputs.v, b: $steps.b.outputs.v, c: $steps.c.outputs.v}
                """)) {
            CountDownLatch both = new CountDownLatch(2);
            w.platform(request -> {
                both.countDown();
                try {
                    boolean together = both.await(1, TimeUnit.SECONDS);
                    return WorkflowFixture.ok(
                            "{\"v\":\"" + (together ? request.target().substring(8) : "alone") + "\"}");
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            JsonNode result = w.call("both", "{}");
            assertThat(result.path("structuredContent").toString()).isEqualTo("{\"a\":\"a\",\"b\":\"b\",\"c\":\"ab\"}");
            assertThat(w.tool("both").at("/annotations/readOnlyHint").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void aStepIsRetriedOnlyWhereItMayBeDoneTwice() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.0.1", """
                  - workflowId: reads
                    steps:
                      - {stepId: a, operationId: listThings, successCriteria: [{condition: $response.body#/done == true}], onFailure: [{name: r, type: retry, retryAfter: 0.01, retryLimit: 3}]}
                  - workflowId: writes
                    steps:
                      - {stepId: a, operationId: makeThing, requestBody: {payload: {name: a}}, onFailure: [{name: r, type: retry, retryAfter: 0.01, retryLimit: 3}]}
                """)) {
            AtomicInteger asked = new AtomicInteger();
            w.platform(request -> WorkflowFixture.ok("{\"done\":" + (asked.incrementAndGet() == 3) + "}"));
            assertThat(w.call("reads", "{}").path("isError").asBoolean()).isFalse();
            assertThat(asked.get()).isEqualTo(3);
            asked.set(0);
            w.platform(request -> {
                asked.incrementAndGet();
                return FakePlatform.response(503, "", "");
            });
            assertThat(w.call("writes", "{}").path("isError").asBoolean()).isTrue();
            assertThat(asked.get()).isEqualTo(1);
        }
    }

    @Test
    void actionsLeadElsewhereAndALoopOfThemEnds() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.1.0", """
                  - workflowId: choose
                    inputs: {type: object, properties: {id: {type: string}}}
                    steps:
                      - stepId: look
                        operationId: getThing
                        parameters: [{name: id, in: path, value: $inputs.id}]
                        onSuccess: [{name: have, type: goto, stepId: last}]
                        onFailure: [{name: lack, type: goto, stepId: make, criteria: [{condition: $statusCode == 404}]}]
                      - {stepId: make, operationId: makeThing, requestBody: {payload: {name: $inputs.id}}}
                      - {stepId: last, operationId: listThings, outputs: {n: $response.body#/n}}
                    outputs: {n: $steps.last.outputs.n}
                  - workflowId: circle
                    steps:
                      - {stepId: a, operationId: listThings, onSuccess: [{name: again, type: goto, stepId: a}]}
                """)) {
            w.platform(request -> request.requestLine().contains("/things/none")
                    ? FakePlatform.response(404, "", "")
                    : WorkflowFixture.ok("{\"n\":1}"));
            assertThat(w.call("choose", "{\"id\":\"some\"}")
                            .at("/structuredContent/n")
                            .asInt())
                    .isEqualTo(1);
            assertThat(w.wayleave.platform.received()).hasSize(2);
            assertThat(w.call("choose", "{\"id\":\"none\"}")
                            .at("/structuredContent/n")
                            .asInt())
                    .isEqualTo(1);
            assertThat(w.wayleave.platform.received()).hasSize(5);
            assertThat(WorkflowFixture.text(w.call("circle", "{}"))).contains("too many");
            assertThat(w.wayleave.platform.received()).hasSize(105);
        }
    }

    @Test
    void theCallsOwnTimeEndsItAndAStepsOwnTimeTheStep() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.1.0", """
                  - workflowId: slow
                    steps:
                      - {stepId: a, operationId: makeThing, timeout: 200, requestBody: {payload: {name: a}}}
                  - workflowId: slower
                    steps:
                      - {stepId: a, operationId: makeThing, requestBody: {payload: {name: a}}}
                      - {stepId: b, operationId: makeThing, requestBody: {payload: {name: b}}}
                """)) {
            w.platform(request -> {
                pause(1_300);
                return WorkflowFixture.ok("{}");
            });
            long began = System.nanoTime();
            assertThat(WorkflowFixture.text(w.call("slow", "{}"))).contains("in time");
            assertThat(System.nanoTime() - began).isLessThan(1_000_000_000L);
            assertThat(WorkflowFixture.text(w.call("slower", "{}"))).contains("in time", "not undone: a, b");
        }
    }

    @Test
    void aWorkflowCanBeAStepOfAnother() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.0.1", CHAIN + """
              - workflowId: outer
                inputs: {type: object, properties: {id: {type: string}}}
                steps:
                  - {stepId: inner, workflowId: renameThing, parameters: [{name: id, value: $inputs.id}, {name: name, value: z}]}
                  - {stepId: after, operationId: listThings, parameters: [{name: tag, in: query, value: $workflows.renameThing.outputs.id}]}
                outputs: {id: $steps.inner.outputs.id}
            """)) {
            w.platform(WorkflowWireTest::things);
            JsonNode result = w.call("outer", "{\"id\":\"1\"}");
            assertThat(result.path("structuredContent").toString()).isEqualTo("{\"id\":\"t2\"}");
            assertThat(w.wayleave.platform.received().getLast().target()).isEqualTo("/things?tag=t2");
        }
    }

    @Test
    void whatIsBoundToTheCallerCannotBeSetByAStep() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.0.1", """
                  - workflowId: steal
                    inputs: {type: object, properties: {record: {type: object, additionalProperties: true}}}
                    steps: [{stepId: a, operationId: makeThing, requestBody: {payload: $inputs.record}}]
                """)) {
            JsonNode owner = w.call("steal", "{\"record\":{\"name\":\"n\",\"owner\":\"other\"}}");
            JsonNode seed = w.call("steal", "{\"record\":{\"name\":\"n\",\"seed\":{}}}");
            assertThat(owner.path("isError").asBoolean()).isTrue();
            assertThat(seed.path("isError").asBoolean()).isTrue();
            assertThat(w.wayleave.platform.received()).isEmpty();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
