package dev.wayleave.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bkend's configuration serves beside the tools of its API: the context, the documentation's search, and resources. */
class BkendResourcesTest {
    private static FakeBkend platform;
    private static StatefulPlatform docs;
    private static Served served;

    @BeforeAll
    static void start() {
        platform = new FakeBkend();
        docs = new StatefulPlatform();
        docs.on(
                "GET",
                "/search",
                asked -> StatefulPlatform.Answer.of(
                        200,
                        "{\"pages\":[{\"title\":\"About " + asked.query().get("q") + "\"}]}",
                        "Set-Cookie: who=you"));
        served = Served.platform(
                "bkend", platform.url(), Map.of("DOCS_URL", docs.url().toString()));
    }

    @AfterAll
    static void stop() {
        served.close();
        docs.close();
        platform.close();
    }

    private static String token(String scope) {
        return served.token(scope, claims -> claims.claim("organization", "org1"));
    }

    @Test
    void theContextTellsTheCallersOrganizationAndAsksNobody() {
        int before = platform.seen().size();
        Served.Result context = served.call(token(""), "get_context", "{}");
        assertThat(context.failed()).isFalse();
        assertThat(context.text())
                .startsWith("# Context")
                .contains("Organization ID: org1", "https://api-client.bkend.ai", "backend_project_list", "search_docs")
                .doesNotContain("{{");
        String other = served.token("", claims -> claims.claim("organization", "org-2"));
        assertThat(served.call(other, "get_context", "{}").text())
                .contains("Organization ID: org-2")
                .doesNotContain("org1");
        assertThat(platform.seen()).hasSize(before);
        assertThat(docs.seen().stream().filter(asked -> !asked.startsWith("GET /search")))
                .isEmpty();
    }

    @Test
    void theDocumentationIsSearchedWithoutAnythingOfTheCallers() {
        int before = platform.seen().size();
        for (int i = 0; i < 2; i++) {
            Served.Result found = served.call(token(""), "search_docs", "{\"query\":\"sign in & out\"}");
            assertThat(found.failed()).as(found.text()).isFalse();
            assertThat(found.text()).contains("About sign in & out");
            assertThat(docs.seen().getLast()).isEqualTo("GET /search?q=sign%20in%20%26%20out");
            assertThat(docs.last().header("Authorization")).isEmpty();
            assertThat(docs.last().header("Cookie")).isEmpty();
            assertThat(docs.last().header("X-API-Key")).isEmpty();
        }
        for (String unfit : List.of("{}", "{\"query\":\"\"}", "{\"q\":\"a\"}", "{\"query\":[\"a\"]}")) {
            assertThat(served.call(token(""), "search_docs", unfit).text()).contains("nothing was sent");
        }
        assertThat(docs.seen()).hasSize(2);
        assertThat(platform.seen()).hasSize(before);
    }

    private static Set<String> listed(String token) {
        JsonNode fixed = served.ask(token, "resources/list", "{}").at("/result/resources");
        JsonNode templates = served.ask(token, "resources/templates/list", "{}").at("/result/resourceTemplates");
        Set<String> all =
                fixed.valueStream().map(one -> one.path("uri").asText()).collect(Collectors.toSet());
        templates.forEach(one -> all.add(one.path("uriTemplate").asText()));
        return all;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "table:data:read project:create | ''",
                "organization:read | organizations organizations/{organizationId}",
                "project:* | projects projects/{projectId}",
                "environment:read | environments environments/{environmentId}",
                "access-token:read | access-tokens access-tokens/{accessTokenId}",
                "table:read | tables tables/{tableId} tables/{tableId}/schema/versions tables/{tableId}/indexes/versions",
                "*:read | organizations organizations/{organizationId} projects projects/{projectId} environments environments/{environmentId} access-tokens access-tokens/{accessTokenId} tables tables/{tableId} tables/{tableId}/schema/versions tables/{tableId}/indexes/versions",
            })
    void resourcesAreListedByScope(String scope, String uris) {
        Set<String> expected = uris.isEmpty()
                ? Set.of()
                : Set.of(uris.split(" ", -1)).stream()
                        .map(uri -> "bkend://" + uri)
                        .collect(Collectors.toSet());
        assertThat(listed(token(scope))).isEqualTo(expected);
    }

    private static JsonNode read(String scope, String uri) {
        return served.ask(token(scope), "resources/read", "{\"uri\":\"" + uri + "\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "organizations,organization:read,Acme",
        "organizations/org1,organization:read,Acme",
        "projects,project:read,Shop",
        "projects/p1,project:read,Shop",
        "environments,environment:read,dev",
        "environments/e1,environment:read,dev",
        "tables,table:read,orders",
        "tables/t1,table:read,orders",
        "tables/t1/schema/versions,table:read,orders",
        "tables/t1/indexes/versions,table:read,orders",
        "access-tokens,access-token:read,CI",
        "access-tokens/a1,access-token:read,CI",
    })
    void aResourceIsReadWithItsScopeAndDoesNotExistWithoutIt(String path, String scope, String expected) {
        String uri = "bkend://" + path;
        JsonNode content = read(scope, uri).at("/result/contents/0");
        assertThat(content.path("uri").asText()).isEqualTo(uri);
        assertThat(content.path("mimeType").asText()).isEqualTo("application/json");
        assertThat(content.path("text").asText()).contains(expected).doesNotContain("bk_live");
        assertThat(platform.seen().getLast()).isEqualTo("GET /v1/" + path);

        int before = platform.seen().size();
        String others =
                "organization:read project:read environment:read table:read access-token:read".replace(scope, "");
        JsonNode error = read(others, uri).path("error");
        JsonNode none = read(others, "bkend://nothing/here").path("error");
        assertThat(error.path("code")).isEqualTo(none.path("code"));
        assertThat(error.path("message")).isEqualTo(none.path("message"));
        assertThat(platform.seen()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bkend://organizations/org2", "bkend://tables/..", "bkend://tables/t0", "bkend://tables/a/b"})
    void whatIsAnothersOrNotThereDoesNotExist(String uri) {
        assertThat(read("*:*", uri).at("/error/message").asText()).isEqualTo("There is no such resource");
        assertThat(platform.seen()).noneMatch(asked -> asked.contains("org2") || asked.contains(".."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "409 | {\"error\":{\"code\":\"CONFLICT\",\"message\":\"Being rebuilt\"}} | 409 CONFLICT: Being rebuilt.",
                "400 | {\"success\":false,\"error\":{\"code\":\"table/invalid\",\"message\":\"Bad\"}} | 400 table/invalid: Bad.",
                "429 | {\"statusCode\":429,\"error\":\"Too Many Requests\",\"message\":\"Slow\"} | 429: Slow. Try again in 42 seconds.",
                "500 | {\"error\":{\"code\":\"INTERNAL\",\"message\":\"at db.js:12\"}} | 500 INTERNAL. The fault is the platform's",
            })
    void whatThePlatformSaysOfAFailedReadIsTold(int status, String body, String told) {
        platform.on(
                "GET",
                "/v1/tables/broken",
                asked -> StatefulPlatform.Answer.of(
                        status, body, status == 429 ? new String[] {"Retry-After: 42"} : new String[0]));
        JsonNode error = read("table:read", "bkend://tables/broken").path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32603);
        assertThat(error.path("message").asText()).contains("The platform answered " + told);
    }
}
