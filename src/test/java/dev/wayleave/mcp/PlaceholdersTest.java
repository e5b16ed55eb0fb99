package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    private static final ApplicationContext CONTEXT = ApplicationContext.builder()
            .deduceEnvironment(false)
            .properties(Map.of("A", "a", "B", "b"))
            .build();
    private static final Placeholders PLACEHOLDERS =
            new Placeholders(CONTEXT.getEnvironment().start().getPlaceholderResolver());

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain | plain",
                "${A}/x | a/x",
                "${NONE:d} | d",
                "${A:${B}} | a",
                "${NONE:${B}} | b",
                "${NONE:${NEITHER:${B}}} | b",
                "${NONE:${NEITHER:d}} | d",
                "http://${NONE:${B}}:80/${A:${B}}/${A} | http://b:80/a/a",
                "${NONE:x${A}y${B}z} | xaybz",
                "${A:${NONE}} | a",
            })
    void theyAreReplaced(String text, String expected) {
        assertThat(PLACEHOLDERS.in(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${NONE}", "${NONE:${NEITHER}}", "${NONE:${A}", "${NONE:${B}} ${NEITHER}"})
    void aNameWithoutAValueIsAFault(String text) {
        assertThatThrownBy(() -> PLACEHOLDERS.in(text)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void tooManyLevelsAreAFault() {
        String text = "${NONE:".repeat(20) + "${NONE}" + "}".repeat(20);
        assertThatThrownBy(() -> PLACEHOLDERS.in(text)).isInstanceOf(ConfigurationException.class);
    }
}
