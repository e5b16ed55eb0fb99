package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.assertError;
import static dev.wayleave.mcp.ModernRequests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of resources is refused, and what a client learns of it. */
class ResourceRefusalWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static ResourceRequests base;

    @BeforeAll
    static void start() {
        base = ResourceRequests.start(folder);
    }

    @AfterAll
    static void stop() {
        base.wayleave().close();
    }

    @BeforeEach
    void reset() {
        base.wayleave().platform.answer(r -> FakePlatform.response(200, "application/json", "{\"id\":7}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base://nothing",
                "base://secrets",
                "base://tables/",
                "base://tables/a/b",
                "base://tables/%2e%2e",
                "base://tables/..",
                "base://tables/%00",
                "base://tables/%C0%AF",
                "base://tables/%",
                "base://tables/\u00e9",
                "base://tables/1/versions/unknown",
                "base://tables/{tableId}",
                "BASE://tables",
                "base://tables?x=1",
                "base://tables#x",
                "other://tables",
                "https://tables/1",
                "file:///etc/passwd",
                "base://mine",
                "base://numbers/0",
                "base://numbers/x",
                "base_table_list",
                "",
            })
    void whatTheCallerCannotReadIsUnknownInEveryEraAndNothingIsSent(String uri) throws IOException {
        int before = base.wayleave().platform.received().size();
        HttpResponse<String> modern = base.read(uri);
        assertError(modern, 200, -32602);
        assertThat(json(modern).at("/error/data/uri").asText()).isEqualTo(uri);
        HttpResponse<String> legacy =
                base.legacy("resources/read", "\"uri\":" + JSON.getNodeFactory().textNode(uri));
        assertError(legacy, 200, -32002);
        assertThat(json(legacy).path("error")).hasSize(3);
        assertThat(json(legacy).at("/error/message")).isEqualTo(json(modern).at("/error/message"));
        assertThat(base.wayleave().platform.received()).hasSize(before);
    }

    @Test
    void aUriOfAnyLengthIsUnknownAndNotRepeated() throws IOException {
        HttpResponse<String> response =
                base.legacy("resources/read", "\"uri\":\"base://tables/" + "a".repeat(100_000) + "\"");
        assertError(response, 200, -32002);
        assertThat(response.body()).hasSizeLessThan(500);
    }

    @Test
    void theAuditTellsWhyEvenWhereTheCallerDoesNotLearnIt() throws IOException {
        base.read("base://secrets");
        assertThat(base.lastAudit().path("decision").asText()).isEqualTo("deny");
        assertThat(base.lastAudit().path("outcome").asText()).isEqualTo("insufficient_scope");
        assertThat(base.lastAudit().path("resource").asText()).isEqualTo("base://secrets");
        int lines = base.wayleave().audited().size();
        base.read("base://nothing");
        assertThat(base.wayleave().audited()).hasSize(lines + 1);
        assertThat(base.lastAudit().path("reason").asText()).isEqualTo("no such resource");
        assertThat(base.lastAudit().has("resource")).isFalse();
        ModernRequests.post(base.wayleave(), "tools/call", META + ",\"name\":\"x\"", "Mcp-Name", "x");
        assertThat(base.lastAudit().path("kind").asText()).isEqualTo("tool");
        assertThat(base.lastAudit().path("reason").asText()).isEqualTo("no such tool");
    }

    @ParameterizedTest
    @CsvSource({"403,-32602", "404,-32602", "410,-32602", "500,-32603", "301,-32603"})
    void whatIsNotThereForThePlatformIsNotThereAndItsOwnFaultsAreToldWithoutItsWords(int status, int code)
            throws IOException {
        base.wayleave()
                .platform
                .answer(r -> FakePlatform.response(status, "application/json", "{\"error\":\"stack trace\"}"));
        HttpResponse<String> response = base.read("base://tables/1");
        assertError(response, 200, code);
        assertThat(response.body()).doesNotContain("stack trace");
        assertThat(json(response).path("result").isMissingNode()).isTrue();
    }

    @Test
    void whatIsWrongWithTheReadAndWhenToTryAgainIsTold() throws IOException {
        base.wayleave()
                .platform
                .answer(r -> FakePlatform.response(
                        400, "application/json", "{\"code\":\"BAD_ID\",\"message\":\"Ids are numbers\"}"));
        assertThat(json(base.read("base://tables/1")).at("/error/message").asText())
                .isEqualTo("The platform answered 400 BAD_ID: Ids are numbers.");
        base.wayleave()
                .platform
                .answer(r -> FakePlatform.response(
                        503, "application/json", "{\"message\":\"stack trace\"}", "Retry-After: 9"));
        assertThat(json(base.read("base://tables/1")).at("/error/message").asText())
                .isEqualTo("The platform answered 503. Try again in 9 seconds.");
    }

    @Test
    void aPlatformThatDoesNotTakeTheTokenIsAChallenge() {
        base.wayleave()
                .platform
                .answer(r -> FakePlatform.response(401, "", "", "WWW-Authenticate: Bearer error=\"invalid_token\""));
        HttpResponse<String> response = base.read("base://tables");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).contains("invalid_token", "resource_metadata"));
    }

    @Test
    void aRepeatedTokenIsMasked() {
        base.wayleave()
                .platform
                .answer(r -> FakePlatform.response(
                        200, "application/json", "{\"you\":\"" + r.header("Authorization") + "\"}"));
        HttpResponse<String> response = base.read("base://tables");
        assertThat(response.body()).contains("[token]").doesNotContain("eyJ");
    }

    @Test
    void theOperationOfAResourceIsNoToolUnlessItIsExposed() throws IOException {
        List<String> tools =
                json(base.modern("tools/list", "")).at("/result/tools").findValuesAsText("name");
        assertThat(tools).contains("base_table_get").doesNotContain("base_version_list", "base_get_logo");
        for (String name : List.of("base_version_list", "base://logo", "base://tables/{tableId}")) {
            assertError(base.modern("tools/call", ",\"name\":\"" + name + "\"", "Mcp-Name", name), 200, -32602);
        }
    }
}
