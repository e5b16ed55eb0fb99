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
import org.junit.jupiter.params.provider.ValueSource;

/** The six tools of smallstack, as its configuration makes them, on a platform with a memory. */
class SmallstackTest {
    private static final String CONTACTS = "\"projectId\":\"crm\",\"collectionName\":\"contacts\"";
    private static FakeSmallstack platform;
    private static Served served;

    @BeforeAll
    static void start() {
        platform = new FakeSmallstack();
        served = Served.platform("smallstack", platform.url());
    }

    @AfterAll
    static void stop() {
        served.close();
        platform.close();
    }

    private static String token() {
        return served.token("openid", claims -> claims.claim("features", List.of("mcp", "other")));
    }

    private static Served.Result call(String tool, String arguments) {
        return served.call(token(), tool, "{" + arguments + "}");
    }

    @Test
    void theToolsAreThoseOfTheSeed() {
        Map<String, Map<String, JsonNode>> byCaller = new LinkedHashMap<>();
        byCaller.put(
                "without any scope",
                served.tools(served.token("", claims -> claims.claim("features", List.of("mcp")))));
        byCaller.put("openid profile email", served.tools(token()));

        ReviewedTools.assertReviewed("smallstack", byCaller);
        ReviewedTools.assertExpected("smallstack", served.tools(token()), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[\"MCP\"]", "\"no\"", "null", "[[\"mcp\"]]", "{\"mcp\":true}"})
    void withoutTheFeatureTheDoorIsClosed(String features) throws Exception {
        Object value = Served.JSON.readValue(features, Object.class);
        String token = served.token("openid", claims -> claims.claim("features", value));
        int before = platform.seen().size();

        for (String method : List.of("initialize", "tools/list", "tools/call")) {
            var response =
                    served.post(token, method, Served.JSON.createObjectNode().put("name", "list_projects"));
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("MCP Server feature is not enabled");
        }
        assertThat(platform.seen()).hasSize(before);
    }

    @Test
    void projectsAndTypesAreListed() {
        assertThat(call("list_projects", "").text()).contains("\"crm\"");
        assertThat(call("list_types", "\"projectId\":\"crm\"").text()).contains("contacts");
        assertThat(platform.seen()).endsWith("GET /api/projects", "GET /api/projects/crm/types");
    }

    @Test
    void fiftyEntriesAreReturnedAndAHundredAtMost() {
        assertThat(call("query_data", CONTACTS).structured().path("result")).hasSize(50);
        assertThat(platform.seen().getLast()).endsWith("?limit=50");
        assertThat(call("query_data", CONTACTS + ",\"limit\":7").structured().path("result"))
                .hasSize(7);
        Served.Result most = call("query_data", CONTACTS + ",\"limit\":5000");
        assertThat(most.structured().path("result")).hasSize(100);
        assertThat(most.text()).contains("5000 was taken as 100");
        assertThat(platform.seen().getLast()).endsWith("?limit=100");
    }

    @Test
    void anEntryIsMadeChangedAndSoftlyDeleted() {
        Served.Result made = call("create_data", CONTACTS + ",\"data\":{\"name\":\"Jane\",\"tags\":[],\"visits\":1}");
        String id = made.structured().path("id").asText();
        assertThat(platform.contacts.get(id).path("name").asText()).isEqualTo("Jane");

        Served.Result changed = call(
                "update_data",
                CONTACTS + ",\"id\":\"" + id
                        + "\",\"modifier\":{\"$set\":{\"name\":\"Jo\"},\"$inc\":{\"visits\":2},\"$push\":{\"tags\":\"x\"},\"$unset\":{\"none\":1}}");
        assertThat(changed.failed()).as(changed.text()).isFalse();
        assertThat(platform.contacts.get(id).toString()).contains("\"Jo\"", "\"visits\":3", "[\"x\"]");

        assertThat(call("delete_data", CONTACTS + ",\"id\":\"" + id + "\"").failed())
                .isFalse();
        assertThat(platform.contacts.get(id).path("deletedAt").isNull()).isFalse();
        Served.Result gone =
                call("update_data", CONTACTS + ",\"id\":\"" + id + "\",\"modifier\":{\"$set\":{\"name\":\"Jo\"}}");
        assertThat(gone.failed()).isTrue();
        assertThat(gone.text()).contains("404", "No such entry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$set\":{\"id\":\"x\"}}",
                "{\"$set\":{\"tenantId\":\"x\"}}",
                "{\"$set\":{\"createdAt\":\"x\"}}",
                "{\"$unset\":{\"updatedAt\":1}}",
                "{\"$unset\":{\"deletedAt\":1}}",
                "{\"$inc\":{\"revision\":1}}",
                "{\"$set\":{\"access\":{}}}",
                "{\"$set\":{\"access.x\":1}}",
                "{\"$push\":{\"access.readers\":1}}",
                "{\"$pull\":{\"access[0].x\":1}}",
                "{\"$addToSet\":{\"Access.readers\":1}}",
                "{\"$set\":{\"name\":\"ok\",\"tenantId.nested\":1}}",
                "{\"$set\":{\"ｉｄ\":1}}",
                "\"{\\\"$set\\\":{\\\"access.x\\\":2}}\"",
                "{\"$set\":[{\"id\":1}]}",
                "{\"$set\":\"{\\\"id\\\":1}\"}",
                "{\"$rename\":{\"a\":\"b\"}}",
                "{\"$where\":\"1\"}",
                "{\"name\":\"x\"}",
                "{}",
                "[]",
                "\"{\\\"$set\\\":{\\\"revision\\\":2}}\"",
            })
    void systemFieldsAndOtherOperatorsAreRefused(String modifier) {
        int before = platform.seen().size();
        Served.Result refused = call("update_data", CONTACTS + ",\"id\":\"c1\",\"modifier\":" + modifier);

        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.failed()).as(refused.text()).isTrue();
        assertThat(refused.text()).contains("nothing was sent", "modifier");
        assertThat(platform.seen()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$set\":{\"address.city\":\"x\"}}",
                "{\"$set\":{\"identity\":1,\"accessories\":[],\"revisionNote\":\"x\",\"the id\":2}}",
                "{\"$set\":{\"name\":\"access\",\"note\":\"id: 1, $rename\"}}",
                "{\"$addToSet\":{\"labels\":\"id\"},\"$pull\":{\"labels\":\"access\"}}",
                "{\"$push\":{\"contacts\":{\"id\":\"7\"}},\"$pull\":{\"contacts\":{\"id\":\"8\"}}}",
                "{\"$set\":{\"customer\":{\"id\":\"7\",\"access\":{}},\"customer.id\":1}}",
                "{\"$set\":{\"note\":\"[see] id: 5\",\"other\":\"{\\\"id\\\":1}\"}}",
                "\"{\\\"$set\\\":{\\\"customer\\\":{\\\"id\\\":2}}}\"",
            })
    void whatOnlyLooksLikeASystemFieldIsSent(String modifier) {
        Served.Result sent = call("update_data", CONTACTS + ",\"id\":\"c2\",\"modifier\":" + modifier);
        assertThat(sent.failed()).as(sent.text()).isFalse();
        assertThat(platform.seen().getLast()).isEqualTo("PATCH /api/projects/crm/data/contacts/c2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id", "tenantId", "createdAt", "updatedAt", "deletedAt", "revision", "access", "access.x", "ID"})
    void aNewEntryBringsNoSystemField(String field) {
        int before = platform.seen().size();
        Served.Result refused = call("create_data", CONTACTS + ",\"data\":{\"name\":\"x\",\"" + field + "\":1}");

        assertThat(refused.text()).contains("nothing was sent", "must not contain");
        assertThat(platform.seen()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"{\\\"id\\\":1}\"", "\"{\\\"access.x\\\":1}\"", "\"[id: 1\"", "[{\"id\":1}]"})
    void dataInATextBringsNoneEither(String data) {
        int before = platform.seen().size();
        Served.Result refused = call("create_data", CONTACTS + ",\"data\":" + data);

        assertThat(refused.text()).contains("nothing was sent", "data");
        assertThat(platform.seen()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"customer\":{\"id\":\"7\"}}",
                "{\"lines\":[{\"id\":1,\"revision\":2}]}",
                "{\"note\":\"[see] id: 5\"}",
                "{\"note\":\"{\\\"id\\\":1}\"}",
                "{\"customer.id\":7,\"identity\":1}",
                "\"{\\\"customer\\\":{\\\"id\\\":2}}\"",
            })
    void whatIsInsideOfFieldsIsTheCallersOwn(String data) {
        Served.Result made = call("create_data", CONTACTS + ",\"data\":" + data);
        assertThat(made.failed()).as(made.text()).isFalse();
    }

    @Test
    void aFeatureThatIsATextOpensTheDoorToo() {
        String one = served.token("openid", claims -> claims.claim("features", "mcp"));
        assertThat(served.tools(one)).hasSize(6);
    }

    @Test
    void rowLevelSecurityAnswersAsAToolError() {
        for (String tool : List.of("list_types", "query_data")) {
            Served.Result denied = call(
                    tool,
                    tool.equals("list_types")
                            ? "\"projectId\":\"secret\""
                            : "\"projectId\":\"secret\",\"collectionName\":\"contacts\"");
            assertThat(denied.status()).isEqualTo(200);
            assertThat(denied.failed()).isTrue();
            assertThat(denied.text()).contains("403", "Permission denied", "will fail again");
        }
        Served.Result write = call(
                "create_data", "\"projectId\":\"archive\",\"collectionName\":\"contacts\",\"data\":{\"name\":\"x\"}");
        assertThat(write.failed()).isTrue();
        assertThat(write.text()).contains("Permission denied");
    }

    @Test
    void thePlatformGetsTheCallersOwnToken() {
        String token = token();
        served.call(token, "list_projects", "{}");
        assertThat(platform.last().header("Authorization")).containsExactly("Bearer " + token);
    }
}
