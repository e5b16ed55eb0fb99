package dev.wayleave.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools of Softr, as its configuration makes them, on a platform with a memory. */
class SoftrTest {
    private static final String READ = "databases.records:read";
    private static final String WRITE = "databases.records:write";
    private static final String SCHEMA = "databases.schema:write";
    private static final String TABLE = "\"databaseId\":\"db1\",\"tableId\":\"t1\"";
    private static FakeSoftr platform;
    private static Served served;

    @BeforeAll
    static void start() {
        platform = new FakeSoftr();
        served = Served.platform("softr", platform.url().resolve("/api/v1"));
    }

    @AfterAll
    static void stop() {
        served.close();
        platform.close();
    }

    private static String token(String... scopes) {
        return served.token(String.join(" ", scopes), claims -> claims);
    }

    private static Served.Result call(String tool, String arguments) {
        return served.call(token(READ, WRITE, SCHEMA), tool, "{" + arguments + "}");
    }

    @Test
    void theToolsAreThoseOfTheSeedByPermission() {
        Map<String, Map<String, JsonNode>> byCaller = new LinkedHashMap<>();
        byCaller.put("no scope", served.tools(token("")));
        for (String scope : List.of(READ, WRITE, SCHEMA, "databases.*:read", "*:*")) {
            byCaller.put(scope, served.tools(token(scope)));
        }
        byCaller.put("all three", served.tools(token(READ, WRITE, SCHEMA)));

        ReviewedTools.assertReviewed("softr", byCaller);
        ReviewedTools.assertExpected("softr", served.tools(token(READ, WRITE, SCHEMA)), List.of());
    }

    @Test
    void nothingCanBeDeleted() {
        assertThat(served.tools(token(READ, WRITE, SCHEMA)).keySet()).noneMatch(name -> name.contains("delete"));
        for (String tool : List.of("delete_database", "delete_table", "delete_field", "delete_record")) {
            assertThat(call(tool, TABLE + ",\"recordId\":\"r1\"").response().body())
                    .contains("Unknown tool");
        }
        assertThat(platform.seen()).noneMatch(request -> request.startsWith("DELETE"));
    }

    @Test
    void whatAPermissionDoesNotHoldIs403() {
        int before = platform.seen().size();
        Map<String, Set<String>> needed = Map.of(
                READ, Set.of("list_databases", "search_records", "get_table", "list_fields"),
                WRITE, Set.of("create_record", "create_records", "update_record"),
                SCHEMA, Set.of("create_database", "update_field", "create_table"));
        needed.forEach((scope, tools) -> {
            String others = token(Set.of(READ, WRITE, SCHEMA).stream()
                    .filter(other -> !other.equals(scope))
                    .toArray(String[]::new));
            for (String tool : tools) {
                Served.Result refused = served.call(others, tool, "{}");
                assertThat(refused.status()).as(tool).isEqualTo(403);
                assertThat(refused.response().headers().firstValue("WWW-Authenticate"))
                        .hasValueSatisfying(value -> assertThat(value).contains("insufficient_scope", scope));
            }
        });
        assertThat(platform.seen()).hasSize(before);
    }

    @Test
    void theTokenMovesToItsOwnHeader() {
        String token = token(READ);
        assertThat(served.call(token, "list_databases", "{}").failed()).isFalse();
        assertThat(platform.last().header("Softr-Api-Key")).containsExactly(token);
        assertThat(platform.last().header("Authorization")).isEmpty();
    }

    @Test
    void databasesTablesAndFieldsAreMadeAndChanged() {
        String database = call("create_database", "\"name\":\"Shop\",\"workspaceId\":\"w1\"")
                .structured()
                .at("/data/id")
                .asText();
        call("update_database", "\"databaseId\":\"" + database + "\",\"description\":\"Orders\"");
        assertThat(platform.databases.get(database).path("description").asText())
                .isEqualTo("Orders");
        assertThat(call("get_database", "\"databaseId\":\"" + database + "\"").text())
                .contains("Shop");

        String table = call(
                        "create_table",
                        "\"databaseId\":\"" + database
                                + "\",\"name\":\"Orders\",\"fields\":[{\"name\":\"No\",\"type\":\"NUMBER\"}]")
                .structured()
                .at("/data/id")
                .asText();
        String ids = "\"databaseId\":\"" + database + "\",\"tableId\":\"" + table + "\"";
        call("update_table", ids + ",\"name\":\"All orders\"");
        String field = call(
                        "create_field",
                        ids + ",\"name\":\"State\",\"type\":\"SELECT\",\"options\":{\"choices\":[\"a\"]}")
                .structured()
                .at("/data/id")
                .asText();
        call("update_field", ids + ",\"fieldId\":\"" + field + "\",\"name\":\"Status\"");
        assertThat(call("get_table", ids).text()).contains("All orders", "Status", "SELECT");
        assertThat(call("list_views", ids).text()).contains("Mine");
        assertThat(call("list_tables", "\"databaseId\":\"db1\"").text()).contains("Contacts");
    }

