package dev.wayleave.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.FakePlatform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The four SQL tools of Turso Cloud: the host is looked up, a token minted for one call, and one statement run. */
class TursoSqlTest {
    private static final List<String> TOOLS =
            List.of("read_database", "write_database", "delete_from_database", "evolve_schema");
    private static FakeTurso platform;
    private static Served served;

    @BeforeAll
    static void start() {
        platform = new FakeTurso();
        String origin = platform.host.url().getAuthority();
        served = Served.platform("turso", platform.url(), Map.of("SQL_ORIGIN", origin, "SQL_SCHEME", "http"));
    }

    @AfterAll
    static void stop() {
        served.close();
        platform.close();
    }

    @BeforeEach
    void atHome() {
        platform.hostname = platform.host.url().getAuthority();
    }

    private static String token() {
        return served.token(
                "",
                claims -> claims.claim("org", "acme")
                        .claim("scopes", Map.of("scopes", List.of("read", "db:mint-token"))));
    }

    private static Served.Result call(String tool, String sql) {
        ObjectNode arguments =
                Served.JSON.createObjectNode().put("database", "orders").put("sql", sql);
        return served.call(token(), tool, arguments.toString());
    }

    private static int asked() {
        return platform.seen().size() + platform.host.seen().size();
    }

    @Test
    void aReadFindsTheHostMintsAReadOnlyTokenAndRunsOneStatement() {
        int before = platform.seen().size();
        Served.Result read = call("read_database", "SELECT name FROM item ORDER BY id");

        assertThat(read.failed()).as(read.text()).isFalse();
        assertThat(read.structured().at("/rows/0/0/value").asText()).isEqualTo("pen");
        assertThat(platform.seen().subList(before, platform.seen().size()))
                .containsExactly(
                        "GET /v1/organizations/acme/databases/orders",
                        "POST /v1/organizations/acme/databases/orders/auth/tokens?expiration=5m&authorization=read-only");
        FakePlatform.Received sent = platform.host.last();
        assertThat(sent.requestLine()).isEqualTo("POST /v2/pipeline HTTP/1.1");
        assertThat(sent.body())
                .isEqualTo(
                        "{\"requests\":[{\"type\":\"execute\",\"stmt\":{\"sql\":\"SELECT name FROM item ORDER BY id\"}},"
                                + "{\"type\":\"close\"}]}");
        assertThat(sent.header("Authorization").getFirst())
                .startsWith("Bearer minted-")
                .doesNotContain(token());
    }

