package dev.wayleave.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turso's configuration as its operator may change it: for personal tokens, and with the vendor's own document. */
class TursoVariantsTest {
    private static final Path SHIPPED = Path.of("openapi", "turso", "wayleave.yml");
    private static final String SQL = "{\"database\":\"orders\",\"sql\":\"SELECT name FROM item\"}";

    @TempDir
    Path folder;

    private FakeTurso platform;

    @BeforeEach
    void start() {
        platform = new FakeTurso();
        platform.on("GET", "/v1/auth/validate", asked -> StatefulPlatform.Answer.of(200, "{\"exp\":-1}"));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private Served served(String configuration, Map<String, String> more) throws IOException {
        Path file = Files.writeString(folder.resolve("wayleave.yml"), configuration);
        Map<String, String> variables = new java.util.HashMap<>(more);
        variables.put("SQL_ORIGIN", platform.host.url().toString());
        variables.put("SQL_SCHEME", "http");
        return Served.changed("turso", file, platform.url(), variables);
    }

    /** The block in comments instead of the one above it. */
    private static String forPersonalTokens() throws IOException {
        List<String> lines = new ArrayList<>();
        boolean jwt = false;
        for (String line : Files.readAllLines(SHIPPED)) {
            jwt = line.equals("      callers:") || (jwt && line.startsWith("        "));
            if (!jwt) {
                lines.add(line.matches(" {6}# ( *[a-z-]+:.*)") ? line.replaceFirst("# ", "") : line);
            }
        }
        return String.join("\n", lines);
    }

    private static String personal(String claims) {
        return part("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}") + "." + part(claims) + "."
                + part("a signature that only they can check");
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void presentPersonalTokensAreTakenByThePlatformsWord() throws IOException {
        String token = personal(
                "{\"group_uuid\":\"g1\",\"org_id\":26543,\"jti\":\"j1\",\"scopes\":{\"scopes\":[\"read\",\"db:mint-token\"]}}");
        try (Served served = served(forPersonalTokens(), Map.of("TURSO_ORG", "acme"))) {
            assertThat(served.tools(token))
                    .containsKeys("list_databases", "get_database", "read_database", "evolve_schema")
                    .doesNotContainKeys("create_database", "delete_database");
            assertThat(platform.seen()).containsExactly("GET /v1/auth/validate");
            assertThat(served.call(token, "list_databases", "{}").text()).contains("orders");
            assertThat(served.call(token, "read_database", SQL).text()).contains("pen");
            assertThat(platform.seen())
                    .contains("GET /v1/organizations/acme/databases")
                    .allMatch(seen -> seen.contains("/acme/") || seen.endsWith("/validate"));
        }
    }

    @Test
    void aTokenThatTellsItsOrganizationStaysThere() throws IOException {
        String token = personal("{\"org\":\"other\",\"jti\":\"j2\",\"scopes\":{\"scopes\":[\"read\"]}}");
        try (Served served = served(forPersonalTokens(), Map.of("TURSO_ORG", "acme"))) {
            assertThat(served.call(token, "list_databases", "{}").text()).contains("not your organization");
            assertThat(platform.seen().getLast()).isEqualTo("GET /v1/organizations/other/databases");
        }
    }

    @Test
    void unscopedAndUnknownTokensAreRefused() throws IOException {
        String unscoped = personal("{\"jti\":\"j3\",\"scopes\":{\"scopes\":[\"read\"]}}");
        String unknown = personal("{\"org_id\":1,\"jti\":\"j4\",\"scopes\":{\"scopes\":[\"read\"]}}");
        try (Served served = served(forPersonalTokens(), Map.of("TURSO_ORG", "acme"))) {
            assertThat(served.post(unscoped, "tools/list", Served.JSON.createObjectNode())
                            .statusCode())
                    .isEqualTo(401);
            assertThat(platform.seen()).isEmpty();
            platform.on("GET", "/v1/auth/validate", asked -> StatefulPlatform.Answer.of(401, "{\"error\":\"no\"}"));
            assertThat(served.post(unknown, "tools/list", Served.JSON.createObjectNode())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void withoutAnOrganizationNothingThatNeedsOneIsOffered() throws IOException {
        String token = personal("{\"org_id\":26543,\"jti\":\"j5\",\"scopes\":{\"scopes\":[\"read\"]}}");
        try (Served served = served(forPersonalTokens(), Map.of())) {
            assertThat(served.tools(token)).isEmpty();
        }
    }

    @Test
    void theVendorsOwnDocumentServesTheSame() throws IOException {
        Path vendor = Path.of("..", "shared", "platforms", "turso-vendor.openapi.json");
        Assumptions.assumeTrue(Files.exists(vendor), "the vendor's document is not there");
        String changed = Files.readString(SHIPPED).replace("openapi/turso/openapi.yaml", vendor.toString());
        try (Served served = served(changed, Map.of())) {
            String token = served.token(
                    "",
                    claims -> claims.claim("org", "acme")
                            .claim("scopes", Map.of("scopes", List.of("read", "db:create", "db:mint-token"))));
            assertThat(served.tools(token)).hasSize(10);
            assertThat(served.call(token, "read_database", SQL).text()).contains("pen");
            Served.Result made = served.call(
                    token, "create_branch", "{\"name\":\"try\",\"from_database\":\"orders\",\"group\":\"default\"}");
            assertThat(made.failed()).as(made.text()).isFalse();
            JsonNode branches = served.call(token, "list_branches", "{\"database\":\"orders\"}")
                    .structured()
                    .path("result");
            assertThat(branches.at("/0/Name").asText()).isEqualTo("try");
            assertThat(served.call(token, "get_database", "{\"database\":\"orders\"}")
                            .text())
                    .contains("10.0.0.0/8", "Hostname");
        }
    }
}
