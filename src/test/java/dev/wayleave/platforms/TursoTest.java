package dev.wayleave.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.openapi.Overlay;
import dev.wayleave.openapi.ReadOptions;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
import dev.wayleave.workflow.WorkflowDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tools of Turso Cloud, as its configuration makes them, on a platform with a memory. */
class TursoTest {
    private static final List<String> EVERYTHING =
            List.of("read", "db:create", "db:delete", "db:configure", "db:mint-token");
    private static FakeTurso platform;
    private static Served served;

    @BeforeAll
    static void start() {
        platform = new FakeTurso();
        served = Served.platform(
                "turso",
                platform.url(),
                Map.of("SQL_ORIGIN", platform.host.url().toString(), "SQL_SCHEME", "http"));
    }

    @AfterAll
    static void stop() {
        served.close();
        platform.close();
    }

    private static String token(List<String> scopes) {
        return served.token("", claims -> claims.claim("org", "acme").claim("scopes", Map.of("scopes", scopes)));
    }

    private static String ofGroup(String group) {
        return served.token(
                "",
                claims -> claims.claim("org", "acme")
                        .claim("group", group)
                        .claim("scopes", Map.of("scopes", EVERYTHING)));
    }

    private static Served.Result call(String tool, String arguments) {
        return served.call(token(EVERYTHING), tool, "{" + arguments + "}");
    }

    @Test
    void theToolsAreThoseOfTheSeedByScope() {
        Map<String, Map<String, JsonNode>> byCaller = new LinkedHashMap<>();
        for (String scope :
                List.of("none", "read", "db:create", "db:delete", "db:configure", "db:mint-token", "db:*")) {
            byCaller.put(scope, served.tools(token(List.of(scope))));
        }
        byCaller.put("read db:mint-token", served.tools(token(List.of("read", "db:mint-token"))));
        byCaller.put("of a group", served.tools(ofGroup("default")));
        byCaller.put("everything", served.tools(token(EVERYTHING)));

        ReviewedTools.assertReviewed("turso", byCaller);
        ReviewedTools.assertExpected("turso", served.tools(token(EVERYTHING)), List.of());
    }

    @Test
    void theVendorsOwnDocumentTakesTheSameOverlay() throws Exception {
        Path vendor = Path.of("..", "shared", "platforms", "turso-vendor.openapi.json");
        Assumptions.assumeTrue(Files.exists(vendor), "the vendor's document is not there");
        Overlay overlay = Overlay.read(Path.of("openapi", "turso", "overlay.yaml"));
        Map<String, String> own = arguments(Path.of("openapi", "turso", "openapi.yaml"), overlay);

        assertThat(arguments(vendor, overlay)).isEqualTo(own).hasSize(12);
    }

    private static Map<String, String> arguments(Path document, Overlay overlay) throws Exception {
        Catalog catalog = Catalog.of(
                OpenApiReader.read(document, ReadOptions.with(List.of(overlay))),
                List.of(WorkflowDocument.read(Path.of("openapi", "turso", "workflows.arazzo.yaml"))));
        assertThat(catalog.findings()).isEmpty();
        Map<String, String> arguments = new LinkedHashMap<>();
        for (Tool tool : catalog.tools()) {
            List<String> names = new java.util.ArrayList<>();
            tool.inputSchema().path("properties").fieldNames().forEachRemaining(names::add);
            arguments.put(
                    tool.name(),
                    names.stream().sorted().toList() + " " + tool.inputSchema().path("required") + " "
                            + tool.annotations() + " " + tool.scopes().alternatives());
        }
        return arguments;
    }