    @Test
    void whatIsWrittenIsThereUntilItIsDeleted() {
        assertThat(call("write_database", "INSERT INTO item (name) VALUES ('lamp')")
                        .failed())
                .isFalse();
        assertThat(platform.host.minted.getLast()).isEqualTo("orders full-access");
        assertThat(call("write_database", "UPDATE item SET name = 'torch' WHERE name = 'lamp'")
                        .structured()
                        .path("affected_row_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(call("read_database", "SELECT name FROM item").text()).contains("torch");
        assertThat(call("delete_from_database", "DELETE FROM item WHERE name = 'torch'")
                        .failed())
                .isFalse();
        assertThat(call("read_database", "SELECT name FROM item").text()).doesNotContain("torch");
    }

    @Test
    void theSchemaIsChanged() {
        assertThat(call("evolve_schema", "CREATE TABLE label (id INTEGER PRIMARY KEY, text TEXT) STRICT")
                        .failed())
                .isFalse();
        assertThat(call("evolve_schema", "ALTER TABLE label ADD COLUMN color TEXT")
                        .failed())
                .isFalse();
        assertThat(call("read_database", "SELECT color FROM label").failed()).isFalse();
        assertThat(call("evolve_schema", "DROP TABLE label").failed()).isFalse();
        assertThat(call("read_database", "SELECT * FROM label").text()).contains("no such table: label");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            read_database | DELETE FROM item | delete_from_database does DELETE
            read_database | INSERT INTO item (name) VALUES ('x') | write_database does INSERT
            read_database | DROP TABLE item | evolve_schema does DROP
            read_database | WITH x AS (SELECT 1) DELETE FROM item | delete_from_database does DELETE
            read_database | SELECT 1; DELETE FROM item | more than one statement
            read_database | PRAGMA user_version = 1 | is PRAGMA
            read_database | ATTACH 'x' AS y | is ATTACH
            write_database | DELETE FROM item | delete_from_database does DELETE
            write_database | DROP TABLE item | evolve_schema does DROP
            write_database | REPLACE INTO item (id) VALUES (1) | ON CONFLICT ... DO UPDATE does not
            write_database | SELECT 1 | read_database does SELECT
            delete_from_database | UPDATE item SET name = 'x' | write_database does UPDATE
            delete_from_database | DROP TABLE item | evolve_schema does DROP
            write_database | INSERT INTO item (item) VALUES ('delete-all') | names the table as a column of its own
            evolve_schema | DELETE FROM item | delete_from_database does DELETE
            evolve_schema | CREATE TRIGGER x AFTER INSERT ON item BEGIN DELETE FROM item; END | more than one statement
            """)
    void aStatementOfAnotherToolGoesNowhere(String tool, String sql, String why) {
        int before = asked();
        Served.Result refused = call(tool, sql);
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.failed()).isTrue();
        assertThat(refused.text()).contains("nothing was sent", "argument sql", why);
        assertThat(asked()).isEqualTo(before);
    }

    @Test
    void aFailedStatementIsAnErrorInTheDatabasesWords() {
        for (String tool : TOOLS) {
            String sql = switch (tool) {
                case "read_database" -> "SELECT * FROM nowhere";
                case "write_database" -> "INSERT INTO nowhere VALUES (1)";
                case "delete_from_database" -> "DELETE FROM nowhere";
                default -> "DROP TABLE nowhere";
            };
            Served.Result failed = call(tool, sql);
            assertThat(failed.failed()).as(tool).isTrue();
            assertThat(failed.text()).contains("no such table: nowhere").doesNotContain("minted-");
        }
        assertThat(call("read_database", "SELECT * FROM nowhere").text()).doesNotContain("Sent before");
        assertThat(call("write_database", "UPDATE nowhere SET a = 1").text()).doesNotContain("Sent before");
    }

    @Test
    void theTokenIsTheFirstGuard() {
        // a statement that only reads by its form, on a host that knows better
        platform.host.on(
                "POST",
                "/v2/pipeline",
                asked -> StatefulPlatform.Answer.of(
                        200,
                        "{\"results\":[{\"type\":\"error\",\"error\":{\"message\":\"token is read-only "
                                + asked.header("Authorization") + "\",\"code\":\"BLOCKED\"}},{\"type\":\"ok\"}]}"));
        try {
            Served.Result refused = call("read_database", "SELECT 1");
            assertThat(refused.failed()).isTrue();
            assertThat(refused.text()).contains("token is read-only", "[token]").doesNotContain("minted-");
        } finally {
            platform.host.restore();
        }
    }

    @Test
    void whatTheHostRefusesIsToldAndNobodyIsSentToSignIn() {
        platform.on(
                "POST",
                "/v1/organizations/{org}/databases/archive/auth/tokens",
                asked -> StatefulPlatform.Answer.of(200, "{\"jwt\":\"unknown.to.the-host\"}"));
        Served.Result refused =
                served.call(token(), "read_database", "{\"database\":\"archive\",\"sql\":\"SELECT 1\"}");
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.failed()).isTrue();
        assertThat(refused.text()).contains("401", "the token is not valid").doesNotContain("unknown.to.the-host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example.com", "127.0.0.1", "localhost:{port}", "{host}@evil.example.com", "{host}/x", ""})
    void anotherHostGetsNothing(String hostname) {
        String own = platform.host.url().getAuthority();
        platform.hostname = hostname.replace("{host}", own).replace("{port}", own.substring(own.indexOf(':') + 1));
        int before = platform.host.seen().size();
        Served.Result refused = call("read_database", "SELECT 1");
        assertThat(refused.failed()).isTrue();
        assertThat(platform.host.seen()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.example.io", "db.turso.io.example.com", "turso.io.invalid", "xturso.io"})
    void whereNoOriginIsSaidHostsAreThoseOfTheVendor(String hostname) {
        platform.hostname = hostname;
        try (Served usual = Served.platform("turso", platform.url(), Map.of())) {
            String token = usual.token(
                    "",
                    claims -> claims.claim("org", "acme")
                            .claim("scopes", Map.of("scopes", List.of("read", "db:mint-token"))));
            Served.Result refused =
                    usual.call(token, "read_database", "{\"database\":\"orders\",\"sql\":\"SELECT 1\"}");
            assertThat(refused.failed()).isTrue();
            assertThat(refused.text()).doesNotContain("cannot be reached").doesNotContain("did not answer");
        }
    }

    @Test
    void aDatabaseThatIsNotThereMintsNothing() {
        int before = platform.host.minted.size();
        Served.Result refused = served.call(
                token(), "write_database", "{\"database\":\"none\",\"sql\":\"UPDATE item SET name = 'x'\"}");
        assertThat(refused.text()).contains("404", "database not found");
        assertThat(platform.host.minted).hasSize(before);
    }

    @Test
    void theTwoScopesAreNeededTogether() {
        for (List<String> scopes : List.of(List.of("read"), List.of("db:mint-token"))) {
            String half =
                    served.token("", claims -> claims.claim("org", "acme").claim("scopes", Map.of("scopes", scopes)));
            assertThat(served.tools(half)).doesNotContainKeys(TOOLS.toArray(String[]::new));
        }
        assertThat(served.tools(token())).containsKeys(TOOLS.toArray(String[]::new));
    }
}
