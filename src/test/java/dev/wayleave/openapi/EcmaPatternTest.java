package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which regular expressions are given out. Each row was tried against {@code new RegExp(row, "u")} as well. */
class EcmaPatternTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "^[a-z0-9-]{1,63}$",
                "^\\d{4}-\\d{2}$",
                "a|b|",
                "(?<year>\\d+)",
                "(?=a)(?!b)(?<=c)(?<!d)e",
                "(a)\\1",
                "[\\w.\\-]+@[\\w\\-]+\\.\\w+",
                "\\u0041\\x41\\t\\/",
                "\\p{L}\\P{Nd}\\p{Script=Latin}",
                "a{2}b{2,}c{2,3}?d*?e+?f??",
                "[^\\]]*",
                "[$^|.*+?(){}]",
                "[a-]"
            })
    void ofBothLanguagesAre(String expression) {
        assertThat(EcmaPattern.isUsable(expression)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^\\A",
                "\\Z",
                "\\h",
                "\\-",
                "\\_",
                "(?i)a",
                "a++",
                "(?>a)",
                "[",
                "]",
                "a{",
                "{1}",
                "}",
                "(",
                ")",
                "*",
                "a**",
                "[z-a]",
                "[\\w-z]",
                "\\2(a)",
                "(?<1>a)",
                "\\p{Alpha}",
                "\\p{IsLatin}",
                "\\pL",
                "[[:alpha:]]",
                "[a&&b]",
                "\\u{41}",
                "a{3,2}",
                "^*",
                "(?=a)*",
                "\\",
                "[^]",
                "[]",
                "(?#x)",
                "\\Qa\\E",
                "\\x4",
                "\\u00",
                "\\c1",
                "a{,3}",
                "(?<a>x)(?<a>y)"
            })
    void ofOneOrOfNeitherAreNot(String expression) {
        assertThat(EcmaPattern.isUsable(expression)).isFalse();
    }
}