    @Test
    void aFieldsTypeCannotBeChanged() {
        int before = platform.seen().size();
        Served.Result refused = call("update_field", TABLE + ",\"fieldId\":\"f1\",\"name\":\"x\",\"type\":\"EMAIL\"");
        assertThat(refused.failed()).isTrue();
        assertThat(refused.text()).contains("nothing was sent", "type");
        assertThat(platform.seen()).hasSize(before);
    }

    @Test
    void recordsAreReadMadeAndChanged() {
        assertThat(call("list_records", TABLE + ",\"limit\":5,\"offset\":2,\"viewId\":\"v1\",\"fieldNames\":true")
                        .structured()
                        .path("data"))
                .hasSize(5);
        assertThat(platform.seen().getLast()).contains("viewId=v1", "fieldNames=true", "offset=2");
        Served.Result most = call("list_records", TABLE + ",\"limit\":900");
        assertThat(platform.seen().getLast()).endsWith("limit=200");
        assertThat(most.text()).contains("900 was taken as 200");

        Served.Result made = call("create_record", TABLE + ",\"fields\":{\"f1\":\"Jane\"}");
        String id = made.structured().at("/data/id").asText();
        call("update_record", TABLE + ",\"recordId\":\"" + id + "\",\"fields\":{\"f1\":\"Jo\"}");
        assertThat(platform.records.get(id).at("/fields/f1").asText()).isEqualTo("Jo");
        assertThat(call("get_record", TABLE + ",\"recordId\":\"" + id + "\"").text())
                .contains("Jo");
    }

    @Test
    void theFieldsOfATableAreTheTableWithoutTheRest() {
        Served.Result fields = call("list_fields", TABLE);
        assertThat(fields.failed()).as(fields.text()).isFalse();
        assertThat(fields.structured().at("/fields/0/id").asText()).isEqualTo("f1");
        assertThat(fields.text()).contains("SINGLE_LINE_TEXT").doesNotContain("Contacts", "defaultViewId");
        assertThat(platform.seen().getLast()).isEqualTo("GET /api/v1/databases/db1/tables/t1");

        Served.Result none = call("list_fields", "\"databaseId\":\"db1\",\"tableId\":\"t0\"");
        assertThat(none.failed()).isTrue();
        assertThat(none.text()).contains("404 RESOURCE_NOT_FOUND: Resource not found");
    }

    private static String records(int count, int... unfit) {
        List<Integer> bad = IntStream.of(unfit).boxed().toList();
        return TABLE + ",\"records\":["
                + IntStream.range(0, count)
                        .mapToObj(i -> "{\"fields\":{\"" + (bad.contains(i) ? "f9" : "f1") + "\":\"Many " + i + "\"}}")
                        .collect(Collectors.joining(","))
                + "]";
    }

