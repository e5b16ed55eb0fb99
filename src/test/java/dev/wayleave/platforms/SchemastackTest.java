package dev.wayleave.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The eighteen tools of SchemaStack, as its configuration makes them, on a platform with a memory. */
class SchemastackTest {
    private static final String VIEW = "\"viewId\":\"customers\"";
    private static final AtomicInteger CALLERS = new AtomicInteger();
    private static FakeSchemastack platform;
    private static Served served;
    private String token;

    @BeforeAll
    static void start() {
        platform = new FakeSchemastack();
        served = Served.platform("schemastack", platform.url());
    }

    @AfterAll
    static void stop() {
        served.close();
        platform.close();
    }

    /** The level is remembered for a caller, so that each test has one of its own. */
    @BeforeEach
    void as() {
        as("FULL");
    }

    private void as(String level) {
        platform.level = level;
        platform.migrating = false;
        token = token(FakeSchemastack.WORKSPACE);
    }

    private static String token(Object workspace) {
        return served.token(
                "", claims -> claims.claim("workspace", workspace).subject("user-" + CALLERS.incrementAndGet()));
    }

    private Served.Result call(String tool, String arguments) {
        return served.call(token, tool, "{" + arguments + "}");
    }

    @Test
    void theToolsAreThoseOfTheSeedByLevel() {
        Map<String, Map<String, JsonNode>> byCaller = new LinkedHashMap<>();
        for (String level : List.of("", "DISABLED", "OTHER", "READ_ONLY", "DATA_ONLY", "FULL")) {
            as(level);
            byCaller.put(level.isEmpty() ? "no answer" : level, served.tools(token));
        }

        ReviewedTools.assertReviewed("schemastack", byCaller);
        ReviewedTools.assertExpected("schemastack", served.tools(token), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "DISABLED,get_workspace", "DISABLED,query_data", "READ_ONLY,create_record", "READ_ONLY,update_record",
        "READ_ONLY,delete_view", "DATA_ONLY,create_view", "DATA_ONLY,add_column", "DATA_ONLY,delete_constraint",
    })
    void whatTheLevelDoesNotAllowIsRefused(String level, String tool) {
        as(level);
        Served.Result refused = call(tool, "");

        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.failed()).isTrue();
        assertThat(refused.text()).contains("Nothing was sent", level);
        assertThat(platform.seen().getLast())
                .isEqualTo("GET /api/workspaces/" + FakeSchemastack.WORKSPACE + "/mcp-config");
        assertThat(platform.last().header("Authorization")).containsExactly("Bearer " + token);
    }

    @Test
    void theWorkspaceIsThatOfTheToken() {
        assertThat(call("get_workspace", "").text()).contains(FakeSchemastack.WORKSPACE, "Customers");
        assertThat(call("list_views", "").text()).contains("customers");
        int before = platform.seen().size();
        for (String other : List.of("workspaceUuid", "workspace_uuid", "WORKSPACEUUID")) {
            assertThat(call("get_workspace", "\"" + other + "\":\"x\"").text()).contains("nothing was sent");
        }
        assertThat(platform.seen()).hasSize(before);
        token = token("../other");
        assertThat(served.tools(token)).isEmpty();
    }

    @Test
    void aTokenWithoutAWorkspaceIsRefused() {
        String none = served.token("", claims -> claims);
        assertThat(served.post(none, "tools/list", Served.JSON.createObjectNode())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void changesOfTheSchemaAreAcceptedAndNotDone() {
        Served.Result made = call("create_view", "\"name\":\"Orders\"");
        assertThat(made.failed()).isFalse();
        assertThat(made.text()).contains("Accepted", "202", "not done yet", "op-view");
        String view = platform.views.keySet().stream()
                .filter(id -> id.startsWith("view"))
                .findFirst()
                .orElseThrow();
        assertThat(call("update_view", "\"viewId\":\"" + view + "\",\"slug\":\"o\"")
                        .failed())
                .isFalse();
        assertThat(platform.views.get(view).path("slug").asText()).isEqualTo("o");
        assertThat(call("delete_view", "\"viewId\":\"" + view + "\"").text()).contains("Accepted");
        assertThat(platform.views).doesNotContainKey(view);

        assertThat(call("add_column", VIEW + ",\"displayName\":\"Age\",\"widgetType\":\"NUMBER\"")
                        .text())
                .contains("Accepted");
        String column = platform.columns.keySet().stream()
                .filter(id -> id.startsWith("column"))
                .findFirst()
                .orElseThrow();
        call("update_column", "\"columnId\":\"" + column + "\",\"displayName\":\"Years\"");
        assertThat(call("list_columns", VIEW).text()).contains("Years");
        assertThat(call("delete_column", "\"columnId\":\"" + column + "\"").text())
                .contains("Accepted");
        assertThat(platform.columns).doesNotContainKey(column);
    }

    @Test
    void constraintsAreAddedAndRemoved() {
        String id = call("add_constraint", "\"columnId\":\"email\",\"type\":\"MAX_LENGTH\",\"value\":80")
                .structured()
                .path("id")
                .asText();
        assertThat(call("list_constraints", "\"columnId\":\"email\"").text()).contains("MAX_LENGTH", "80");
        assertThat(call("delete_constraint", "\"columnId\":\"email\",\"constraintId\":\"" + id + "\"")
                        .failed())
                .isFalse();
        assertThat(platform.constraints).isEmpty();
    }

    @Test
    void recordsAreQueriedMadeAndChanged() {
        assertThat(call("query_data", VIEW + ",\"page\":2,\"size\":20,\"sort\":\"email,asc\"")
                        .structured()
                        .path("data"))
                .hasSize(5);
        Served.Result made = call("create_record", VIEW + ",\"values\":{\"email\":\"a@example.com\",\"age\":3}");
        String id = made.structured().at("/data/id").asText();
        assertThat(platform.rows.get(id).path("age").asInt()).isEqualTo(3);
        call("update_record", VIEW + ",\"id\":\"" + id + "\",\"column\":\"age\",\"value\":null");
        assertThat(platform.rows.get(id).path("age").isNull()).isTrue();
        call("update_record", VIEW + ",\"id\":\"" + id + "\",\"column\":\"age\",\"value\":{\"a\":[1]}");
        assertThat(call("get_record", VIEW + ",\"id\":\"" + id + "\"").text()).contains("[1]");
        assertThat(call("get_form_schema", VIEW).text()).contains("EMAIL");
        assertThat(call("get_view", VIEW).text()).contains("Customers");
    }

    @Test
    void aMigrationReachesTheAgentInThePlatformsWordsWithTheTimeToWait() {
        platform.migrating = true;
        for (String tool : List.of("query_data", "create_record", "get_view")) {
            long before = asked();
            Served.Result busy = call(tool, VIEW + (tool.startsWith("create") ? ",\"values\":{}" : ""));
            assertThat(asked()).as("fifteen seconds are not waited for").isEqualTo(before + 1);
            assertThat(busy.status()).isEqualTo(200);
            assertThat(busy.failed()).isTrue();
            assertThat(busy.text()).contains(FakeSchemastack.MIGRATING, "Try again in 15 seconds.");
        }
    }

    private static long asked() {
        return platform.seen().stream()
                .filter(request -> request.contains("/customers"))
                .count();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | {\"message\":\"Table 'orders' is currently being migrated (operation: o-1, impact: LOW). Please retry in ~1 second.\"} | Try again in 1 second.",
                "409 | {\"error\":{\"code\":\"WORKSPACE_STATUS\",\"message\":\"Table 'orders' is currently being migrated. Please retry in 90 seconds.\"}} | Try again in 90 seconds.",
                "423 | {\"error\":\"Table 'orders' is currently being migrated. Please retry in ~15 seconds.\"} | Try again in 15 seconds.",
                "400 | {\"message\":\"Table 'orders' is currently being migrated (operation: o-1, impact: BLOCKING). Please retry in ~15 seconds.\"} | Try again in 15 seconds.",
                "403 | {\"message\":\"Table 'orders' is currently being migrated. Please retry in ~15 seconds.\"} | Try again in 15 seconds.",
                "404 | {\"message\":\"Table 'orders' is currently being migrated. Please retry in ~15 seconds.\"} | Try again in 15 seconds.",
                "500 | {\"message\":\"Table 'orders' is currently being migrated. Please retry in ~15 seconds.\"} | Try again in 15 seconds.",
                "503 | {\"error\":{\"code\":\"SCHEMA_MIGRATION_IN_PROGRESS\",\"message\":\"Wait\"}} | Try again later.",
                "409 | {\"error\":{\"code\":\"WORKSPACE_STATUS\",\"message\":\"Read only\"}} | administrators can change that. The same call will fail again.",
            })
    void theTimeToWaitIsFoundWhereverThePlatformTellsIt(int status, String body, String told) {
        platform.on("PUT", "/api/views/orders", asked -> StatefulPlatform.Answer.of(status, body));
        Served.Result busy = call("update_view", "\"viewId\":\"orders\",\"slug\":\"o\"");
        assertThat(busy.failed()).isTrue();
        assertThat(busy.text()).contains("The platform answered " + status, told);
    }

    @Test
    void whileOneTableIsMigratedTheOthersAreServed() {
        platform.migrating = true;
        for (int i = 0; i < 25; i++) {
            assertThat(call("create_record", VIEW + ",\"values\":{}").text())
                    .contains(FakeSchemastack.MIGRATING, "Try again in 15 seconds.");
        }
        assertThat(call("list_views", "").failed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "400,BAD_REQUEST",
        "400,FOREIGN_KEY_VIOLATION",
        "403,FORBIDDEN",
        "404,NOT_FOUND",
        "409,WORKSPACE_STATUS",
        "409,UNIQUE_CONSTRAINT_VIOLATION",
        "422,VALIDATION_ERROR",
        "500,INTERNAL",
    })
    void errorsAreToldWithTheirCodes(int status, String code) {
        platform.on("PUT", "/api/columns/broken", asked -> FakeSchemastack.error(status, code, "It is so"));
        Served.Result result = call("update_column", "\"columnId\":\"broken\",\"displayName\":\"x\"");
        assertThat(result.failed()).isTrue();
        assertThat(result.text()).contains(String.valueOf(status), code, "It is so");
    }

    @Test
    void noSessionIsNeeded() {
        var response = served.post(token, "tools/list", Served.JSON.createObjectNode());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc123", "another-server's", "0"})
    void anySessionIsServed(String session) throws Exception {
        var hello = Served.JSON.createObjectNode().put("protocolVersion", "2025-03-26");
        hello.putObject("capabilities");
        hello.putObject("clientInfo").put("name", "my-app").put("version", "1.0");
        for (String method : List.of("initialize", "tools/list", "tools/call")) {
            var params = method.equals("initialize")
                    ? hello
                    : Served.JSON.createObjectNode().put("name", "get_workspace");
            var response =
                    served.post(token, method, params, "Mcp-Session-Id", session, "MCP-Protocol-Version", "2025-03-26");
            assertThat(response.statusCode()).as(method).isEqualTo(200);
            assertThat(Served.JSON.readTree(response.body()).has("result"))
                    .as(response.body())
                    .isTrue();
        }
    }
}
