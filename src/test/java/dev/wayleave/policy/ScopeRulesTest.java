package dev.wayleave.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeRulesTest {
    @ParameterizedTest
    @CsvSource({
        "project:read, project:read, true",
        "project:*, project:read, true",
        "*:read, project:read, true",
        "*:*, project:read, true",
        "table:*, table:data:read, false",
        "*:read, table:data:read, false",
        "*:*, table:data:read, false",
        "table:*:read, table:data:read, true",
        "table:data:*, table:data:read, true",
        "*:*:*, table:data:read, true",
        "*, read, false",
        "*, project:read, false",
        "project:*, project, false",
        "project:*, project:, false",
        "project:*, projects:read, false",
        "pro*:read, project:read, false",
        "project:re*, project:read, false",
        "Project:*, project:read, false",
        "project:read, project:*, false",
        "project:**, project:read, false",
        "project.*, project.read, false",
        "1:2:3:4:5:6:7:8:9:10:11:12:13:14:15:*, 1:2:3:4:5:6:7:8:9:10:11:12:13:14:15:16, true",
        "1:2:3:4:5:6:7:8:9:10:11:12:13:14:15:*, 1:2:3:4:5:6:7:8:9:10:11:12:13:14:15:16:17, false",
    })
    void aStarStandsForOnePart(String held, String needed, boolean holds) {
        assertThat(ScopeRules.USUAL.missing(List.of(needed), Set.of(held)).isEmpty())
                .isEqualTo(holds);
    }

    @Test
    void starsAreLettersWhereWildcardsAreOff() {
        ScopeRules off = new ScopeRules(false, Map.of());
        assertThat(off.missing(List.of("project:read"), Set.of("project:*"))).containsExactly("project:read");
    }

    @Test
    void whatAScopeBringsAlongBringsAlongMore() {
        ScopeRules rules = new ScopeRules(
                true,
                Map.of("admin", List.of("writer"), "writer", List.of("read", "write"), "read", List.of("admin2")));
        assertThat(rules.missing(List.of("read", "write", "admin2"), Set.of("admin")))
                .isEmpty();
        assertThat(rules.missing(List.of("admin", "write"), Set.of("read"))).containsExactly("admin", "write");
    }

    @Test
    void aCircleOfScopesEnds() {
        ScopeRules rules = new ScopeRules(true, Map.of("a", List.of("b"), "b", List.of("a", "x:*")));
        assertThat(rules.missing(List.of("a", "b", "x:y"), Set.of("b"))).isEmpty();
    }

    @Test
    void whatAWildcardHoldsBringsAlongToo() {
        ScopeRules rules = new ScopeRules(true, Map.of("db:admin", List.of("db:read")));
        assertThat(rules.missing(List.of("db:read"), Set.of("*:admin"))).isEmpty();
    }
}