    @Test
    void anUnscopedTokenIsRefused() {
        String none = served.token("", claims -> claims.claim("scopes", Map.of("scopes", EVERYTHING)));
        assertThat(served.post(none, "tools/list", Served.JSON.createObjectNode())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void theOrganizationIsThatOfTheToken() {
        assertThat(call("list_databases", "").structured().path("result")).isNotEmpty();
        assertThat(platform.seen().getLast()).isEqualTo("GET /v1/organizations/acme/databases");
        int before = platform.seen().size();
        for (String argument : List.of("organizationSlug", "organization_slug", "org", "group", "parent")) {
            assertThat(call("list_databases", "\"" + argument + "\":\"other\"").failed())
                    .as(argument)
                    .isTrue();
        }
        assertThat(platform.seen()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({
        "list_databases,read",
        "database_analytics,read",
        "create_database,db:create",
        "set_database_config,db:configure",
        "delete_database,db:delete",
        "get_database,read",
        "list_branches,read",
        "create_branch,db:create",
        "read_database,read",
        "read_database,db:mint-token",
        "write_database,db:mint-token",
        "delete_from_database,db:mint-token",
        "evolve_schema,db:mint-token",
    })
    void aMissingScopeIs403(String tool, String needed) {
        int before = platform.seen().size();
        List<String> others =
                EVERYTHING.stream().filter(scope -> !scope.equals(needed)).toList();
        Served.Result refused = served.call(
                token(others),
                tool,
                "{\"database\":\"orders\",\"name\":\"x\",\"from_database\":\"orders\",\"sql\":\"SELECT 1\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.response().headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value ->
                        assertThat(value).contains("insufficient_scope").contains(needed));
        assertThat(platform.seen()).hasSize(before);
    }

    @Test
    void databasesAreMadeConfiguredMeasuredAndDeleted() {
        assertThat(call(
                                "create_database",
                                "\"name\":\"shop\",\"group\":\"default\",\"use_tursodb\":true,\"size_limit\":\"256mb\"")
                        .failed())
                .isFalse();
        assertThat(platform.databases.get("shop").toString()).contains("\"use_tursodb\":true", "256mb");
        call(
                "set_database_config",
                "\"database\":\"shop\",\"delete_protection\":true,\"allowed_ips\":[],\"allowed_aws_vpc_ids\":[\"vpce-1\"]");
        assertThat(platform.configurations.get("shop").toString())
                .isEqualTo("{\"delete_protection\":true,\"allowed_ips\":[],\"allowed_aws_vpc_ids\":[\"vpce-1\"]}");
        assertThat(call("database_analytics", "\"database\":\"shop\",\"from\":\"2026-01-01T00:00:00Z\"")
                        .text())
                .contains("SELECT 1");
        assertThat(platform.seen().getLast())
                .isEqualTo("GET /v1/organizations/acme/databases/shop/usage/queries?from=2026-01-01T00%3A00%3A00Z");
        assertThat(call("delete_database", "\"database\":\"shop\"").failed()).isFalse();
        assertThat(platform.databases).doesNotContainKey("shop");
    }

    @Test
    void whereThereAreMoreThanOnePageTheAgentIsTold() {
        assertThat(call("list_databases", "").text()).doesNotContain("only a part");
        assertThat(call("list_branches", "\"database\":\"orders\"").text()).doesNotContain("only a part");
        platform.on(
                "GET",
                "/v1/organizations/{org}/databases",
                asked -> StatefulPlatform.Answer.of(
                        200, "{\"databases\":[{\"Name\":\"one\"}],\"pagination\":{\"next\":\"c2\"}}"));
        try {
            for (Served.Result page :
                    List.of(call("list_databases", ""), call("list_branches", "\"database\":\"orders\""))) {
                assertThat(page.text()).contains("This is only a part", "one").doesNotContain("c2");
                assertThat(page.structured().at("/result/0/Name").asText()).isEqualTo("one");
                assertThat(page.failed()).isFalse();
            }
        } finally {
            platform.restore();
        }
    }

    @Test
    void whereOnlyTheStatisticsAreThereTheirQueriesAreTold() {
        JsonNode ranged = call("database_analytics", "\"database\":\"orders\"")
                .structured()
                .path("result");
        platform.on(
                "GET",
                "/v1/organizations/{org}/databases/{db}/usage/queries",
                asked -> StatefulPlatform.Answer.of(404, "{\"error\":\"not found\"}"));
        try {
            Served.Result told =
                    call("database_analytics", "\"database\":\"orders\",\"from\":\"2026-01-01T00:00:00Z\"");
            assertThat(told.failed()).as(told.text()).isFalse();
            assertThat(told.structured().path("result")).isEqualTo(ranged).hasSize(1);
            assertThat(platform.seen().getLast()).isEqualTo("GET /v1/organizations/acme/databases/orders/stats");
            assertThat(call("database_analytics", "\"database\":\"archive\"")
                            .structured()
                            .path("result")
                            .isArray())
                    .isTrue();
            Served.Result none = call("database_analytics", "\"database\":\"none\"");
            assertThat(none.failed()).isTrue();
            assertThat(none.text()).contains("404", "database not found");
        } finally {
            platform.restore();
        }
    }

    @Test
    void aFailureThatIsNo404IsToldAndNothingElseAsked() {
        platform.on(
                "GET",
                "/v1/organizations/{org}/databases/{db}/usage/queries",
                asked -> StatefulPlatform.Answer.of(400, "{\"error\":\"the range is too long\"}"));
        try {
            assertThat(call("database_analytics", "\"database\":\"orders\"").text())
                    .contains("the range is too long");
            assertThat(platform.seen().getLast()).endsWith("/usage/queries");
        } finally {
            platform.restore();
        }
    }

    @Test
    void aDatabaseIsToldTogetherWithItsConfiguration() {
        JsonNode told = call("get_database", "\"database\":\"orders\"").structured();
        assertThat(told.path("Name").asText()).isEqualTo("orders");
        assertThat(told.path("Hostname").asText()).isEqualTo(platform.hostname);
        assertThat(told.path("engine").asText()).isEqualTo("libsql");
        assertThat(told.path("size_limit").asText()).isEqualTo("1gb");
        assertThat(told.path("allowed_ips").path(0).asText()).isEqualTo("10.0.0.0/8");
        assertThat(told.path("delete_protection").isBoolean()).isTrue();
        assertThat(call("get_database", "\"database\":\"none\"").text()).contains("404", "database not found");
    }

    @Test
    void aBranchIsMadeListedAndDeleted() {
        assertThat(call("list_branches", "\"database\":\"archive\"")
                        .structured()
                        .path("result"))
                .isEmpty();
        Served.Result made = call(
                "create_branch",
                "\"name\":\"archive-try\",\"from_database\":\"archive\",\"group\":\"default\",\"timestamp\":\"2026-01-31T00:00:00Z\"");
        assertThat(made.failed()).as(made.text()).isFalse();
        assertThat(platform.databases.get("archive-try").path("seed").toString())
                .isEqualTo("{\"type\":\"database\",\"name\":\"archive\",\"timestamp\":\"2026-01-31T00:00:00Z\"}");
        JsonNode branches =
                call("list_branches", "\"database\":\"archive\"").structured().path("result");
        assertThat(branches).hasSize(1);
        assertThat(branches.at("/0/Name").asText()).isEqualTo("archive-try");
        assertThat(platform.seen().getLast()).isEqualTo("GET /v1/organizations/acme/databases?parent=id-archive");
        call("delete_database", "\"database\":\"archive-try\"");
        assertThat(call("list_branches", "\"database\":\"archive\"")
                        .structured()
                        .path("result"))
                .isEmpty();
        assertThat(call("list_branches", "\"database\":\"none\"").text()).contains("404", "database not found");
    }

    @Test
    void aDatabaseWithoutAnIdHasNoListOfAllForItsBranches() {
        platform.on(
                "GET",
                "/v1/organizations/{org}/databases/odd",
                asked -> StatefulPlatform.Answer.of(200, "{\"database\":{\"Name\":\"odd\"}}"));
        int before = platform.seen().size();
        assertThat(call("list_branches", "\"database\":\"odd\"").failed()).isTrue();
        assertThat(platform.seen()).hasSize(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "create_database,'\"name\":\"x\",\"seed\":{\"type\":\"database\",\"name\":\"orders\"}'",
        "create_database,'\"name\":\"x\",\"remote_encryption\":{}'",
        "set_database_config,'\"database\":\"orders\",\"block_reads\":true'",
        "set_database_config,'\"database\":\"orders\",\"block_writes\":true'",
        "set_database_config,'\"database\":\"orders\",\"allow_attach\":true'",
        "delete_database,'\"databaseName\":\"orders\"'",
        "create_branch,'\"name\":\"x\",\"from_database\":\"orders\",\"seed\":{\"type\":\"database_upload\"}'",
        "create_branch,'\"name\":\"A B\",\"from_database\":\"orders\"'",
        "create_branch,'\"name\":\"x\"'",
        "get_database,'\"database\":\"\"'",
        "read_database,'\"database\":\"orders\",\"sql\":\"SELECT 1\",\"authorization\":\"full-access\"'",
        "read_database,'\"database\":\"orders\",\"sql\":\"SELECT 1\",\"hostname\":\"evil.example.com\"'",
        "read_database,'\"database\":\"orders\"'",
        "delete_database,'\"database\":\"..\"'",
        "delete_database,'\"database\":\"\"'",
    })
    void whatIsNotOfferedIsNotSent(String tool, String arguments) {
        int before = platform.seen().size();
        Served.Result refused = call(tool, arguments);
        assertThat(refused.failed()).isTrue();
        assertThat(refused.text()).contains("nothing was sent");
        assertThat(platform.seen()).hasSize(before);
    }

    @Test
    void aTokenOfAGroupStaysInIt() {
        int before = platform.seen().size();
        Served.Result other = served.call(ofGroup("default"), "create_database", "{\"name\":\"y\",\"group\":\"ops\"}");
        assertThat(other.failed()).isTrue();
        assertThat(other.text() + other.response().body()).contains("limited to a group");
        assertThat(platform.seen()).hasSize(before);
        assertThat(served.call(ofGroup("default"), "create_database", "{\"name\":\"y\",\"group\":\"default\"}")
                        .failed())
                .isFalse();
        Served.Result none = served.call(ofGroup("default"), "create_database", "{\"name\":\"z\"}");
        assertThat(none.failed()).isTrue();
        assertThat(none.text()).contains("must specify a group", "dashboard", "will fail again");
    }

    @Test
    void aBranchOfATokenOfAGroupStaysInItToo() {
        int before = platform.seen().size();
        Served.Result other = served.call(
                ofGroup("default"), "create_branch", "{\"name\":\"b\",\"from_database\":\"orders\",\"group\":\"ops\"}");
        assertThat(other.failed()).isTrue();
        assertThat(other.text() + other.response().body()).contains("limited to a group");
        assertThat(platform.seen()).hasSize(before);
        Served.Result none =
                served.call(ofGroup("default"), "create_branch", "{\"name\":\"b\",\"from_database\":\"orders\"}");
        assertThat(none.text()).contains("must specify a group");
    }

    @Test
    void errorsAreToldInThePlatformsWords() {
        assertThat(call("create_database", "\"name\":\"orders\",\"group\":\"default\"")
                        .text())
                .contains("409", "already exists");
        assertThat(call("delete_database", "\"database\":\"none\"").text()).contains("404", "database not found");
    }
}
