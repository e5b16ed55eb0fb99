package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
    @Test
    void nothingHiddenIsLeft() {
        String tags = new String(Character.toChars(0xE0041)) + new String(Character.toChars(0xE0042));
        String hidden = "a\u0000b\u202Ec\u200Bd" + tags + "\u001b[31me\u001b[0m\ufefff\u2028g\u0085h\rI\u00adj";

        assertThat(VisibleText.of(hidden, 100)).isEqualTo("abcdefghIj");
    }

    @Test
    void neitherFillersNorVariationSelectorsAreLeft() {
        String selectors = new String(Character.toChars(0xE0101)) + new String(Character.toChars(0xE01EF)) + "\ufe01";

        assertThat(VisibleText.of("a" + selectors + "\u3164\u115f\u034f\u2800\u180eb", 100))
                .isEqualTo("ab");
    }

    @Test
    void whatEditorsLeaveBehindIsNoNews() {
        assertThat(VisibleText.hides("a\r\nb \u26a0\ufe0f c\u00add")).isFalse();
        assertThat(VisibleText.hides("a\u202eb")).isTrue();
        assertThat(VisibleText.hides("a\rb")).isTrue();
    }

    @Test
    void newlinesTabsAndOtherScriptsStay() {
        assertThat(VisibleText.of("a\n\tb é 数 🙂", 100)).isEqualTo("a\n\tb é 数 🙂");
    }

    @Test
    void aLongTextIsCutAtAWord() {
        assertThat(VisibleText.of("one two three four", 12)).isEqualTo("one two…");
    }

    @Test
    void aCutNeverSplitsACharacter() {
        assertThat(VisibleText.of("abcdefgh🙂🙂", 10)).isEqualTo("abcdefgh…");
    }
}
