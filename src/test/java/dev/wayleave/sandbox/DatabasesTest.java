package dev.wayleave.sandbox;

import static dev.wayleave.sandbox.SandboxFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases over the platform's API, and what really happens to them. */
final class DatabasesTest {
    private static final String DATABASES = "/v1/organizations/acme/databases";

    private SandboxFixture sandbox;
    private String token;

    @BeforeEach
    void start(@TempDir Path folder) {
        sandbox = SandboxFixture.start(folder);
        token = sandbox.token("acme");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private HttpResponse<String> create(String body) {
        return sandbox.call("POST", DATABASES, token, body);
    }

    private HttpResponse<String> configure(String database, String body) {
        return sandbox.call("PATCH", DATABASES + "/" + database + "/configuration", token, body);
    }

    @Test
    void aNewDatabaseIsThereAndEmpty() {
        JsonNode created =
                json(create("{\"name\":\"fresh\",\"group\":\"default\"}")).path("database");
        assertThat(created.path("Hostname").asText()).isEqualTo(sandbox.issuer().getAuthority());

        JsonNode database = json(sandbox.get(DATABASES + "/fresh", token)).path("database");

        assertThat(database.path("DbId")).isEqualTo(created.path("DbId"));
        assertThat(database.path("Name").asText()).isEqualTo("fresh");
        assertThat(database.path("group").asText()).isEqualTo("default");
        assertThat(database.path("parent").isNull()).isTrue();
        JsonNode tables = sandbox.sql(
                sandbox.databaseToken(token, "acme", "fresh", "read-only"), "select count(*) from sqlite_schema");
        assertThat(tables.at("/0/response/result/rows/0/0/value").asText()).isEqualTo("0");
    }

    @Test
    void aBranchIsACopyThatGoesItsOwnWay() {
        create("{\"name\":\"shop-2\",\"group\":\"default\",\"seed\":{\"type\":\"database\",\"name\":\"shop\"}}");
        String branch = sandbox.databaseToken(token, "acme", "shop-2", "full-access");
        assertThat(sandbox.sql(branch, "delete from purchase")
                        .at("/0/response/result/affected_row_count")
                        .asInt())
                .isEqualTo(4);

        String original = sandbox.databaseToken(token, "acme", "shop", "read-only");
        assertThat(sandbox.sql(original, "select count(*) from purchase")
                        .at("/0/response/result/rows/0/0/value")
                        .asText())
                .isEqualTo("4");
        JsonNode parent =
                json(sandbox.get(DATABASES + "/shop", token)).path("database").path("DbId");
        assertThat(json(sandbox.get(DATABASES + "?parent=" + parent.asText(), token))
                        .path("databases"))
                .map(database -> database.path("Name").asText())
                .containsExactly("shop-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"shop\",\"group\":\"default\"}                          | 409 | database with name shop already exists",
                "{\"name\":\"x\",\"group\":\"nowhere\"}                             | 400 | group not found",
                "{\"name\":\"Not Good\",\"group\":\"default\"}                      | 400 | name must be 1 to 64 lowercase letters, digits and dashes",
                "{\"name\":\"x\"}                                                   | 400 | group is required",
                "{\"name\":\"x\",\"group\":\"default\",\"colour\":1}                | 400 | unknown field colour",
                "{\"name\":\"x\",\"name\":\"y\",\"group\":\"default\"}              | 400 | the body is not valid JSON",
                "{\"name\":\"x\",\"group\":\"default\"}{}                           | 400 | the body is not valid JSON",
                "{\"name\":\"x\",\"group\":\"default\",\"size_limit\":\"much\"}     | 400 | size_limit must be a number of bytes, or one with a unit such as 256mb",
                "[]                                                                 | 400 | the body must be a JSON object",
            })
    void aBadCreationSaysWhatIsWrong(String body, int status, String error) {
        HttpResponse<String> answer = create(body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("error").asText()).isEqualTo(error);
    }

    @Test
    void aDatabaseIsDeletedUnlessItIsProtected() {
        configure("shop", "{\"delete_protection\":true}");
        HttpResponse<String> refused = sandbox.call("DELETE", DATABASES + "/shop", token, null);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("delete protection");

        String sql = sandbox.databaseToken(token, "acme", "shop", "full-access");
        configure("shop", "{\"delete_protection\":false}");
        HttpResponse<String> done = sandbox.call("DELETE", DATABASES + "/shop", token, null);

        assertThat(done.body()).isEqualTo("{\"database\":\"shop\"}");
        assertThat(sandbox.get(DATABASES + "/shop", token).statusCode()).isEqualTo(404);
        assertThat(sandbox.call("POST", "/v2/pipeline", sql, "{\"requests\":[]}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void anOmittedSettingStaysAndAnEmptyListClears() {
        configure("shop", "{\"size_limit\":\"10mb\",\"allowed_ips\":[\"127.0.0.0/8\",\"::1\"],\"block_writes\":true}");
        JsonNode after = json(configure("shop", "{\"allowed_aws_vpc_ids\":[\"vpce-0fe6c8807461bba49\"]}"));
        assertThat(after.path("size_limit").asText()).isEqualTo("10mb");
        assertThat(after.path("allowed_ips")).hasSize(2);
        assertThat(after.path("block_writes").asBoolean()).isTrue();

        configure("shop", "{\"allowed_ips\":[],\"block_writes\":false}");

        JsonNode last = json(sandbox.get(DATABASES + "/shop/configuration", token));
        assertThat(last.path("allowed_ips")).isEmpty();
        assertThat(last.path("allowed_aws_vpc_ids")).hasSize(1);
        assertThat(last.path("block_writes").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,      200",
        "127.0.0.0/8,    200",
        "0.0.0.0/0,      200",
        "203.0.113.7,    403",
        "10.0.0.0/8,     403",
        "::/0,           403",
    })
    void sqlComesOnlyFromAllowedAddresses(String range, int status) {
        configure("shop", "{\"allowed_ips\":[\"" + range + "\"]}");
        String sql = sandbox.databaseToken(token, "acme", "shop", "read-only");

        assertThat(sandbox.call("POST", "/v2/pipeline", sql, "{\"requests\":[]}")
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void aNameIsNoAddressRange() {
        assertThat(configure("shop", "{\"allowed_ips\":[\"localhost\"]}").statusCode())
                .isEqualTo(400);
        assertThat(configure("shop", "{\"allowed_ips\":[\"10.0.0.0/33\"]}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void usageIsWhatReallyHappened() {
        String sql = sandbox.databaseToken(token, "acme", "shop", "full-access");
        sandbox.sql(sql, "select * from customer", "select * from customer", "update customer set city = 'Paris'");

        JsonNode usage = json(sandbox.get(DATABASES + "/shop/usage", token)).at("/database/total");
        assertThat(usage.path("rows_read").asInt()).isEqualTo(6);
        assertThat(usage.path("rows_written").asInt()).isEqualTo(3);
        assertThat(usage.path("storage_bytes").asInt()).isEqualTo(12_288);
        JsonNode top = json(sandbox.get(DATABASES + "/shop/stats", token)).path("top_queries");
        assertThat(top.get(0).path("query").asText()).isEqualTo("select * from customer");
        assertThat(top.get(0).path("rows_read").asInt()).isEqualTo(6);
        String queries = DATABASES + "/shop/usage/queries";
        assertThat(json(sandbox.get(queries + "?from=2026-11-20T09:00:00Z", token))
                        .at("/0/count")
                        .asInt())
                .isEqualTo(2);
        assertThat(json(sandbox.get(queries + "?to=2026-11-20T09:00:00Z", token)))
                .isEmpty();
        assertThat(sandbox.get(queries + "?from=yesterday", token).statusCode()).isEqualTo(400);
    }

    @Test
    void databaseTokensAreShort() {
        String mint = DATABASES + "/shop/auth/tokens?expiration=";
        String sql = json(sandbox.call("POST", mint + "1m30s", token, null))
                .path("jwt")
                .asText();
        assertThat(sandbox.sql(sql, "select 1").at("/0/type").asText()).isEqualTo("ok");
        sandbox.clock().advance(Duration.ofSeconds(90));
        assertThat(sandbox.call("POST", "/v2/pipeline", sql, "{\"requests\":[]}")
                        .statusCode())
                .isEqualTo(401);

        assertThat(sandbox.call("POST", mint + "never", token, null).statusCode())
                .isEqualTo(400);
        assertThat(sandbox.call("POST", mint + "2w", token, null).statusCode()).isEqualTo(400);
    }
}
