package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.sandbox.Sandbox;
import dev.wayleave.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Turso's configuration as it is shipped, run the way an operator runs it with nothing but its variables set, in front of
 * the sandbox with real SQLite: what three tokens see and can do.
 */
class TursoSandboxTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<String> READING =
            List.of("list_databases", "get_database", "list_branches", "database_analytics");

    @TempDir
    static Path folder;

    private static Sandbox sandbox;
    private static WayleaveProcess wayleave;
    private static URI mcp;
    private static String readOnly;
    private static String ofGroup;
    private static String full;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        int port = WayleaveProcess.freePort();
        mcp = URI.create("http://127.0.0.1:" + port + "/turso/mcp");
        sandbox = Sandbox.start(new SandboxOptions(
                InetAddress.getLoopbackAddress(), 0, folder.resolve("sandbox"), mcp, Clock.systemUTC()));
        String issuer = sandbox.issuer().toString();
        wayleave = WayleaveProcess.startHere(
                        folder,
                        Map.of(
                                "MICRONAUT_CONFIG_FILES",
                                "openapi/turso/wayleave.yml",
                                "MICRONAUT_SERVER_PORT",
                                String.valueOf(port),
                                "PUBLIC_URL",
                                "http://127.0.0.1:" + port,
                                "TURSO_URL",
                                issuer,
                                "SQL_ORIGIN",
                                issuer,
                                "SQL_SCHEME",
                                "http",
                                "ISSUER",
                                issuer,
                                "JWKS_URL",
                                issuer + "/oauth/jwks"))
                .ready();
        SignIn person = new SignIn(sandbox.issuer(), mcp);
        readOnly = person.token("read-only", "");
        ofGroup = person.token("full-access", "acme/research");
        full = person.token("full-access", "");
    }

    @AfterAll
    static void stop() {
        wayleave.close();
        sandbox.close();
        CLIENT.close();
    }

    private static HttpResponse<String> rpc(String token, String method, JsonNode params) {
        ObjectNode message =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        message.set("params", params);
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(mcp)
                            .header("Content-Type", "application/json")
                            .header("Accept", "application/json, text/event-stream")
                            .header("MCP-Protocol-Version", "2025-06-18")
                            .header("Authorization", "Bearer " + token)
                            .POST(BodyPublishers.ofString(message.toString()))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode result(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body()).path("result");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> tools(String token) {
        JsonNode tools =
                result(rpc(token, "tools/list", JSON.createObjectNode())).path("tools");
        return StreamSupport.stream(tools.spliterator(), false)
                .map(tool -> tool.path("name").asText())
                .toList();
    }

    private static HttpResponse<String> call(String token, String tool, String... arguments) {
        ObjectNode params = JSON.createObjectNode().put("name", tool);
        ObjectNode given = params.putObject("arguments");
        for (int i = 0; i < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        return rpc(token, "tools/call", params);
    }

    /** What it told, where it went well. */
    private static JsonNode done(String token, String tool, String... arguments) {
        JsonNode result = result(call(token, tool, arguments));
        assertThat(result.path("isError").asBoolean(true)).as(result.toString()).isFalse();
        return result.path("structuredContent");
    }

    private static String refused(String token, String tool, String... arguments) {
        JsonNode result = result(call(token, tool, arguments));
        assertThat(result.path("isError").asBoolean(false))
                .as(result.toString())
                .isTrue();
        return result.at("/content/0/text").asText();
    }

    @Test
    void eachTokenSeesWhatItMayDo() {
        assertThat(tools(readOnly)).containsExactlyElementsOf(READING);
        assertThat(tools(ofGroup)).hasSize(12);
        assertThat(tools(full)).hasSize(12).containsAll(READING);
        HttpResponse<String> sql = call(readOnly, "read_database", "database", "shop", "sql", "SELECT 1");
        assertThat(sql.statusCode()).isEqualTo(403);
        assertThat(sql.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).contains("insufficient_scope", "db:mint-token"));
        assertThat(call(readOnly, "delete_database", "database", "shop").statusCode())
                .isEqualTo(403);
    }

    @Test
    void allTwelveToolsDoTheirWork() throws IOException {
        done(full, "create_database", "name", "plants", "group", "default", "size_limit", "2mb");
        assertThat(done(readOnly, "list_databases").toString()).contains("plants", "shop", "papers");
        done(
                full,
                "evolve_schema",
                "database",
                "plants",
                "sql",
                "CREATE TABLE plant (id INTEGER PRIMARY KEY, name TEXT)");
        done(full, "write_database", "database", "plants", "sql", "INSERT INTO plant (name) VALUES ('fern'), ('moss')");
        done(full, "write_database", "database", "plants", "sql", "UPDATE plant SET name = 'ivy' WHERE name = 'moss'");
        assertThat(done(full, "read_database", "database", "plants", "sql", "SELECT name FROM plant ORDER BY id")
                        .at("/rows/1/0/value")
                        .asText())
                .isEqualTo("ivy");
        done(full, "create_branch", "name", "plants-try", "from_database", "plants", "group", "default");
        done(full, "delete_from_database", "database", "plants-try", "sql", "DELETE FROM plant");
        assertThat(done(full, "read_database", "database", "plants", "sql", "SELECT count(*) FROM plant")
                        .at("/rows/0/0/value")
                        .asText())
                .as("a branch goes its own way")
                .isEqualTo("2");
        JsonNode branches =
                done(readOnly, "list_branches", "database", "plants").path("result");
        assertThat(branches).hasSize(1);
        assertThat(branches.at("/0/Name").asText()).isEqualTo("plants-try");
        done(full, "set_database_config", "database", "plants", "size_limit", "3mb");
        JsonNode plants = done(readOnly, "get_database", "database", "plants");
        assertThat(plants.path("size_limit").asText()).isEqualTo("3mb");
        assertThat(plants.path("Hostname").asText()).isEqualTo(sandbox.issuer().getAuthority());
        assertThat(done(readOnly, "database_analytics", "database", "plants").toString())
                .contains("SELECT name FROM plant");
        done(full, "delete_database", "database", "plants-try");
        done(full, "delete_database", "database", "plants");
        assertThat(done(readOnly, "list_databases").toString()).doesNotContain("plants");
        assertThat(wayleave.out() + wayleave.err()).doesNotContain(full).doesNotContain("eyJ");
        assertThat(Files.exists(folder.resolve("sandbox"))).isTrue();
    }

    @Test
    void aTokenOfAGroupReachesThatGroupAlone() {
        assertThat(done(ofGroup, "list_databases").toString())
                .contains("papers")
                .doesNotContain("shop");
        assertThat(done(ofGroup, "read_database", "database", "papers", "sql", "SELECT title FROM paper")
                        .toString())
                .contains("Computable");
        assertThat(refused(ofGroup, "read_database", "database", "shop", "sql", "SELECT 1"))
                .contains("404");
        assertThat(refused(ofGroup, "get_database", "database", "shop")).contains("404");
        assertThat(refused(ofGroup, "list_branches", "database", "shop")).contains("404");
        assertThat(refused(ofGroup, "create_branch", "name", "x", "from_database", "shop", "group", "research"))
                .contains("404");
        assertThat(refused(ofGroup, "create_database", "name", "x")).contains("must specify a group");
    }

    @Test
    void theDatabaseHasTheLastWord() {
        assertThat(refused(full, "read_database", "database", "shop", "sql", "SELECT * FROM nowhere"))
                .isEqualTo("no such table: nowhere");
        assertThat(refused(full, "write_database", "database", "shop", "sql", "INSERT INTO customer (id) VALUES (1)"))
                .contains("constraint");
        assertThat(refused(full, "read_database", "database", "shop", "sql", "SELECT 1; SELECT 2"))
                .contains("nothing was sent", "more than one statement");
        done(full, "set_database_config", "database", "papers", "size_limit", "1mb");
    }
}
