package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server with the sandbox, as a process of its own and with every log at TRACE: what three different tokens see and
 * can do, and that none of them is ever seen again.
 */
class SandboxJourneyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static WayleaveProcess wayleave;
    private static URI issuer;
    private static SignIn person;

    @BeforeAll
    static void start() {
        int sandboxPort = WayleaveProcess.freePort();
        issuer = URI.create("http://127.0.0.1:" + sandboxPort);
        wayleave = WayleaveProcess.start(
                        folder,
                        Map.of(),
                        List.of(WayleaveProcess.everythingLogged(folder)),
                        "serve",
                        "--sandbox",
                        "--sandbox-port",
                        String.valueOf(sandboxPort),
                        "--sandbox-data",
                        folder.resolve("data").toString())
                .ready();
        person = new SignIn(issuer, wayleave.url("/mcp"));
    }

    @AfterAll
    static void stop() {
        wayleave.close();
        CLIENT.close();
    }

    private static HttpResponse<String> mcp(String token, String method, String params)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(wayleave.url("/mcp"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method
                                + "\",\"params\":" + params + "}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static List<String> tools(String token) throws IOException, InterruptedException {
        return JSON.readTree(mcp(token, "tools/list", "{}").body())
                .at("/result/tools")
                .valueStream()
                .map(tool -> tool.path("name").asText())
                .toList();
    }

    private static HttpResponse<String> call(String token, String tool, String arguments)
            throws IOException, InterruptedException {
        return mcp(token, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    }

    private static String text(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body()).at("/result/content/0/text").asText();
    }

    /** How many requests the sandbox itself has seen, allowed or refused. */
    private static int seenBySandbox(String token) throws IOException, InterruptedException {
        HttpResponse<String> log = CLIENT.send(
                HttpRequest.newBuilder(issuer.resolve("/v1/organizations/acme/audit-logs?page_size=1"))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
        JsonNode page = JSON.readTree(log.body());
        assertThat(log.statusCode()).as(log.body()).isEqualTo(200);
        return page.at("/pagination/total_rows").asInt();
    }

    @Test
    void theGreetingNamesTheUrlThatTheMetadataNames() throws IOException, InterruptedException {
        HttpResponse<String> metadata = CLIENT.send(
                HttpRequest.newBuilder(wayleave.url("/.well-known/oauth-protected-resource/mcp"))
                        .build(),
                BodyHandlers.ofString());
        JsonNode document = JSON.readTree(metadata.body());

        assertThat(document.path("resource").asText())
                .isEqualTo(wayleave.url("/mcp").toString());
        assertThat(document.path("authorization_servers").toString()).isEqualTo("[\"" + issuer + "\"]");
        assertThat(wayleave.err()).contains("MCP URL   " + wayleave.url("/mcp")).contains(issuer.toString());
    }

    @Test
    void aFullTokenCreatesSeesAndDeletes() throws IOException, InterruptedException {
        String token = person.token("full-access", "");

        assertThat(tools(token))
                .containsExactly(
                        "list_databases",
                        "create_database",
                        "delete_database",
                        "set_database_config",
                        "get_database",
                        "list_branches",
                        "database_analytics",
                        "create_branch",
                        "read_database",
                        "write_database",
                        "delete_from_database",
                        "evolve_schema");
        assertThat(text(call(token, "create_database", "{\"name\":\"made-here\",\"group\":\"default\"}")))
                .contains("made-here");
        assertThat(text(call(token, "set_database_config", "{\"database\":\"made-here\",\"size_limit\":\"1mb\"}")))
                .contains("1mb");
        assertThat(text(call(token, "get_database", "{\"database\":\"made-here\"}")))
                .contains("1mb", "Hostname", "sqlite");
        assertThat(text(call(token, "list_databases", "{}"))).contains("\"made-here\"");
        assertThat(text(call(token, "delete_database", "{\"database\":\"made-here\"}")))
                .contains("made-here");
        assertThat(text(call(token, "list_databases", "{}"))).doesNotContain("\"made-here\"");
    }

    @Test
    void aReadOnlyTokenIsOfferedNothingElseAndItsAttemptsDoNotReachThePlatform()
            throws IOException, InterruptedException {
        String token = person.token("read-only", "");

        assertThat(tools(token))
                .containsExactly("list_databases", "get_database", "list_branches", "database_analytics");
        int before = seenBySandbox(token);
        HttpResponse<String> refused = call(token, "create_database", "{\"name\":\"nope\",\"group\":\"default\"}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("error=\"insufficient_scope\"", "scope=\"db:create\"");
        assertThat(seenBySandbox(token))
                .as("the second look is the only new entry")
                .isEqualTo(before + 1);
    }

    @Test
    void aGroupTokenIsHeldToItsGroupByThePlatform() throws IOException, InterruptedException {
        String token = person.token("full-access", "acme/research");

        String listed = text(call(token, "list_databases", "{}"));
        assertThat(listed).contains("\"papers\"").doesNotContain("\"shop\"");
        assertThat(text(call(token, "get_database", "{\"database\":\"shop\"}")))
                .startsWith("The platform answered 404");
        assertThat(text(call(token, "list_databases", "{\"organizationSlug\":\"personal\"}")))
                .contains("nothing was sent");
        assertThat(text(call(token, "create_database", "{\"name\":\"elsewhere\",\"group\":\"default\"}")))
                .contains("limited to a group");
    }

    @Test
    void sqlRunsWithTheLeastThatEachToolNeeds() throws IOException, InterruptedException {
        String token = person.token("full-access", "");
        String arguments = "{\"database\":\"shop\",\"sql\":\"%s\"}";

        assertThat(text(call(token, "read_database", arguments.formatted("SELECT name FROM customer ORDER BY id"))))
                .contains("Ada Lovelace");
        assertThat(text(call(token, "read_database", arguments.formatted("DELETE FROM customer"))))
                .contains("delete_from_database does DELETE");
        assertThat(text(call(token, "read_database", arguments.formatted("SELECT * FROM nowhere"))))
                .isEqualTo("no such table: nowhere");
        assertThat(text(call(
                        token,
                        "write_database",
                        arguments.formatted("INSERT INTO customer (name, city) VALUES ('Mary', 'Rome') RETURNING id"))))
                .contains("\"affected_row_count\":1");
        assertThat(text(call(
                        token,
                        "delete_from_database",
                        arguments.formatted("DELETE FROM customer WHERE name = 'Mary'"))))
                .contains("\"affected_row_count\":1");
    }

    @Test
    void noTokenIsEverSeenAgain() throws IOException, InterruptedException {
        String token = person.token("full-access", "");
        tools(token);
        call(token, "list_databases", "{}");
        call(token, "get_database", "{\"database\":\"none\"}");
        call(token, "get_database", "{}");
        call(token, "read_database", "{\"database\":\"shop\",\"sql\":\"SELECT 1\"}");
        HttpResponse<String> spoiled = call(token + "x", "list_databases", "{}");
        assertThat(spoiled.statusCode()).isEqualTo(401);

        String signature = token.substring(token.lastIndexOf('.') + 1);
        String everything = wayleave.out() + wayleave.err() + Files.readString(folder.resolve("data/audit.jsonl"));
        assertThat(wayleave.err()).as("the log is at TRACE").contains("TRACE io.");
        assertThat(everything).doesNotContain(signature);
        assertThat(everything).doesNotContain(token.substring(0, token.indexOf('.', token.indexOf('.') + 1)));
    }
}
