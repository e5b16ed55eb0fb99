package dev.wayleave.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static final Caller CALLER = new Caller(
            "https://issuer.example",
            "user-1",
            "app",
            Set.of("a", "b"),
            Map.of(
                    "region",
                    "eu",
                    "level",
                    3,
                    "features",
                    List.of("mcp", "beta"),
                    "realm",
                    Map.of("name", "north"),
                    "ratio",
                    0.5),
            Instant.MAX,
            null);

    @TempDir
    static Path folder;

    private static Tool tool;

    @BeforeAll
    static void readTool() throws Exception {
        Path document = Files.writeString(folder.resolve("o.yaml"), """
                openapi: 3.1.0
                info: {title: T, version: "1"}
                paths: {/things: {get: {operationId: listThings, responses: {"200": {description: ok}}}}}
                """);
        tool = Catalog.of(OpenApiReader.read(document)).tools().getFirst();
    }

    private static ObjectNode json(String text) throws JsonProcessingException {
        return (ObjectNode) new JsonMapper().readTree(text);
    }

    private static Decision judge(String expression, String arguments) throws JsonProcessingException {
        return Objects.requireNonNull(
                new Condition(expression, null, null, "rules[0]").judge(new Question(CALLER, tool, json(arguments))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "claims.region == 'eu' ~ {} ~ true",
                "claims.region == args.region ~ {\"region\": \"eu\"} ~ true",
                "claims.region == args.region ~ {\"region\": \"us\"} ~ false",
                "claims.region == args.region ~ {} ~ false",
                "claims.nothing == 'x' ~ {} ~ false",
                "!has(args.region) || args.region == claims.region ~ {} ~ true",
                "'mcp' in claims.features ~ {} ~ true",
                "claims.level >= 3 && claims.level < args.n ~ {\"n\": 4} ~ true",
                "claims.level == args.n ~ {\"n\": 3.0} ~ true",
                "claims.ratio == 0.5 ~ {} ~ true",
                "claims.realm.name.startsWith('no') ~ {} ~ true",
                "'b' in caller.scopes && caller.subject == 'user-1' ~ {} ~ true",
                "caller.client == 'app' && tool.name == 'list_things' && tool.read_only ~ {} ~ true",
                "tool.access == 'read' ~ {} ~ true",
                "args.items.all(i, i.owner == caller.subject) ~ {\"items\": [{\"owner\": \"user-1\"}]} ~ true",
                "args.items.all(i, i.owner == caller.subject) ~ {\"items\": [{\"owner\": \"user-2\"}]} ~ false",
                "args.x == null ~ {\"x\": null} ~ true",
                "args.big == 12345678901234567890.0 ~ {\"big\": 12345678901234567890} ~ true",
                "args.name.matches('^[a-z]+$') ~ {\"name\": \"abc\"} ~ true",
                "caller.subject ~ {} ~ false",
                "1 / args.n == 1 ~ {\"n\": 0} ~ false",
            })
    void onlyTrueIsYes(String expression, String arguments, boolean allowed) throws Exception {
        Decision decision = judge(expression, arguments);
        assertThat(decision instanceof Decision.Allowed).as(decision.toString()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "claims.", "1", "'text'", "unknown == 1", "f(1)", "claims"})
    void whatIsNoConditionIsRefusedAtTheStart(String expression) {
        assertThatThrownBy(() -> new Condition(expression, null, null, "rules[0]"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aConditionThatCostsTooMuchIsANo() throws Exception {
        String long1000 = "[" + "1,".repeat(999) + "1]";
        String bomb = "args.l.all(a, args.l.all(b, args.l.all(c, a + b + c > 0)))";
        long began = System.nanoTime();
        assertThat(judge(bomb, "{\"l\": " + long1000 + "}")).isInstanceOf(Decision.Refused.class);
        assertThat(System.nanoTime() - began).isLessThan(5_000_000_000L);
    }

    @Test
    void anExpressionThatIsTooDeepIsRefused() {
        String deep = "(".repeat(500) + "true" + ")".repeat(500);
        assertThatThrownBy(() -> new Condition(deep, null, null, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRuleAboutArgumentsDoesNotHideTheTool() {
        Condition rule = new Condition("args.x == 1", null, null, "rules[0]");
        assertThat(rule.judge(new Question(CALLER, tool, null))).isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void aRuleForOtherToolsSaysNothing() {
        Condition rule = new Condition("false", List.of("delete_*"), null, "rules[0]");
        assertThat(rule.judge(new Question(CALLER, tool, null))).isNull();
    }
}
