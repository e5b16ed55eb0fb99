package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import dev.wayleave.audit.AuditEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of reads behind everything that decides, with real tokens. */
class CacheWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = """
            openapi: 3.1.0
            info: {title: Base, version: "1"}
            x-mcp: {resources: [{uri: "base://tables", operation: listTables}]}
            components: {securitySchemes: {o: {type: oauth2, flows: {}}}}
            security: [{o: [read]}]
            paths:
              /tables:
                get: {operationId: listTables, x-mcp: {cache: {ttl: 1h}}, responses: {"200": {description: ok}}}
              /tables/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                get: {operationId: getTable, x-mcp: {cache: {ttl: 1h}}, responses: {"200": {description: ok}}}
                put: {operationId: setTable, security: [{o: [write]}], responses: {"200": {description: ok}}}
              /level:
                get: {operationId: getLevel, x-mcp: {cache: {ttl: 1h}, expose: false}, responses: {"200": {description: ok}}}
              /rows:
                get: {operationId: listRows, responses: {"200": {description: ok}}}
            """;
    private final AtomicInteger count = new AtomicInteger();
    private volatile String level = "OPEN";

    @TempDir
    Path folder;

    private RunningWayleave start(Map<String, Object> more) {
        RunningWayleave wayleave = RunningWayleave.with(folder, API, more);
        wayleave.platform.answer(request -> FakePlatform.response(
                200,
                "application/json",
                request.target().equals("/level")
                        ? "{\"level\":\"" + level + "\"}"
                        : "{\"n\":" + count.incrementAndGet() + "}"));
        return wayleave;
    }

    private static String token(RunningWayleave wayleave, String subject, String tenant, String scopes) {
        return wayleave.issuer.token(
                wayleave.url.toString(),
                scopes,
                claims -> claims.subject(subject).claim("org", tenant));
    }

    private static JsonNode rpc(RunningWayleave wayleave, String token, String method, String params)
            throws IOException {
        return JSON.readTree(wayleave.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}",
                        "MCP-Protocol-Version",
                        "2025-11-25",
                        "Authorization",
                        "Bearer " + token)
                .body());
    }

    /** What is told, or the words of the refusal. */
    private static String call(RunningWayleave wayleave, String token, String tool, String arguments)
            throws IOException {
        JsonNode answer =
                rpc(wayleave, token, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
        JsonNode structured = answer.at("/result/structuredContent");
        return structured.isMissingNode() ? answer.toString() : structured.toString();
    }

    private static JsonNode audit(RunningWayleave wayleave) throws IOException {
        return JSON.readTree(wayleave.audited().getLast());
    }

    @Test
    void aReadIsToldAgainToItsCallerAloneAndTheAuditSaysSo() throws IOException {
        try (RunningWayleave wayleave = start(Map.of())) {
            String alice = token(wayleave, "alice", "one", "read");
            String bob = token(wayleave, "bob", "one", "read");
            assertThat(call(wayleave, alice, "list_tables", "{}")).isEqualTo("{\"n\":1}");
            assertThat(audit(wayleave).path("cache").asText()).isEqualTo("miss");
            assertThat(audit(wayleave).has("cache_age_ms")).isFalse();
            assertThat(call(wayleave, alice, "list_tables", "{}")).isEqualTo("{\"n\":1}");
            JsonNode hit = audit(wayleave);
            assertThat(hit.path("cache").asText()).isEqualTo("hit");
            assertThat(hit.path("cache_age_ms").asDouble()).isPositive();
            assertThat(hit.path("attempts").asInt()).isZero();
            assertThat(hit.path("outcome").asText()).isEqualTo("ok");
            assertThat(call(wayleave, bob, "list_tables", "{}")).isEqualTo("{\"n\":2}");
            String renewed = token(wayleave, "alice", "one", "read");
            assertThat(call(wayleave, renewed, "list_tables", "{}")).isEqualTo("{\"n\":3}");
            assertThat(call(wayleave, alice, "list_rows", "{}")).isEqualTo("{\"n\":4}");
            assertThat(audit(wayleave).path("cache").asText()).isEqualTo("none");
        }
    }

    @Test
    void aResourceIsReadFromWhatItsOperationWasAnsweredAndTheOtherWayRound() throws IOException {
        try (RunningWayleave wayleave = start(Map.of())) {
            String alice = token(wayleave, "alice", "one", "read");
            call(wayleave, alice, "list_tables", "{}");
            JsonNode read = rpc(wayleave, alice, "resources/read", "{\"uri\":\"base://tables\"}");
            assertThat(read.at("/result/contents/0/text").asText()).contains("\"n\":1");
            assertThat(audit(wayleave).path("cache").asText()).isEqualTo("hit");
        }
    }

    /** First the caller may, then no more: what is remembered is as far away as the platform. */
    @Test
    void whoIsDeniedLearnsNothingOfWhatIsRemembered() throws Exception {
        Map<String, Object> access = new HashMap<>();
        access.put("wayleave.platforms.test.access.gate.operation", "getLevel");
        access.put("wayleave.platforms.test.access.gate.pointer", "/level");
        access.put("wayleave.platforms.test.access.gate.contains", "OPEN");
        access.put("wayleave.platforms.test.access.gate.message", "The door is closed.");
        access.put("wayleave.platforms.test.access.gate.ttl", "1ms");
        try (RunningWayleave wayleave = start(access)) {
            String alice = token(wayleave, "alice", "one", "read");
            assertThat(call(wayleave, alice, "list_tables", "{}")).isEqualTo("{\"n\":1}");
            assertThat(call(wayleave, alice, "list_tables", "{}")).isEqualTo("{\"n\":1}");
            level = "SHUT";
            Thread.sleep(20);
            String refused = call(wayleave, alice, "list_tables", "{}");
            assertThat(refused).doesNotContain("\"n\"");
            assertThat(audit(wayleave).path("decision").asText()).isEqualTo("deny");
            assertThat(audit(wayleave).path("cache").asText()).isEqualTo("none");
            String narrower = token(wayleave, "alice", "one", "other");
            assertThat(call(wayleave, narrower, "list_tables", "{}")).doesNotContain("\"n\"");
            assertThat(audit(wayleave).path("cache").asText()).isEqualTo("none");
            assertThat(count).hasValue(1);
        }
    }

    @Test
    void aChangeMakesForgetWhatTheTenantHasRead() throws IOException {
        try (RunningWayleave wayleave = start(Map.of("wayleave.platforms.test.upstream.cache.tenant-claim", "org"))) {
            String alice = token(wayleave, "alice", "one", "read write");
            String bob = token(wayleave, "bob", "one", "read write");
            String eve = token(wayleave, "eve", "two", "read write");
            String nobody = wayleave.token("read write");
            for (String each : List.of(alice, bob, eve)) {
                call(wayleave, each, "list_tables", "{}");
                call(wayleave, each, "get_table", "{\"id\":\"a\"}");
                call(wayleave, each, "get_table", "{\"id\":\"b\"}");
            }
            assertThat(count).hasValue(9);
            call(wayleave, bob, "set_table", "{\"id\":\"a\"}");
            for (String each : List.of(alice, bob, eve)) {
                call(wayleave, each, "list_tables", "{}");
                call(wayleave, each, "get_table", "{\"id\":\"a\"}");
                call(wayleave, each, "get_table", "{\"id\":\"b\"}");
            }
            assertThat(count).as("two of alice and two of bob were forgotten").hasValue(14);
            call(wayleave, nobody, "list_tables", "{}");
            assertThat(audit(wayleave).path("cache").asText()).isEqualTo("none");
            call(wayleave, nobody, "set_table", "{\"id\":\"z\"}");
            call(wayleave, eve, "get_table", "{\"id\":\"b\"}");
            assertThat(audit(wayleave).path("cache").asText()).isEqualTo("miss");
        }
    }

    @Test
    void itCanBeSwitchedOff() throws IOException {
        try (RunningWayleave wayleave = start(Map.of("wayleave.platforms.test.upstream.cache.max-bytes", "0"))) {
            String alice = token(wayleave, "alice", "one", "read");
            call(wayleave, alice, "list_tables", "{}");
            assertThat(call(wayleave, alice, "list_tables", "{}")).isEqualTo("{\"n\":2}");
        }
    }

    @Test
    void stepsReadFromItToo(@TempDir Path other) throws IOException {
        String workflows = """
              - workflowId: look
                steps:
                  - {stepId: one, operationId: getThing, parameters: [{name: id, in: path, value: a}], successCriteria: [{condition: $statusCode == 200}], outputs: {n: $response.body#/n}}
                  - {stepId: two, operationId: getThing, parameters: [{name: id, in: path, value: b}], successCriteria: [{condition: $statusCode == 200}], outputs: {n: $response.body#/n}}
                outputs: {one: $steps.one.outputs.n, two: $steps.two.outputs.n}
              - workflowId: change
                steps:
                  - {stepId: set, operationId: setThing, parameters: [{name: id, in: path, value: a}], requestBody: {contentType: application/json, payload: {}}, successCriteria: [{condition: $statusCode == 200}]}
              - workflowId: wait
                steps:
                  - stepId: poll
                    operationId: getThing
                    parameters: [{name: id, in: path, value: a}]
                    successCriteria: [{condition: $statusCode == 200}, {condition: $response.body#/n > 2}]
                    onFailure: [{name: again, type: retry, retryAfter: 0.01, retryLimit: 5}]
                    outputs: {n: $response.body#/n}
                outputs: {n: $steps.poll.outputs.n}
            """;
        String api = WorkflowFixture.API.replace(
                "operationId: getThing,", "operationId: getThing, x-mcp: {cache: {ttl: 1h}},");
        try (WorkflowFixture fixture = WorkflowFixture.of(
                folder, "1.0.1", workflows, Map.of("wayleave.platforms.test.openapi", write(other, api)))) {
            fixture.platform(request -> WorkflowFixture.ok("{\"n\":" + count.incrementAndGet() + "}"));
            String token = fixture.wayleave.token("read write");
            assertThat(call(fixture.wayleave, token, "wait", "{}")).isEqualTo("{\"n\":3}");
            call(fixture.wayleave, token, "look", "{}");
            JsonNode look = audit(fixture.wayleave);
            assertThat(look.path("cache").asText()).isEqualTo("mixed");
            assertThat(look.path("steps").findValuesAsText("cache")).containsExactlyInAnyOrder("hit", "miss");
            assertThat(call(fixture.wayleave, token, "look", "{}")).isEqualTo("{\"one\":3,\"two\":4}");
            assertThat(audit(fixture.wayleave).path("cache").asText()).isEqualTo("hit");
            call(fixture.wayleave, token, "change", "{}");
            assertThat(call(fixture.wayleave, token, "look", "{}")).isEqualTo("{\"one\":6,\"two\":4}");
            assertThat(fixture.wayleave.audited()).hasSize(5).allSatisfy(CacheWireTest::assertDescribed);
        }
    }

    private static void assertDescribed(String line) {
        try (InputStream in = AuditEvent.class.getResourceAsStream("/dev/wayleave/audit/audit.schema.json")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(in, InputFormat.JSON)
                            .validate(line, InputFormat.JSON))
                    .as(line)
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("api.yaml"), text).toString();
    }
}
