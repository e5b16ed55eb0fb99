package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
    static final String API = """
            openapi: 3.1.0
            info: {title: Vault, version: "1"}
            paths:
              /things:
                get: {operationId: listThings, security: [{o: ["thing:read"]}], responses: {"200": {description: ok}}}
                post: {operationId: addThing, security: [{o: ["thing:write"]}], x-mcp: {access: data}, responses: {"200": {description: ok}}}
                delete:
                  operationId: dropThings
                  x-mcp: {scopes: [["thing:write", admin], ["root:all"]]}
                  responses: {"200": {description: ok}}
              /plain:
                get: {operationId: getPlain, responses: {"200": {description: ok}}}
              /level:
                get: {operationId: getLevel, x-mcp: {expose: false}, responses: {"200": {description: ok}}}
            components: {securitySchemes: {o: {type: http, scheme: bearer}}}
            """;

    @TempDir
    Path folder;

    private String openapi = "";

    @BeforeEach
    void write() throws IOException {
        openapi = Files.writeString(folder.resolve("vault.yaml"), API).toString();
    }

    private Run explain(String... arguments) {
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(Arrays.asList(arguments));
        return Run.of(all.toArray(String[]::new));
    }

    private Run over(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--openapi", openapi));
        all.addAll(Arrays.asList(arguments));
        return explain(all.toArray(String[]::new));
    }

    private Run configured(String access, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve("my.yml"), """
                wayleave:
                  platforms:
                    vault:
                      openapi: %s
                      upstream: {url: "http://127.0.0.1:1"}
                      callers: {verify: jwt, issuer: "https://login.example.com", scope-claim: org.scopes}
                      access: %s
                """.formatted(openapi, access));
        List<String> all = new ArrayList<>(List.of("--config", file.toString()));
        all.addAll(Arrays.asList(arguments));
        return explain(all.toArray(String[]::new));
    }

    private String plain(String out) {
        return out.replace(openapi, "vault.yaml");
    }

    @Test
    void aTableTellsEachToolWithItsReasonAndWhatIsMissing() {
        Run run = over("--scopes", "thing:read thing:write");

        assertThat(plain(run.out())).isEqualTo("""
                tool         may  missing   reason
                list_things  yes  -         security of vault.yaml:5 at /paths/~1things/get
                add_thing    yes  -         security of vault.yaml:6 at /paths/~1things/post
                drop_things  no   root:all  x-mcp.scopes of vault.yaml:9 at /paths/~1things/delete/x-mcp/scopes
                get_plain    yes  -         no security declared for vault.yaml:12 at /paths/~1plain/get

                3 of 4 tools
                """);
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
    }

    @Test
    void theSameInMarkdownAndJson() throws IOException {
        Run markdown = over("--scopes", "root:all", "--format", "markdown", "drop_things", "list_*");
        Run json = over("--scopes", "root:all", "--format", "json", "drop_things", "list_*");

        assertThat(plain(markdown.out())).isEqualTo("""
                | tool | may | missing | reason |
                |---|---|---|---|
                | list_things | no | thing:read | security of vault.yaml:5 at /paths/~1things/get |
                | drop_things | yes | - | x-mcp.scopes of vault.yaml:9 at /paths/~1things/delete/x-mcp/scopes |

                1 of 2 tools
                """);
        assertThat(new ObjectMapper().readTree(plain(json.out()))).isEqualTo(new ObjectMapper().readTree("""
                {"platform": "Vault", "tools": [
                  {"name": "list_things", "operation": "GET /things", "allowed": false,
                   "reason": "security of vault.yaml:5 at /paths/~1things/get", "missing": ["thing:read"],
                   "needed": ["thing:read"], "reachable": true},
                  {"name": "drop_things", "operation": "DELETE /things", "allowed": true,
                   "reason": "x-mcp.scopes of vault.yaml:9 at /paths/~1things/delete/x-mcp/scopes", "missing": [],
                   "needed": ["root:all"], "reachable": true}],
                 "totals": {"tools": 2, "allowed": 1, "unreachable": 0}, "notes": []}
                """));
        assertThat(List.of(markdown.exit(), json.exit())).containsOnly(1);
    }

    @Test
    void theConfigurationDecidesAsItDoesForTheServer() throws IOException {
        String access = """
                {unscoped: deny, groups: {claim: teams, grants: {ops: {tools: [add_*]}, readers: {tools: ["list_*"]}}},
                 level: {operation: getLevel, pointer: /level}, rules: [{require: "claims.plan == 'pro'"}]}
                """;
        Run run = configured(
                access, "--scopes", "*:*", "--groups", "ops", "--claims", "{\"plan\":\"pro\"}", "--level", "FULL");

        assertThat(run.out().replace(folder.toString(), "").replaceAll(" +", " "))
                .contains(
                        "add_thing yes",
                        "wayleave.platforms.vault.access.groups.grants.ops (/my.yml); level FULL"
                                + " (wayleave.platforms.vault.access.level.operation (/my.yml));"
                                + " wayleave.platforms.vault.access.rules[0].require (/my.yml)",
                        "list_things no",
                        "no group of the caller grants it (wayleave.platforms.vault.access.groups.grants (/my.yml))",
                        "drop_things never",
                        "get_plain never",
                        "access.unscoped: deny at wayleave.platforms.vault.access.unscoped (/my.yml)",
                        "1 of 4 tools; no grant could reach 2 of the others\n");
        assertThat(configured(access, "--scopes", "*:*", "--groups", "ops", "--level", "FULL")
                        .out())
                .contains("0 of 4 tools");
        assertThat(configured(access, "--scopes", "*:*", "--groups", "ops", "--claims", "{\"plan\":\"pro\"}")
                        .out())
                .contains("the level cannot be read", "--level is one of DATA_ONLY, DISABLED, FULL, READ_ONLY");
    }

    @Test
    void aGateIsClosedUnlessItsClaimOpensItOrItIsTakenForOpen() throws IOException {
        String access = "{gate: {operation: getLevel, pointer: /on, message: Ask your admin.}}";

        assertThat(configured(access, "--scopes", "*:*").out())
                .contains("0 of 4 tools", "access.gate.message", "--gate-open");
        assertThat(configured(access, "--scopes", "*:*", "--gate-open").out()).contains("4 of 4 tools");
        assertThat(configured("{gate: {claim: mcp, message: M}}", "--claims", "{\"mcp\":true}")
                        .out())
                .contains("1 of 4 tools");
    }

    @Test
    void aDifferenceShowsWhatIsGainedAndLostWithReasons() throws IOException {
        Path claims = Files.writeString(folder.resolve("claims.json"), "{\"scope\":[\"root:all\"]}");
        Run run = over("--diff", "thing:read", "@" + claims);
        Run same = over("--diff", "thing:read", "thing:read other");

        assertThat(plain(run.out())).isEqualTo("""
                tool         change  missing     reason
                list_things  lost    thing:read  security of vault.yaml:5 at /paths/~1things/get
                drop_things  gained  root:all    x-mcp.scopes of vault.yaml:9 at /paths/~1things/delete/x-mcp/scopes

                gained 1, lost 1, same 2
                """);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(same.out()).contains("gained 0, lost 0, same 4");
        assertThat(same.exit()).isZero();
        assertThat(configured(
                                "{groups: {claim: a.b, grants: {ops: {}}}}",
                                "--diff",
                                "thing:read",
                                "thing:read groups=x,ops",
                                "--format",
                                "json")
                        .out())
                .contains("\"gained\" : 2", "grants.ops (", "the claim a.b names no group");
    }

    @Test
    void theLeastScopesAreToldAndWhatStillForbids() throws IOException {
        Run run = over("--least", "add_thing", "drop*");
        Run narrow = configured(
                "{groups: {claim: teams, grants: {ops: {scopes: [admin]}}}}",
                "--groups",
                "ops",
                "--least",
                "list_things");

        assertThat(run.out()).contains("scopes: admin thing:write\nno fewer would do\n", "2 of 2 tools");
        assertThat(run.exit()).isZero();
        assertThat(narrow.out())
                .contains(
                        "scopes: thing:read\n",
                        "never",
                        "the scopes of wayleave.platforms.vault.access.groups.grants.ops",
                        "they are not enough");
        assertThat(narrow.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--least lst_things | lst_things is no tool; the nearest is list_things",
                "zzz | zzz is no tool",
                "--token no-such-file | --token names no file",
                "--claims [1] | --claims names no file",
                "--claims {1} | no JSON object",
                "--claims {\"scope\":1} | neither text nor a list of texts",
                "--token a --claims {} | exclude each other",
                "--diff a b --least c | exclude each other",
                "--level FULL | no access.level",
                "--platform x | goes without",
                "--audit no-such-file | cannot be read",
                "--diff a | --diff",
                "--format xml | --format",
            })
    void whatCannotBeUnderstoodIsAUsageError(String line, String told) {
        Run run = over(line.split(" ", -1));

        assertThat(run.err()).contains(told).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(2);
    }

    @Test
    void aPlatformIsChosenByName() throws IOException {
        Path file = Files.writeString(folder.resolve("two.yml"), """
                wayleave: {platforms: {first: {openapi: %1$s, callers: {verify: none}}, second: {openapi: %1$s}}}
                """.formatted(openapi));

        assertThat(explain("--config", file.toString()).err()).contains("--platform is one of first, second");
        assertThat(explain("--config", file.toString(), "--platform", "frist").err())
                .contains("the nearest is first");
        assertThat(explain("--config", file.toString(), "--platform", "second").out())
                .contains("1 of 4 tools");
        assertThat(explain("--config", file.toString(), "--platform", "first").out())
                .contains("4 of 4 tools", "nobody is verified");
        Path wrong = Files.writeString(folder.resolve("x.yml"), "wayleave: {platforms: {a: {openapi: a, acess: {}}}}");
        assertThat(explain("--config", wrong.toString()).exit()).isEqualTo(2);
        assertThat(explain().err()).contains("wayleave.platforms is empty");
    }

    @Test
    void theGrantThatAnAuditGivesServesWhatWasCalledAndNothingElse() throws IOException {
        Path audit = Files.writeString(folder.resolve("audit.jsonl"), """
                {"platform":"vault","decision":"allow","groups":["o: ps"],"scopes":["thing:read","admin"],"tool":"list_things","needed":["thing:read"]}
                {"platform":"vault","decision":"allow","groups":["o: ps"],"scopes":[],"tool":"get_plain","needed":[]}
                {"platform":"other","decision":"allow","groups":["x"],"scopes":["y"],"tool":"z","needed":[]}
                """);
        Run told = configured("{}", "--platform", "vault", "--audit", audit.toString());
        String grants =
                told.out().lines().filter(line -> line.matches("(\"| ).*")).collect(Collectors.joining("\n"));
        String access =
                "{groups: {claim: g, grants: {" + grants.replace(":\n", ": {").replace("\n", ", ") + "}}}}";
        Run held = configured(access, "--scopes", "*:* root:all", "--groups", "o: ps", "--format", "json");

        assertThat(told.out()).contains("admin").doesNotContain("other");
        assertThat(told.exit()).isEqualTo(1);
        List<String> allowed = new ArrayList<>();
        new ObjectMapper().readTree(held.out()).path("tools").forEach(tool -> {
            if (tool.path("allowed").booleanValue()) {
                allowed.add(tool.path("name").textValue());
            }
        });
        assertThat(allowed).as(access + held.err()).containsExactly("list_things", "get_plain");
    }
}