    @Test
    void aHundredRecordsAreCreatedEachByItself() {
        String token = token(WRITE);
        int before = platform.seen().size();
        platform.allow(30);
        Served.Result made = served.call(token, "create_records", "{" + records(100) + "}");
        platform.allow(Integer.MAX_VALUE);
        assertThat(made.failed()).as(made.text()).isFalse();
        assertThat(made.structured().path("succeeded").asInt()).isEqualTo(100);
        List<JsonNode> items = made.structured().path("items").valueStream().toList();
        assertThat(items).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(platform.records
                            .get(items.get(i).path("id").asText())
                            .at("/fields/f1")
                            .asText())
                    .isEqualTo("Many " + i);
        }
        assertThat(platform.seen().subList(before, before + 100))
                .containsOnly("POST /api/v1/databases/db1/tables/t1/records");
        assertThat(platform.last().header("Softr-Api-Key")).containsExactly(token);
    }

    @Test
    void ofManyRecordsItIsToldWhichWereRefusedAndWhyAndNoneIsSentTwice() {
        int before = platform.seen().size();
        Served.Result made = call("create_records", records(6, 1, 4));
        assertThat(made.failed()).isFalse();
        assertThat(made.text()).contains("2 of 6 failed", "not tried again");
        JsonNode items = made.structured().path("items");
        assertThat(items.valueStream().map(item -> item.path("ok").asBoolean()))
                .containsExactly(true, false, true, true, false, true);
        assertThat(items.get(4).path("status").asInt()).isEqualTo(400);
        assertThat(items.get(4).path("error").asText()).contains("UNKNOWN_FIELD", "Field f9 is not known", "get_table");
        assertThat(items.get(5).path("id").asText()).isNotEmpty();
        assertThat(made.structured().path("failed").asInt()).isEqualTo(2);
        assertThat(platform.seen()).hasSize(before + 6);

        Served.Result none = call("create_records", records(2, 0, 1));
        assertThat(none.failed()).isTrue();
        assertThat(none.text())
                .contains("None of the 2 succeeded", "Field f9 is not known")
                .doesNotContain("not undone");
        assertThat(none.structured().path("failed").asInt()).isEqualTo(2);
        assertThat(none.structured().path("items").findValuesAsText("status")).containsExactly("400", "400");
        assertThat(platform.seen()).hasSize(before + 8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{}", "[1]", "[{}]", "[{\"fields\":{}},{\"fields\":1}]", "[{\"fields\":{},\"id\":\"r1\"}]"
            })
    void recordsThatDoNotFitAreRefusedTogetherBeforeAnyIsSent(String unfit) {
        int before = platform.seen().size();
        Served.Result refused = call("create_records", TABLE + ",\"records\":" + unfit);
        assertThat(refused.failed()).isTrue();
        assertThat(refused.text()).contains("nothing was sent");
        assertThat(call("create_records", records(101)).text()).contains("nothing was sent", "100");
        assertThat(platform.seen()).hasSize(before);
    }

    @Test
    void aSearchIsSentAgainLikeAnyRead() {
        int[] count = {0};
        platform.on(
                "POST",
                "/api/v1/databases/{d}/tables/busy/records/search",
                asked -> ++count[0] < 2
                        ? StatefulPlatform.Answer.of(
                                503, "{\"message\":\"busy\",\"errorCode\":\"SERVICE_UNAVAILABLE\"}")
                        : StatefulPlatform.Answer.of(200, "{\"data\":[]}"));
        assertThat(call("search_records", "\"databaseId\":\"db1\",\"tableId\":\"busy\"")
                        .failed())
                .isFalse();
        assertThat(count[0]).isEqualTo(2);

        Served.Result found = call(
                "search_records",
                TABLE
                        + ",\"filter\":{\"condition\":{\"operator\":\"AND\",\"rightSide\":\"Person 24\",\"conditions\":[{\"operator\":\"CONTAINS\",\"leftSide\":\"f1\",\"rightSide\":\"24\"}]}},\"sorting\":[{\"sortingField\":\"f1\",\"sortType\":\"ASC\"}],\"paging\":{\"limit\":500}");
        assertThat(found.structured().path("data")).hasSize(11);
        assertThat(platform.last().body()).contains("\"limit\":200", "\"sortingField\":\"f1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | BAD_REQUEST | f9 | ''",
                "400 | VALIDATION_ERROR | f9 | ''",
                "400 | UNKNOWN_FIELD | get_table | will fail again",
                "402 | QUOTA_EXCEEDED | plan | will fail again",
                "403 | FORBIDDEN | may not do this | ''",
                "404 | RESOURCE_NOT_FOUND | Check the names | ''",
                "409 | CONSTRAINT_VIOLATION | conflict | ''",
                "413 | PAYLOAD_TOO_LARGE | Send less | ''",
                "429 | TOO_MANY_REQUESTS | 30 writes | Try again in 1 second",
                "503 | SERVICE_UNAVAILABLE | Try again later | ''",
            })
    void errorsAreToldWithTheirCodes(int status, String code, String also, String retry) {
        platform.on(
                "POST", "/api/v1/databases/db1/tables/broken/records", asked -> FakeSoftr.error(status, code, "Sorry"));
        Served.Result result = call("create_record", "\"databaseId\":\"db1\",\"tableId\":\"broken\",\"fields\":{}");

        assertThat(result.status()).isEqualTo(200);
        assertThat(result.failed()).isTrue();
        assertThat(result.text()).contains(String.valueOf(status), code, "Sorry", also, retry);
    }
}
