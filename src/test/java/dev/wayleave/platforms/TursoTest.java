package dev.wayleave.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.openapi.Overlay;
import dev.wayleave.openapi.ReadOptions;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
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

/** The simple tools of Turso Cloud, as its configuration makes them, on a platform with a memory. */
class TursoTest {
    private static final List<String> COMPOSED = List.of(
            "get_database",
            "create_branch",
            "list_branches",
            "read_database",
            "write_database",
            "delete_from_database",
            "evolve_schema");
    private static final List<String> EVERYTHING =
            List.of("read", "db:create", "db:delete", "db:configure", "db:mint-token");
    private static FakeTurso platform;
    private static Served served;

    @BeforeAll
    static void start() {
        platform = new FakeTurso();
        served = Served.platform("turso", platform.url());
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
        byCaller.put("of a group", served.tools(ofGroup("default")));
        byCaller.put("everything", served.tools(token(EVERYTHING)));

        ReviewedTools.assertReviewed("turso", byCaller);
        ReviewedTools.assertExpected("turso", served.tools(token(EVERYTHING)), COMPOSED);
    }

    @Test
    void theVendorsOwnDocumentTakesTheSameOverlay() throws Exception {
        Path vendor = Path.of("..", "shared", "platforms", "turso-vendor.openapi.json");
        Assumptions.assumeTrue(Files.exists(vendor), "the vendor's document is not there");
        Overlay overlay = Overlay.read(Path.of("openapi", "turso", "overlay.yaml"));
        Map<String, String> own = arguments(Path.of("openapi", "turso", "openapi.yaml"), overlay);

        assertThat(arguments(vendor, overlay)).isEqualTo(own).hasSize(5);
    }

    private static Map<String, String> arguments(Path document, Overlay overlay) throws Exception {
        Catalog catalog = Catalog.of(OpenApiReader.read(document, ReadOptions.with(List.of(overlay))));
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
    })
    void aMissingScopeIs403(String tool, String needed) {
        int before = platform.seen().size();
        List<String> others =
                EVERYTHING.stream().filter(scope -> !scope.equals(needed)).toList();
        Served.Result refused = served.call(token(others), tool, "{\"database\":\"orders\",\"name\":\"x\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.response().headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).contains("scope=\"" + needed + "\""));
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

    @ParameterizedTest
    @CsvSource({
        "create_database,'\"name\":\"x\",\"seed\":{\"type\":\"database\",\"name\":\"orders\"}'",
        "create_database,'\"name\":\"x\",\"remote_encryption\":{}'",
        "set_database_config,'\"database\":\"orders\",\"block_reads\":true'",
        "set_database_config,'\"database\":\"orders\",\"block_writes\":true'",
        "set_database_config,'\"database\":\"orders\",\"allow_attach\":true'",
        "delete_database,'\"databaseName\":\"orders\"'",
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
    void errorsAreToldInThePlatformsWords() {
        assertThat(call("create_database", "\"name\":\"orders\",\"group\":\"default\"")
                        .text())
                .contains("409", "already exists");
        assertThat(call("delete_database", "\"database\":\"none\"").text()).contains("404", "database not found");
    }
}
