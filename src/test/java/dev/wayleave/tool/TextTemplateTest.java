package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places in texts, and what is put there. */
class TextTemplateTest {
    private static TextTemplate template(String text) {
        return Objects.requireNonNull(TextTemplate.parse(text), text);
    }

    @Test
    void valuesArePutInOnceAndNotLookedAtAgain() {
        TextTemplate text = template("Do {{ what }} to {{who}}, {{what}}; {one} stays.");
        assertThat(text.names()).containsExactly("what", "who");
        Map<String, String> values = Map.of("what", "{{who}}", "who", "$0 \\ {{what}}");
        assertThat(text.filled(name -> values.getOrDefault(name, "")))
                .isEqualTo("Do {{who}} to $0 \\ {{what}}, {{who}}; {one} stays.");
    }

    @Test
    void whatPeopleDoNotSeeIsNotSaid() {
        assertThat(template("a\u200bb\u202e{{x}}").filled(name -> "v")).isEqualTo("abv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{}}", "{{a b}}", "a {{b", "b}} c", "{{#each a}}", "{{a/b}}", "{{-a}}"})
    void bracesThatNameNothingAreRefused(String text) {
        assertThat(TextTemplate.parse(text)).isNull();
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThat(TextTemplate.parse("a".repeat(32_768))).isNotNull();
        assertThat(TextTemplate.parse("a".repeat(32_769))).isNull();
    }
}
