package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordsTest {
    record Case(String summary, String text, String expected) {}

    static List<Case> descriptions() {
        return List.of(
                new Case("Get a pet", "It must be yours.", "Get a pet.\n\nIt must be yours."),
                new Case("Get a pet", "Gets the pet. It must be yours.", "Gets the pet. It must be yours."),
                new Case("Get a pet", "Get a pet", "Get a pet"),
                new Case("Get a pet!", "Mine.", "Get a pet!\n\nMine."),
                new Case("Get a pet", "", "Get a pet"),
                new Case("", "Text", "Text"),
                new Case("", "", "Calls GET /pets/{petId}."),
                new Case("**Get** a [pet](x)", "![a](b)", "Get a pet"));
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void theSummaryLeadsUnlessTheDescriptionSaysIt(Case c) {
        assertThat(Words.description(Operations.described(c.summary(), c.text(), false), null))
                .isEqualTo(c.expected());
    }

    @Test
    void aLongDescriptionKeepsItsKeySentenceAndEndsWithASentence() {
        String text =
                Words.description(Operations.described("Get a pet", "More is told here. ".repeat(100), false), null);

        assertThat(text).hasSizeBetween(900, 1024).startsWith("Get a pet.\n\n").endsWith("told here. …");
    }

    @Test
    void aDeprecatedOneSaysSoFirstAndStaysWithinBounds() {
        String text = Words.description(Operations.described(null, "word ".repeat(1_000), true), null);

        assertThat(text).startsWith("[deprecated] word").hasSizeLessThanOrEqualTo(1024);
    }

    @Test
    void aCutLeavesNoCodeBlockOpen() {
        String prose = "Some words. ".repeat(60);
        String code = "```\n" + "x = 1\n".repeat(11) + "```\n";
        String text =
                Words.description(Operations.described(null, prose + "\n" + (code + "y\n").repeat(10), false), null);

        assertThat(text.split("```", -1).length % 2).isEqualTo(1);
        assertThat(text).hasSizeLessThanOrEqualTo(1024);
    }

    @Test
    void aCutInsideOfTheFirstCodeBlockClosesIt() {
        String text = Words.description(
                Operations.described(null, "Like so:\n```\n" + ("x = 1; ".repeat(40) + "\n").repeat(9) + "```", false),
                null);

        assertThat(text).startsWith("Like so:\n```\n").endsWith("\n```").hasSizeLessThanOrEqualTo(1024);
    }

    @Test
    void aTitleIsTheSummarysFirstLineElseTheIdInWords() {
        assertThat(Words.title(Operations.described("Get a **pet**.\nAnd more", null, false), "x"))
                .isEqualTo("Get a pet");
        assertThat(Words.title(Operations.described("\u202e", "text", false), "get_pet"))
                .isEqualTo("Get pet");
        assertThat(Words.title(Operations.described("word ".repeat(50), null, false), "x"))
                .hasSizeLessThanOrEqualTo(100);
    }
}
