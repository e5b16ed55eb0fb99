package dev.wayleave.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools of bkend, as its configuration makes them, on a platform with a memory. */
class BkendTest {
    private static final String EVERYTHING = "organization:read project:read project:create project:update"
            + " environment:read environment:create table:read table:create table:update access-token:read";
    private static FakeBkend platform;
    private static Served served;

    @BeforeAll
    static void start() {
        platform = new FakeBkend();
        served = Served.platform(
                "bkend", platform.url(), Map.of("DOCS_URL", platform.url().toString()));
    }

    @AfterAll
    static void stop() {
        served.close();
        platform.close();
    }

    private static String token(String scope) {
        return served.token(scope, claims -> claims.claim("organization", "org1"));
    }

    private static Served.Result call(String tool, String arguments) {
        return served.call(token(EVERYTHING), tool, "{" + arguments + "}");
    }

    @Test
    void theToolsAreThoseOfTheSeedByScope() {
        Map<String, Map<String, JsonNode>> byCaller = new LinkedHashMap<>();
        for (String scope : List.of(
                "none",
                "organization:read",
                "project:*",
                "table:*",
                "*:read",
                "*:create",
                "access-token:read",
                "table:data:read table:data:*",
                "*",
                "*:*",
                EVERYTHING)) {
            byCaller.put(scope, served.tools(token(scope)));
        }

        ReviewedTools.assertReviewed("bkend", byCaller);
        ReviewedTools.assertExpected("bkend", served.tools(token(EVERYTHING)), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "project:read,backend_project_create,project:create",
        "table:read,backend_field_manage,table:update",
        "project:*,backend_table_list,table:read",
        "table:data:read,backend_table_get,table:read",
        "*:read,backend_env_create,environment:create",
    })
    void aMissingScopeIs403(String held, String tool, String needed) {
        int before = platform.seen().size();
        Served.Result refused = served.call(token(held), tool, "{}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.response().headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).contains("insufficient_scope", needed));
        assertThat(platform.seen()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({
        "backend_org_list,'',/v1/organizations",
        "backend_org_get,'\"organizationId\":\"org1\"',/v1/organizations/org1",
        "backend_project_list,'',/v1/projects",
        "backend_project_get,'\"projectId\":\"p1\"',/v1/projects/p1",
        "backend_env_list,'',/v1/environments",
        "backend_env_get,'\"environmentId\":\"e1\"',/v1/environments/e1",
        "backend_access_token_list,'',/v1/access-tokens",
        "backend_access_token_get,'\"accessTokenId\":\"a1\"',/v1/access-tokens/a1",
        "backend_table_list,'',/v1/tables",
        "backend_table_get,'\"tableId\":\"t1\"',/v1/tables/t1",
        "backend_schema_version_list,'\"tableId\":\"t1\",\"page\":2,\"limit\":5',/v1/tables/t1/schema/versions?page=2&limit=5",
        "backend_index_version_list,'\"tableId\":\"t1\"',/v1/tables/t1/indexes/versions",
    })
    void readsAskTheirPath(String tool, String arguments, String target) {
        Served.Result read = call(tool, arguments);
        assertThat(read.failed()).as(read.text()).isFalse();
        assertThat(platform.seen().getLast()).isEqualTo("GET " + target);
    }

    @Test
    void theValueOfAnAccessTokenIsNeverShown() {
        assertThat(call("backend_access_token_list", "").text()).contains("CI").doesNotContain("bk_live");
        Served.Result one = call("backend_access_token_get", "\"accessTokenId\":\"a1\"");
        assertThat(one.text()).contains("CI").doesNotContain("bk_live");
        assertThat(one.structured().toString()).doesNotContain("bk_live");
        for (String envelope : List.of(
                "%s", "[%s]", "{\"items\":[%s]}", "{\"data\":%s}", "{\"data\":[%s]}", "{\"data\":{\"items\":[%s]}}")) {
            platform.on(
                    "GET",
                    "/v1/access-tokens/other",
                    asked -> StatefulPlatform.Answer.of(200, envelope.formatted(FakeBkend.TOKEN)));
            Served.Result other = call("backend_access_token_get", "\"accessTokenId\":\"other\"");
            assertThat(other.response().body()).as(envelope).contains("CI").doesNotContain("bk_live");
        }
    }

    @Test
    void projectsEnvironmentsAndTablesAreMadeAndChanged() {
        String project = id(
                call(
                        "backend_project_create",
                        "\"body\":{\"organizationId\":\"org1\",\"slug\":\"s\",\"name\":\"New\",\"primaryCloud\":\"aws\",\"primaryRegion\":\"eu\"}"));
        call("backend_project_update", "\"projectId\":\"" + project + "\",\"body\":{\"name\":\"Newer\"}");
        assertThat(platform.things.get("projects").get(project).path("name").asText())
                .isEqualTo("Newer");
        assertThat(call("backend_project_update", "\"projectId\":\"" + project + "\"")
                        .failed())
                .isFalse();

        String environment = id(call(
                "backend_env_create",
                "\"body\":{\"projectId\":\"" + project + "\",\"environment\":\"dev\",\"environmentType\":\"dev\"}"));
        assertThat(platform.things.get("environments")).containsKey(environment);

        String table = id(
                call(
                        "backend_table_create",
                        "\"body\":{\"projectId\":\"" + project
                                + "\",\"environment\":\"dev\",\"tableName\":\"a_b\",\"schema\":{\"x\":{\"bsonType\":\"int\"}}}"));
        call("backend_table_update", "\"tableId\":\"" + table + "\",\"body\":{\"displayName\":\"AB\"}");
        call(
                "backend_field_manage",
                "\"tableId\":\"" + table
                        + "\",\"body\":{\"fieldsToAddOrUpdate\":{\"y\":{\"bsonType\":\"string\"}},\"fieldsToRemove\":[\"x\"]}");
        call(
                "backend_index_manage",
                "\"tableId\":\"" + table
                        + "\",\"body\":{\"indexesToAddOrUpdate\":[{\"name\":\"i\",\"fields\":{\"y\":-1}}]}");
        String stored = platform.things.get("tables").get(table).toString();
        assertThat(stored).contains("\"AB\"", "\"y\"", "\"name\":\"i\"").doesNotContain("\"x\"");
    }

    private static String id(Served.Result made) {
        assertThat(made.failed()).as(made.text()).isFalse();
        return made.structured().path("id").asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"organizationId\":\"org1\",\"slug\":\"s\",\"name\":\"n\",\"primaryCloud\":\"ibm\",\"primaryRegion\":\"eu\"}",
                "{\"organizationId\":\"org2\",\"slug\":\"s\",\"name\":\"n\",\"primaryCloud\":\"aws\",\"primaryRegion\":\"eu\"}",
                "{\"slug\":\"s\"}",
                "[]",
            })
    void aBodyThatDoesNotFitIsNotSent(String body) {
        int before = platform.seen().size();
        Served.Result refused = call("backend_project_create", "\"body\":" + body);
        assertThat(refused.failed()).isTrue();
        assertThat(refused.text()).containsIgnoringCase("nothing was sent");
        assertThat(platform.seen()).hasSize(before);
    }

    @Test
    void thePlatformGetsTheCallersOwnToken() {
        String token = token("project:read");
        served.call(token, "backend_project_list", "{}");
        assertThat(platform.last().header("Authorization")).containsExactly("Bearer " + token);
    }

    @Test
    void anotherOrganizationIsRefused() {
        int before = platform.seen().size();
        assertThat(call("backend_org_get", "\"organizationId\":\"org2\"").failed())
                .isTrue();
        assertThat(platform.seen()).hasSize(before);
        String none = served.token(EVERYTHING, claims -> claims);
        assertThat(served.post(none, "tools/list", Served.JSON.createObjectNode())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aFieldOfATableMayHaveTheNameOfTheOrganizationsId() {
        Served.Result made = call(
                "backend_table_create",
                "\"body\":{\"projectId\":\"p1\",\"environment\":\"dev\",\"tableName\":\"members\","
                        + "\"schema\":{\"organizationId\":{\"bsonType\":\"string\"}}}");
        String index = "\"tableId\":\"" + id(made)
                + "\",\"body\":{\"indexesToAddOrUpdate\":[{\"name\":\"i\",\"fields\":{\"organizationId\":1}}]}";
        Served.Result indexed = call("backend_index_manage", index);
        assertThat(indexed.failed()).as(indexed.text()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void aFailureInsideOfASuccessIsAnError(int status) {
        platform.on(
                "GET",
                "/v1/tables/odd",
                asked -> StatefulPlatform.Answer.of(
                        status,
                        "{\"success\":false,\"error\":{\"code\":\"data/not-found\",\"message\":\"No such table\"}}"));
        for (int i = 0; i < 2; i++) {
            Served.Result result = call("backend_table_get", "\"tableId\":\"odd\"");
            assertThat(result.failed()).as(result.text()).isTrue();
            assertThat(result.text()).contains(status + " data/not-found: No such table.");
        }
        platform.on(
                "GET",
                "/v1/tables/even",
                asked -> StatefulPlatform.Answer.of(200, "{\"success\":true,\"data\":{\"id\":\"even\"}}"));
        assertThat(call("backend_table_get", "\"tableId\":\"even\"").failed()).isFalse();
        platform.restore();
        platform.on(
                "GET",
                "/v1/tables/odd",
                asked -> StatefulPlatform.Answer.of(200, "{\"success\":true,\"data\":{\"id\":\"odd\"}}"));
        Served.Result later = call("backend_table_get", "\"tableId\":\"odd\"");
        assertThat(later.failed()).as("a failure is not remembered").isFalse();
        platform.restore();
        platform.restore();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"error\":{\"code\":\"NOT_FOUND\",\"message\":\"No such table\"}} | 404 NOT_FOUND: No such table.",
                "404 | {\"success\":false,\"error\":{\"code\":\"data/not-found\",\"message\":\"No such table\"}} | 404 data/not-found: No such table.",
                "404 | {\"statusCode\":404,\"error\":\"Not Found\",\"message\":\"No such table\"} | 404: No such table.",
                "409 | {\"error\":{\"code\":\"CONFLICT\",\"message\":\"There\"}} | 409 CONFLICT: There.",
                "400 | {\"success\":false,\"error\":{\"code\":\"table/invalid\",\"message\":\"Bad\"}} | 400 table/invalid: Bad.",
                "429 | {\"statusCode\":429,\"error\":\"Too Many Requests\",\"message\":\"Slow\"} | 429: Slow. Try again in",
            })
    void allThreeEnvelopesOfErrorsAreUnderstood(int status, String body, String told) {
        platform.on("PATCH", "/v1/tables/broken", asked -> StatefulPlatform.Answer.of(status, body));
        Served.Result result = call("backend_table_update", "\"tableId\":\"broken\",\"body\":{}");
        assertThat(result.failed()).isTrue();
        assertThat(result.text()).contains(told);
    }

    @Test
    void thePlatformsOwnTimeToWaitComesFirst() {
        platform.on(
                "PATCH",
                "/v1/tables/busy",
                asked -> StatefulPlatform.Answer.of(
                        429, "{\"error\":{\"code\":\"RATE\",\"message\":\"Slow\"}}", "Retry-After: 42"));
        assertThat(call("backend_table_update", "\"tableId\":\"busy\",\"body\":{}")
                        .text())
                .contains("Try again in 42 seconds.");
    }

    @Test
    void whatIsAskedUntilItIsReadyIsAskedEachTime() {
        for (String tool : List.of("backend_env_list", "backend_org_list")) {
            int before = platform.seen().size();
            String token = token(EVERYTHING);
            served.call(token, tool, "{}");
            served.call(token, tool, "{}");
            assertThat(platform.seen().size() - before).as(tool).isEqualTo(tool.equals("backend_env_list") ? 2 : 1);
        }
    }
}
