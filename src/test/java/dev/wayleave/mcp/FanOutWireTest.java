package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.FakePlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that are done once for each element of a list. */
class FanOutWireTest {
    @TempDir
    Path folder;

    private static final String MANY = """
              - workflowId: makeMany
                inputs: {type: object, required: [records], properties: {records: {type: array, maxItems: 6, items: {type: object, additionalProperties: true}}}}
                steps:
                  - stepId: create
                    operationId: makeThing
                    x-mcp: {for-each: $inputs.records, as: record, at-most: 5, per-second: 20}
                    requestBody: {payload: {name: $inputs.record.name}}
                    outputs: {id: $response.body#/id}
                outputs: {items: $steps.create.outputs.items, succeeded: $steps.create.outputs.succeeded}
            """;

    @Test
    void aListIsGoneThroughAFewAtATimeAndEachOutcomeIsTold() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.1.0", MANY)) {
            AtomicInteger running = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            w.platform(request -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                pause(100);
                running.decrementAndGet();
                String name = request.body().replaceAll(".*\"name\":\"(\\w+)\".*", "$1");
                return name.startsWith("bad")
                        ? FakePlatform.response(503, "application/json", "{\"message\":\"no " + name + "\"}")
                        : FakePlatform.response(201, "application/json", "{\"id\":\"" + name + "\"}");
            });
            JsonNode result = w.call(
                    "make_many",
                    "{\"records\":[{\"name\":\"a\"},{\"name\":\"bad1\"},{\"name\":\"c\"},{\"name\":\"bad2\"},{\"name\":\"e\"}]}");
            assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
            JsonNode items = result.at("/structuredContent/items");
            assertThat(items.findValuesAsText("ok")).containsExactly("true", "false", "true", "false", "true");
            assertThat(items.at("/0/id").asText()).isEqualTo("a");
            assertThat(items.at("/1/status").asInt()).isEqualTo(503);
            assertThat(items.at("/1/error").asText()).contains("no bad1");
            assertThat(items.at("/4/id").asText()).isEqualTo("e");
            assertThat(result.toString()).contains("2 of 5 failed");
            assertThat(w.wayleave.platform.received()).hasSize(5);
            assertThat(most.get()).isBetween(2, 4);
            assertThat(w.lastAudit().path("steps")).hasSize(5);
        }
    }

    @Test
    void aListOfWhichNothingSucceedsIsAnError() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.1.0", MANY)) {
            w.platform(request -> FakePlatform.response(409, "application/json", "{\"message\":\"exists\"}"));
            JsonNode result = w.call("make_many", "{\"records\":[{\"name\":\"a\"},{\"name\":\"b\"}]}");
            assertThat(result.path("isError").asBoolean()).isTrue();
            assertThat(WorkflowFixture.text(result))
                    .contains("None of the 2 succeeded", "exists")
                    .doesNotContain("not undone");
            JsonNode told = result.path("structuredContent");
            assertThat(told.path("succeeded").asInt(-1)).isZero();
            assertThat(told.path("items").findValuesAsText("status")).containsExactly("409", "409");
            assertThat(told.at("/items/1/error").asText()).contains("exists");
            assertThat(WorkflowFixture.JSON.readTree(
                            result.at("/content/1/text").asText()))
                    .isEqualTo(told);
        }
    }

    @Test
    void aListThatIsTooLongOrHasAnUnfitElementIsNotBegun() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.1.0", MANY)) {
            String one = "{\"name\":\"a\"}";
            JsonNode many = w.call("make_many", "{\"records\":[" + (one + ",").repeat(5) + one + "]}");
            assertThat(WorkflowFixture.text(many)).contains("at most 5");
            JsonNode unfit = w.call("make_many", "{\"records\":[" + one + ",{\"name\":7},{}]}");
            assertThat(WorkflowFixture.text(unfit)).contains("item 1", "item 2");
            assertThat(w.wayleave.platform.received()).isEmpty();
        }
    }

    @Test
    void whatMayHaveBeenDoneIsToldToBeSoWhereNothingSucceeds() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.1.0", MANY)) {
            w.platform(request -> request.body().contains("\"a\"")
                    ? FakePlatform.response(502, "", "")
                    : FakePlatform.response(400, "application/json", "{\"message\":\"no\"}"));
            JsonNode result = w.call("make_many", "{\"records\":[{\"name\":\"a\"},{\"name\":\"b\"}]}");
            assertThat(WorkflowFixture.text(result)).endsWith("not undone: create[0].");
            assertThat(result.at("/structuredContent/items/1/status").asInt()).isEqualTo(400);
        }
    }

    @Test
    void noMoreAreBegunInASecondThanThePlatformAllows() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.1.0", MANY)) {
            List<Long> times = new CopyOnWriteArrayList<>();
            w.platform(request -> {
                times.add(System.nanoTime());
                return FakePlatform.response(201, "application/json", "{\"id\":\"x\"}");
            });
            String one = "{\"name\":\"a\"}";
            JsonNode result = w.call("make_many", "{\"records\":[" + (one + ",").repeat(4) + one + "]}");
            assertThat(result.at("/structuredContent/succeeded").asInt()).isEqualTo(5);
            assertThat(times.getLast() - times.getFirst()).isGreaterThan(150_000_000L);
        }
    }

    @Test
    void whatThePlatformHadNoRoomForIsSentOnceMoreWhenItSays() throws IOException {
        try (WorkflowFixture w = WorkflowFixture.of(folder, "1.1.0", MANY)) {
            Set<String> seen = ConcurrentHashMap.newKeySet();
            w.platform(request -> {
                boolean full = request.body().contains("full");
                boolean busy = request.body().contains("busy") && seen.add(request.body());
                return full || busy
                        ? FakePlatform.response(429, "application/json", "{\"message\":\"slow\"}", "Retry-After: 1")
                        : FakePlatform.response(201, "application/json", "{\"id\":\"x\"}");
            });
            JsonNode result =
                    w.call("make_many", "{\"records\":[{\"name\":\"a\"},{\"name\":\"busy\"},{\"name\":\"full\"}]}");
            assertThat(result.at("/structuredContent/items").findValuesAsText("ok"))
                    .containsExactly("true", "true", "false");
            assertThat(result.at("/structuredContent/items/2/status").asInt()).isEqualTo(429);
            assertThat(w.wayleave.platform.received()).hasSize(5);
            assertThat(w.lastAudit().path("steps").findValuesAsText("id"))
                    .containsExactlyInAnyOrder("create[0]", "create[1]", "create[1]", "create[2]", "create[2]");
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
