package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.FakePlatform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that are sent elsewhere with a credential that another step minted. */
class WorkflowOriginTest {
    private static final String MINTED = "minted.token.of-one-call";
    private static final String SQL = """
              - workflowId: runSql
                x-mcp: {name: read_database}
                inputs: {type: object, required: [sql], properties: {sql: {type: string}}}
                steps:
                  - {stepId: find, operationId: getThing, parameters: [{name: id, in: path, value: db}], outputs: {host: $response.body#/host}}
                  - {stepId: mint, operationId: mint, outputs: {jwt: $response.body#/jwt}}
                  - stepId: run
                    operationId: pipeline
                    x-mcp:
                      safe: true
                      host: $steps.find.outputs.host
                      credential: $steps.mint.outputs.jwt
                      error: [$response.body#/results/0/error/message, $response.body#/results/0/error]
                    requestBody: {payload: {sql: $inputs.sql}}
                    successCriteria: [{condition: $statusCode == 200 && $response.body#/results/0/type == 'ok'}]
                    outputs: {all: $response.body}
                outputs: {all: $steps.run.outputs.all}
              - workflowId: withoutCredential
                steps:
                  - {stepId: find, operationId: getThing, parameters: [{name: id, in: path, value: db}], outputs: {host: $response.body#/host}}
                  - {stepId: run, operationId: pipeline, x-mcp: {url: 'http://{$steps.find.outputs.host}'}, requestBody: {payload: {}}}
              - workflowId: leaks
                steps:
                  - {stepId: mint, operationId: mint, outputs: {jwt: $response.body#/jwt, all: $response.body}}
                  - {stepId: run, operationId: pipeline, x-mcp: {host: localhost, credential: $steps.mint.outputs.jwt}, requestBody: {payload: {}}}
                outputs: {jwt: $steps.mint.outputs.jwt}
              - workflowId: tells
                steps:
                  - {stepId: find, operationId: getThing, parameters: [{name: id, in: path, value: db}], outputs: {host: $response.body#/host}}
                  - {stepId: mint, operationId: mint, outputs: {jwt: $response.body#/jwt, all: $response.body}}
                  - {stepId: run, operationId: pipeline, x-mcp: {host: $steps.find.outputs.host, credential: $steps.mint.outputs.jwt}, requestBody: {payload: {}}}
                outputs: {all: $steps.mint.outputs.all}
              - workflowId: passesOn
                steps:
                  - {stepId: mint, operationId: mint, outputs: {jwt: $response.body#/jwt, all: $response.body}}
                  - {stepId: next, operationId: setThing, parameters: [{name: id, in: path, value: x}], requestBody: {payload: {all: $steps.mint.outputs.all}}}
                  - {stepId: run, operationId: pipeline, x-mcp: {host: localhost, credential: $steps.mint.outputs.jwt}, requestBody: {payload: {}}}
            """;

    @TempDir
    static Path folder;

    private static WorkflowFixture w;

    @BeforeAll
    static void start() throws IOException {
        w = WorkflowFixture.of(folder, "1.0.1", SQL);
    }

    @AfterAll
    static void stop() {
        w.close();
    }

    private static void host(String host) {
        String json = WorkflowFixture.JSON.createObjectNode().put("host", host).toString();
        w.platform(request -> request.target().equals("/mint")
                ? WorkflowFixture.ok("{\"jwt\":\"" + MINTED + "\"}")
                : WorkflowFixture.ok(json));
    }

    private static long minted() {
        return w.wayleave.platform.received().stream()
                .filter(one -> one.target().equals("/mint"))
                .count();
    }

    private static String authority() {
        URI url = w.elsewhere.url();
        return url.getHost() + ":" + url.getPort();
    }

    @BeforeEach
    void usual() {
        host(authority());
        w.elsewhere.answer(request -> WorkflowFixture.ok("{\"results\":[{\"type\":\"ok\",\"echo\":\""
                + request.header("Authorization").toString() + "\"}]}"));
    }

    @Test
    void theMintedTokenGoesThereAndNowhereElse() throws IOException {
        JsonNode result = w.call("read_database", "{\"sql\":\"SELECT 1\"}");
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
        FakePlatform.Received sent = w.elsewhere.received().getLast();
        assertThat(sent.requestLine()).isEqualTo("POST /v2/pipeline HTTP/1.1");
        assertThat(sent.header("Authorization")).containsExactly("Bearer " + MINTED);
        assertThat(sent.body()).isEqualTo("{\"sql\":\"SELECT 1\"}");
        assertThat(result.toString()).contains("[token]").doesNotContain(MINTED);
        assertThat(Files.readString(w.wayleave.audit)).contains("\"run\"").doesNotContain(MINTED, "SELECT 1");
        assertThat(w.wayleave.platform.received())
                .noneMatch(one -> one.headerLines().toString().contains(MINTED));
        JsonNode tool = w.tool("read_database");
        assertThat(tool.at("/annotations/readOnlyHint").asBoolean()).isTrue();
    }

    @Test
    void withoutACredentialNothingIsCarried() throws IOException {
        assertThat(w.call("without_credential", "{}").path("isError").asBoolean())
                .isFalse();
        assertThat(w.elsewhere.received().getLast().header("Authorization")).isEmpty();
    }

    @Test
    void aFailureInsideOfASuccessIsToldInItsOwnWords() throws IOException {
        w.elsewhere.answer(request -> WorkflowFixture.ok(
                "{\"results\":[{\"type\":\"error\",\"error\":{\"message\":\"no such table: x\"}}]}"));
        JsonNode result = w.call("read_database", "{\"sql\":\"SELECT * FROM x\"}");
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(WorkflowFixture.text(result)).contains("no such table: x").doesNotContain(MINTED);
    }

