package dev.wayleave.sandbox;

import static dev.wayleave.sandbox.SandboxFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what: tokens against requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EnforcementTest {
    private static final String ACME = "/v1/organizations/acme";

    private final Map<String, String> tokens = new LinkedHashMap<>();
    private SandboxFixture sandbox;

    @BeforeAll
    void start(@TempDir Path folder) {
        sandbox = SandboxFixture.start(folder);
        tokens.put("all", sandbox.token("acme"));
        tokens.put("read", sandbox.token("acme", "read"));
        tokens.put("create", sandbox.token("acme", "db:create"));
        tokens.put("delete", sandbox.token("acme", "db:delete"));
        tokens.put("configure", sandbox.token("acme", "db:configure"));
        tokens.put("mint", sandbox.token("acme", "db:mint-token"));
        tokens.put("research", sandbox.token("acme/research"));
        tokens.put("personal", sandbox.token("personal"));
        tokens.put("database", sandbox.databaseToken(token("all"), "acme", "shop", "full-access"));
        tokens.put("nonsense", "e30.e30.e30");
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    private String token(String name) {
        return tokens.getOrDefault(name, name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all       | GET    | /v1/organizations                                          | 200",
                "read      | GET    | /v1/organizations/acme                                     | 200",
                "read      | GET    | /v1/organizations/acme/groups                              | 200",
                "read      | GET    | /v1/organizations/acme/databases/shop                      | 200",
                "read      | GET    | /v1/organizations/acme/databases/shop/configuration        | 200",
                "read      | GET    | /v1/organizations/acme/databases/shop/usage                | 200",
                "read      | GET    | /v1/organizations/acme/databases/shop/usage/queries        | 200",
                "read      | GET    | /v1/organizations/acme/databases/shop/stats                | 200",
                "read      | GET    | /v1/organizations/acme/audit-logs                          | 200",
                "create    | GET    | /v1/organizations/acme/databases                           | 403",
                "delete    | GET    | /v1/organizations/acme/databases/shop                      | 403",
                "mint      | GET    | /v1/organizations/acme/databases/shop/usage                | 403",
                "configure | GET    | /v1/organizations/acme/databases/shop/configuration        | 403",
                "read      | POST   | /v1/organizations/acme/databases                           | 403",
                "create    | POST   | /v1/organizations/acme/databases                           | 400",
                "read      | DELETE | /v1/organizations/acme/databases/shop                      | 403",
                "configure | DELETE | /v1/organizations/acme/databases/shop                      | 403",
                "delete    | DELETE | /v1/organizations/acme/databases/nothing                   | 404",
                "read      | PATCH  | /v1/organizations/acme/databases/shop/configuration        | 403",
                "configure | PATCH  | /v1/organizations/acme/databases/shop/configuration        | 200",
                "read      | POST   | /v1/organizations/acme/databases/shop/auth/tokens          | 403",
                "mint      | POST   | /v1/organizations/acme/databases/shop/auth/tokens          | 200",
                "mint      | GET    | /v1/auth/validate                                          | 200",
                "personal  | GET    | /v1/organizations/acme                                     | 403",
                "personal  | GET    | /v1/organizations/acme/databases                           | 403",
                "personal  | GET    | /v1/organizations/acme/databases/shop                      | 403",
                "personal  | DELETE | /v1/organizations/acme/databases/shop                      | 403",
                "personal  | POST   | /v1/organizations/acme/databases/shop/auth/tokens          | 403",
                "personal  | GET    | /v1/organizations/nobody/databases                         | 403",
                "personal  | GET    | /v1/organizations/personal/databases/shop                  | 404",
                "research  | GET    | /v1/organizations                                          | 403",
                "research  | GET    | /v1/organizations/acme                                     | 403",
                "research  | GET    | /v1/organizations/acme/audit-logs                          | 403",
                "research  | GET    | /v1/organizations/acme/groups/research                     | 200",
                "research  | GET    | /v1/organizations/acme/groups/default                      | 404",
                "research  | GET    | /v1/organizations/acme/databases/papers                    | 200",
                "research  | GET    | /v1/organizations/acme/databases/shop                      | 404",
                "research  | DELETE | /v1/organizations/acme/databases/shop                      | 404",
                "research  | PATCH  | /v1/organizations/acme/databases/shop/configuration        | 404",
                "research  | GET    | /v1/organizations/acme/databases/shop/usage                | 404",
                "research  | POST   | /v1/organizations/acme/databases/shop/auth/tokens          | 404",
                "research  | POST   | /v1/organizations/acme/databases                           | 400",
                "database  | GET    | /v1/auth/validate                                          | 401",
                "database  | GET    | /v1/organizations/acme/databases                           | 401",
                "nonsense  | GET    | /v1/organizations/acme/databases                           | 401",
                "all       | POST   | /v2/pipeline                                               | 401",
                "all       | GET    | /v1/nothing                                                | 404",
                "all       | GET    | /v1/organizations/acme/databases/                          | 404",
                "all       | PUT    | /v1/organizations/acme/databases                           | 405",
            })
    void everyRuleHoldsForEveryToken(String token, String method, String path, int status) {
        String body = method.equals("POST") || method.equals("PATCH") ? "{}" : null;

        HttpResponse<String> answer = sandbox.call(method, path, token(token), body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (status >= 400) {
            assertThat(json(answer).path("error").asText()).isNotEmpty();
        }
    }

    @Test
    void aRequestWithoutATokenIsChallenged() {
        HttpResponse<String> answer = sandbox.call("GET", ACME + "/databases?access_token=" + token("all"), null, null);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void aMissingScopeIsNamed() {
        HttpResponse<String> answer = sandbox.call("DELETE", ACME + "/databases/shop", token("read"), null);

        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_scope\", scope=\"db:delete\"");
    }

    @Test
    void aGroupTokenSeesItsOwnGroupOnly() {
        assertThat(json(sandbox.get(ACME + "/groups", token("research"))).path("groups"))
                .map(group -> group.path("name").asText())
                .containsExactly("research");
        assertThat(json(sandbox.get(ACME + "/databases", token("research"))).path("databases"))
                .map(database -> database.path("Name").asText())
                .containsExactly("papers");
        assertThat(json(sandbox.get(ACME + "/databases?group=default", token("research")))
                        .path("databases"))
                .isEmpty();
    }

    @Test
    void aGroupTokenCreatesInItsOwnGroupOnly() {
        assertThat(error("{\"name\":\"x\"}")).isEqualTo("group-scoped tokens must specify a group in the request");
        assertThat(error("{\"name\":\"x\",\"group\":\"default\"}")).isEqualTo("group not found");
        assertThat(error("{\"name\":\"x\",\"group\":\"research\",\"seed\":{\"type\":\"database\",\"name\":\"shop\"}}"))
                .startsWith("could not find database");
        assertThat(error("{\"name\":\"own\",\"group\":\"research\"}")).isEmpty();
    }

    private String error(String body) {
        return json(sandbox.call("POST", ACME + "/databases", token("research"), body))
                .path("error")
                .asText();
    }

    @Test
    void anExpiredTokenIsRefused(@TempDir Path folder) {
        try (SandboxFixture other = SandboxFixture.start(folder)) {
            String token = other.token("acme");
            other.clock().advance(Duration.ofMinutes(59));
            assertThat(other.get("/v1/auth/validate", token).statusCode()).isEqualTo(200);
            other.clock().advance(Duration.ofMinutes(1));
            assertThat(other.get("/v1/auth/validate", token).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aTokenOfAnotherSandboxIsRefused(@TempDir Path folder) {
        try (SandboxFixture other = SandboxFixture.start(folder)) {
            assertThat(sandbox.get("/v1/auth/validate", other.token("acme")).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aTokenSignedByAnotherKeyOrOfAnotherTypeIsRefused() throws Exception {
        SignedJWT good = SignedJWT.parse(token("all"));
        var key = new ECKeyGenerator(Curve.P_256)
                .keyID(good.getHeader().getKeyID())
                .generate();
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(key.getKeyID())
                        .build(),
                good.getJWTClaimsSet());
        forged.sign(new ECDSASigner(key));
        String unsigned = new PlainJWT(good.getJWTClaimsSet()).serialize();

        assertThat(sandbox.get("/v1/auth/validate", forged.serialize()).statusCode())
                .isEqualTo(401);
        assertThat(sandbox.get("/v1/auth/validate", unsigned).statusCode()).isEqualTo(401);
    }

    @Test
    void theAuditLogTellsWhoWasAllowedAndWhoWasNot() {
        sandbox.call("DELETE", ACME + "/databases/shop", token("read"), null);
        sandbox.call("DELETE", ACME + "/databases/shop", token("nonsense"), null);

        JsonNode log = json(sandbox.get(ACME + "/audit-logs?page_size=2", token("all")));

        assertThat(log.path("audit_logs")).hasSize(2);
        JsonNode newest = log.path("audit_logs").get(0);
        assertThat(newest.path("code").asText()).isEqualTo("db-delete");
        assertThat(newest.path("author").isNull()).isTrue();
        assertThat(newest.path("data").path("status").asInt()).isEqualTo(401);
        JsonNode before = log.path("audit_logs").get(1);
        assertThat(before.path("author").asText()).isEqualTo("demo");
        assertThat(before.path("created_at").asText()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(before.path("data").path("client_id").asText()).isEqualTo(sandbox.client());
        assertThat(before.path("data").path("target").asText()).isEqualTo(ACME + "/databases/shop");
        assertThat(before.path("data").path("status").asInt()).isEqualTo(403);
        assertThat(log.path("pagination").path("total_rows").asInt()).isGreaterThan(2);
        assertThat(json(sandbox.get("/v1/organizations/personal/audit-logs", token("personal")))
                        .toString())
                .doesNotContain("databases/papers");
    }
}
