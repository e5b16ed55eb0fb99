package dev.wayleave.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.audit.RecordedCall;
import dev.wayleave.policy.ScopeRules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditedUseTest {
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    private void call(
            List<String> groups,
            String client,
            List<String> scopes,
            String tool,
            List<String> needed,
            String decision) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("type", "call").put("platform", "vault").put("client", client);
        line.put("tool", tool).put("decision", decision);
        groups.forEach(line.putArray("groups")::add);
        scopes.forEach(line.putArray("scopes")::add);
        needed.forEach(line.putArray("needed")::add);
        file.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Report report(ScopeRules rules) throws IOException {
        AuditedUse use = new AuditedUse(rules);
        return use.report(RecordedCall.each(new ByteArrayInputStream(file.toByteArray()), use));
    }

    @Test
    void whatAGroupNeverNeededIsToldWithTheGrantThatWouldHaveServed() throws IOException {
        call(List.of("ops"), "c", List.of("a", "b", "x"), "get_b", List.of("b"), "allow");
        call(List.of("ops", "dev"), "c", List.of("a", "b"), "get_a", List.of("a"), "allow");
        call(List.of("dev"), "c", List.of("a", "y"), "get_y", List.of("y"), "deny");
        call(List.of(), "cli", List.of("a", "z"), "get_a", List.of("a"), "allow");
        Report report = report(ScopeRules.USUAL);

        assertThat(report.rows())
                .containsExactly(
                        List.of("vault", "group dev", "1", "1", "b y", "get_a"),
                        List.of("vault", "group ops", "2", "0", "x", "get_a get_b"),
                        List.of("vault", "client cli", "1", "0", "z", "get_a"));
        assertThat(report.yaml()).hasValue("""
                # wayleave.platforms.vault.access.groups.grants
                "dev":
                  tools: ["get_a"]
                  scopes: ["a"]
                "ops":
                  tools: ["get_a", "get_b"]
                  scopes: ["a", "b"]
                # client cli: ["a"]
                """);
        assertThat(report.finding()).isTrue();
        assertThat(report.json().at("/callers/1/unused/0").asText()).isEqualTo("x");
        assertThat(report.json().at("/callers/2/client").asText()).isEqualTo("cli");
    }

    @Test
    void aScopeThatStoodForANeededOneWasNeeded() throws IOException {
        call(List.of("ops"), "c", List.of("db:*", "owner"), "get", List.of("db:read"), "allow");

        assertThat(report(ScopeRules.USUAL).rows().getFirst()).contains("owner");
        assertThat(report(new ScopeRules(true, Map.of("owner", List.of("db:read"))))
                        .finding())
                .isFalse();
    }

    @Test
    void linesThatAreTornOrForeignAreCountedAndUnknownFieldsDoNotMatter() throws IOException {
        file.writeBytes("""
                {"platform":"p","decision":"allow","groups":["g"],"tool":"t","needed":["n"],"scopes":["n"],"new":{"a":[1]}}
                not json
                {"platform":1,"decision":"allow"}
                {"platform":"p","decision":"allow","groups":[1]}
                []

                {"platform":"p","decision":"allow","gro""".getBytes(StandardCharsets.UTF_8));
        Report report = report(ScopeRules.USUAL);

        assertThat(report.rows()).containsExactly(List.of("p", "group g", "1", "0", "-", "t"));
        assertThat(report.below()).containsExactly("6 lines, of which 5 could not be used");
        assertThat(report.finding()).isFalse();
    }

    @Test
    void hostileNamesNeitherLeaveTheirLineNorTheirQuotes() throws IOException {
        call(List.of("a\"]\nb: \u001b[31m\u202e"), "c\n#x: 1", List.of("s"), "t", List.of("s"), "allow");
        call(List.of(), "c\nx: 1", List.of("s"), "t", List.of("s"), "allow");
        Report report = report(ScopeRules.USUAL);

        assertThat(report.yaml().orElseThrow().lines()).hasSize(5).allMatch(line -> line.matches("[ -~]*"));
        assertThat(report.rows().toString()).doesNotContain("\n", "\u001b", "\u202e");
    }

    @Test
    void neitherEndlessLinesNorEndlessNamesTakeEndlessMemory() throws IOException {
        AuditedUse use = new AuditedUse(ScopeRules.USUAL);
        RecordedCall.Lines lines = RecordedCall.each(new ByteArrayInputStream(new byte[4 << 20]), use);

        assertThat(lines).isEqualTo(new RecordedCall.Lines(1, 1));
        for (int i = 0; i < 300_000; i++) {
            use.accept(new RecordedCall("p", Set.of("g" + i), null, Set.of(), null, Set.of(), false));
        }
        assertThat(use.report(lines).rows()).hasSizeLessThan(200_001);
        assertThat(use.report(lines).below().toString()).contains("what is told is not all");
    }
}