    @Test
    void aFailureWithoutASentenceIsToldByWhatThereIs() throws IOException {
        w.elsewhere.answer(request ->
                WorkflowFixture.ok("{\"results\":[{\"type\":\"error\",\"error\":{\"code\":\"SQLITE_BUSY\"}}]}"));
        assertThat(WorkflowFixture.text(w.call("read_database", "{\"sql\":\"x\"}")))
                .contains("SQLITE_BUSY");
    }

    @Test
    void aCredentialThatIsNotAcceptedThereIsNotToldToBeTheCallers() throws IOException {
        w.elsewhere.answer(request -> FakePlatform.response(401, "", ""));
        assertThat(WorkflowFixture.text(w.call("read_database", "{\"sql\":\"x\"}")))
                .contains("401", "the credential of the step")
                .doesNotContain("caller");
    }

    @Test
    void aStepThatOnlyReadsByItsOwnersWordIsSentAgainLikeAnyRead() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        w.elsewhere.answer(request -> asked.incrementAndGet() == 1
                ? FakePlatform.response(503, "", "")
                : WorkflowFixture.ok("{\"results\":[{\"type\":\"ok\"}]}"));
        JsonNode result = w.call("read_database", "{\"sql\":\"x\"}");
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
        assertThat(asked.get()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"s3cr3t\"", "\"two words of s3cr3t\"", "{\"in\":\"s3cr3t-in-an-object\"}"})
    void aCredentialThatCannotBeMaskedEndsTheCall(String jwt) throws IOException {
        w.platform(request -> WorkflowFixture.ok(
                request.target().equals("/mint") ? "{\"jwt\":" + jwt + "}" : "{\"host\":\"" + authority() + "\"}"));
        int before = w.elsewhere.received().size();
        for (String tool : new String[] {"tells", "read_database"}) {
            JsonNode result = w.call(tool, tool.equals("tells") ? "{}" : "{\"sql\":\"x\"}");
            assertThat(result.path("isError").asBoolean()).isTrue();
            assertThat(WorkflowFixture.text(result)).contains("cannot be kept secret");
            assertThat(result.toString()).doesNotContain("s3cr3t");
        }
        assertThat(w.elsewhere.received()).hasSize(before);
    }

    @Test
    void aCredentialIsNoOutputAndNoArgument() throws IOException {
        String tools = w.rpc("tools/list", "{}", "read write mint").toString();
        assertThat(tools).contains("\"tells\"", "\"passes_on\"").doesNotContain("\"leaks\"");
        JsonNode told = w.call("tells", "{}");
        assertThat(told.toString()).contains("[token]").doesNotContain(MINTED);
        JsonNode passed = w.call("passes_on", "{}");
        assertThat(passed.path("isError").asBoolean()).isTrue();
        assertThat(w.wayleave.platform.received()).noneMatch(one -> one.body().contains(MINTED));
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        int before = w.wayleave.platform.received().size();
        w.elsewhere.answer(
                request -> FakePlatform.response(302, "", "", "Location: " + w.wayleave.platform.url() + "/stolen"));
        assertThat(w.call("read_database", "{\"sql\":\"x\"}").path("isError").asBoolean())
                .isTrue();
        assertThat(w.wayleave
                        .platform
                        .received()
                        .subList(before, w.wayleave.platform.received().size()))
                .noneMatch(one -> one.target().contains("stolen"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "evil.example.com",
                "127.0.0.1",
                "localhost",
                "127.1",
                "2130706433",
                "0x7f000001",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "169.254.169.254",
                "{host}.evil.com",
                "{host}/path",
                "{host}/",
                "{host}?x",
                "{host}#x",
                "user@{host}",
                "user:pw@{host}",
                "{host}@evil.com",
                "evil.com\\@{host}",
                "evil.com#@{host}",
                "https://{host}",
                "ftp://{host}",
                "//{host}",
                "http://http://{host}",
                "{host}0",
                "{host}:80",
                "{host}\n",
                "{host}\r\nX: y",
                "\t{host}",
                "{host}%00",
                "%31{host}",
                "{host}.",
            })
    void whateverElseThePlatformCallsAHostGetsNothing(String host) throws IOException {
        host(host.replace("{host}", authority()));
        int before = w.elsewhere.received().size();
        long minted = minted();
        for (String tool : new String[] {"read_database", "tells"}) {
            JsonNode result = w.call(tool, tool.equals("tells") ? "{}" : "{\"sql\":\"x\"}");
            assertThat(result.path("isError").asBoolean()).isTrue();
            assertThat(WorkflowFixture.text(result)).contains("Nothing was sent by it");
        }
        assertThat(w.elsewhere.received()).hasSize(before);
        assertThat(minted()).as("nothing is minted for it").isEqualTo(minted);
    }

    @Test
    void theCallersOwnTokenIsNoCredentialForElsewhere() throws IOException {
        w.platform(request -> request.target().equals("/mint")
                ? WorkflowFixture.ok("{\"jwt\":\""
                        + request.header("Authorization").getFirst().substring(7) + "\"}")
                : WorkflowFixture.ok("{\"host\":\"" + authority() + "\"}"));
        int before = w.elsewhere.received().size();
        assertThat(w.call("read_database", "{\"sql\":\"x\"}").path("isError").asBoolean())
                .isTrue();
        assertThat(w.elsewhere.received()).hasSize(before);
    }
}
