package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listed, callable and allowed by a table that was written beside it are the same, for every scope set, group and level. */
class AccessWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = """
            openapi: 3.1.0
            info: {title: Vault, version: "1"}
            paths:
              /things:
                get: {operationId: listThings, security: [{o: ["thing:read"]}], responses: {"200": {description: ok}}}
                post: {operationId: addThing, security: [{o: ["thing:write"]}], x-mcp: {access: data}, responses: {"200": {description: ok}}}
              /things/search:
                post: {operationId: searchThings, security: [{o: ["thing:read"]}], x-mcp: {safe: true}, responses: {"200": {description: ok}}}
              /things/all:
                delete: {operationId: dropThings, security: [{o: ["thing:write", "admin"]}, {o: ["root:all"]}], responses: {"200": {description: ok}}}
              /data:
                get: {operationId: readData, security: [{o: ["thing:data:read"]}], responses: {"200": {description: ok}}}
              /plain:
                get: {operationId: getPlain, responses: {"200": {description: ok}}}
              /open:
                get: {operationId: getOpen, security: [], responses: {"200": {description: ok}}}
              /over:
                get: {operationId: getOver, security: [{o: ["thing:read"]}], x-mcp: {scopes: ["admin"]}, responses: {"200": {description: ok}}}
              /tenants/{tenant}/level:
                get:
                  operationId: getLevel
                  x-mcp: {expose: false}
                  parameters: [{name: tenant, in: path, required: true, schema: {type: string}, x-mcp: {bind: {claim: tenant}}}]
                  responses: {"200": {description: ok}}
            components: {securitySchemes: {o: {type: http, scheme: bearer}}}
            """;

    /** A tool's alternatives of scopes, its class, and the groups that name it. */
    private record Row(String tool, List<Set<String>> scopes, String access) {}

    private static final List<Row> TABLE = List.of(
            new Row("list_things", List.of(Set.of("thing:read")), "read"),
            new Row("add_thing", List.of(Set.of("thing:write")), "data"),
            new Row("search_things", List.of(Set.of("thing:read")), "read"),
            new Row("drop_things", List.of(Set.of("thing:write", "admin"), Set.of("root:all")), "schema"),
            new Row("read_data", List.of(Set.of("thing:data:read")), "read"),
            new Row("get_plain", List.of(Set.of()), "read"),
            new Row("get_open", List.of(Set.of()), "read"),
            new Row("get_over", List.of(Set.of("admin")), "read"));
    private static final List<String> SCOPES = List.of(
            "",
            "thing:read",
            "thing:write",
            "admin",
            "thing:read thing:write",
            "thing:write admin",
            "thing:*",
            "*:read",
            "*:*",
            "*",
            "root:all",
            "thing:data:read",
            "thing:readx THING:READ",
            "owner");
    private static final List<List<String>> GROUPS =
            List.of(List.of(), List.of("readers"), List.of("narrow"), List.of("readers", "narrow"), List.of("all"));
    private static final List<String> LEVELS =
            List.of("DISABLED", "READ_ONLY", "DATA_ONLY", "FULL", "SOMETHING", "BROKEN");
    private static final Map<String, Set<String>> CLASSES = Map.of(
            "READ_ONLY", Set.of("read"),
            "DATA_ONLY", Set.of("read", "data"),
            "FULL", Set.of("read", "data", "schema"));

    @TempDir
    static Path folder;

    private static RunningWayleave wayleave;
    private static volatile String said = "";

    @BeforeAll
    static void start() {
        wayleave = RunningWayleave.with(
                folder,
                API,
                Map.of(
                        "wayleave.platforms.test.access",
                        Map.of(
                                "scopes", Map.of("implies", Map.of("owner", List.of("thing:read", "admin"))),
                                "groups",
                                        Map.of(
                                                "claim",
                                                "groups",
                                                "grants",
                                                Map.of(
                                                        "readers", Map.of("tools", List.of("list_*", "get_*")),
                                                        "narrow", Map.of("scopes", List.of("thing:write")),
                                                        "all", Map.of("tools", List.of("*")))),
                                "level", Map.of("operation", "getLevel", "pointer", "/accessMode"))));
        wayleave.platform.answer(request -> {
            String target = request.target();
            if (!target.startsWith("/tenants/")) {
                return FakePlatform.response(200, "application/json", "{\"ok\":true}");
            }
            String level = target.split("/", -1)[2];
            if (level.startsWith("SAID")) {
                return FakePlatform.response(200, "application/json", said);
            }
            return level.equals("BROKEN")
                    ? FakePlatform.response(500, "application/json", "{}")
                    : FakePlatform.response(200, "application/json", "{\"accessMode\":\"" + level + "\"}");
        });
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    private static HttpResponse<String> rpc(String token, String method, String params) {
        return wayleave.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}",
                "MCP-Protocol-Version",
                "2025-11-25",
                "Authorization",
                "Bearer " + token);
    }

    private static Set<String> listed(String token) throws IOException {
        Set<String> names = new TreeSet<>();
        JSON.readTree(rpc(token, "tools/list", "{}").body())
                .at("/result/tools")
                .forEach(tool -> names.add(tool.path("name").asText()));
        return names;
    }

    private static long contacts() {
        return wayleave.platform.received().stream()
                .filter(request -> !request.target().startsWith("/tenants/"))
                .count();
    }

    private static boolean isCallable(String token, String tool) throws IOException {
        long before = contacts();
        HttpResponse<String> response = rpc(token, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":{}}");
        JsonNode answer = JSON.readTree(response.body());
        boolean done = response.statusCode() == 200
                && answer.at("/result/isError").isBoolean()
                && !answer.at("/result/isError").booleanValue();
        assertThat(contacts() - before).as(tool + ": " + response.body()).isEqualTo(done ? 1 : 0);
        return done;
    }

    /** Holds as the documentation says, in words that share no code with the policy. */
    private static boolean holds(String held, String needed) {
        if (held.equals(needed)) {
            return true;
        }
        if (held.equals("owner")) {
            return needed.equals("thing:read") || needed.equals("admin");
        }
        String parts = held.replace("*", "[^:]+");
        return held.contains(":") && held.contains("*") && needed.matches(parts);
    }

    private static boolean isAllowed(Row row, String scopes, List<String> groups, String level) {
        List<String> held = List.of(scopes.split(" ", -1));
        BiPredicate<Set<String>, List<String>> all =
                (needed, has) -> needed.stream().allMatch(scope -> has.stream().anyMatch(one -> holds(one, scope)));
        boolean byToken = row.scopes().stream().anyMatch(needed -> all.test(needed, held));
        boolean byGroup = groups.contains("all")
                || (groups.contains("readers")
                        && (row.tool().startsWith("list_") || row.tool().startsWith("get_")))
                || (groups.contains("narrow")
                        && row.scopes().stream()
                                .anyMatch(
                                        needed -> all.test(needed, List.of("thing:write")) && all.test(needed, held)));
        return byToken && byGroup && CLASSES.getOrDefault(level, Set.of()).contains(row.access());
    }

    private static String token(String scopes, List<String> groups, String level) {
        return wayleave.issuer.token(
                wayleave.url.toString(),
                scopes,
                claims -> claims.claim("groups", groups).claim("tenant", level));
    }

    @Test
    void whatIsListedIsWhatCanBeCalledIsWhatTheTableAllows() throws IOException {
        int cells = 0;
        for (String scopes : SCOPES) {
            for (List<String> groups : GROUPS) {
                for (String level : LEVELS) {
                    String token = token(scopes, groups, level);
                    Set<String> listed = listed(token);
                    List<String> allowed = new ArrayList<>();
                    for (Row row : TABLE) {
                        if (isAllowed(row, scopes, groups, level)) {
                            allowed.add(row.tool());
                        }
                    }
                    assertThat(listed)
                            .as("'" + scopes + "' " + groups + " " + level)
                            .containsExactlyInAnyOrderElementsOf(allowed);
                    for (Row row : TABLE) {
                        assertThat(isCallable(token, row.tool()))
                                .as(row.tool() + " with '" + scopes + "' " + groups + " " + level)
                                .isEqualTo(allowed.contains(row.tool()));
                        cells++;
                    }
                }
            }
        }
        System.out.println("exactness: " + cells + " cells, 0 differences");
    }

    @Test
    void theAuditTellsEveryRuleThatAllowedACallAndWhereItStands() throws IOException {
        assertThat(isCallable(token("thing:write", List.of("narrow"), "FULL"), "add_thing"))
                .isTrue();

        assertThat(JSON.readTree(wayleave.audited().getLast()).path("reason").asText())
                .contains("security of ", "access.groups.grants.narrow", "level FULL", "access.level.operation");
    }

    @Test
    void aLevelThatIsSaidTwiceOrWithSomethingBehindItIsNoLevel() throws IOException {
        for (String level : List.of("FULL\",\"accessMode\":\"DISABLED", "FULL\"}{\"accessMode\":\"DISABLED")) {
            said = "{\"accessMode\":\"" + level + "\"}";
            assertThat(listed(token("thing:read", List.of("all"), "SAID" + said.length())))
                    .isEmpty();
        }
    }

    @Test
    void aGroupClaimThatIsNoListIsNoGroup() throws IOException {
        String text = wayleave.issuer.token(
                wayleave.url.toString(),
                "thing:read",
                claims -> claims.claim("groups", "all").claim("tenant", "FULL"));
        assertThat(listed(text)).isEmpty();
        String mixed = wayleave.issuer.token(
                wayleave.url.toString(),
                "thing:read",
                claims -> claims.claim("groups", List.of("all", 1)).claim("tenant", "FULL"));
        assertThat(listed(mixed)).isEmpty();
    }

    @Test
    void whatNoGroupGrantsIs403WithoutAChallengeForMoreScopes() {
        HttpResponse<String> response = rpc(
                token("thing:write", List.of("readers"), "FULL"),
                "tools/call",
                "{\"name\":\"add_thing\",\"arguments\":{}}");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(response.body()).contains("None of your groups");
    }

    @Test
    void theLevelIsAskedOncePerCallerForAWhile() throws IOException {
        String token = token("thing:read", List.of("all"), "READ_ONLY");
        long before = wayleave.platform.received().size();
        for (int i = 0; i < 20; i++) {
            listed(token);
        }
        assertThat(wayleave.platform.received().size() - before).isLessThanOrEqualTo(2);
        assertThat(wayleave.platform.received().getLast().header("Authorization"))
                .containsExactly("Bearer " + token);
    }
}
