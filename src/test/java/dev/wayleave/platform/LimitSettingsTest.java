package dev.wayleave.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many calls there are at once where nobody says it. */
class LimitSettingsTest {
    private static final int MIB = 1 << 20;

    @Test
    void theLongestAnswersToAllOfThemFillAnEighthOfTheHeapAtMost() {
        assertThat(LimitSettings.usual(512L * MIB, MIB)).isEqualTo(64);
        assertThat(LimitSettings.usual(512L * MIB, MIB / 4)).isEqualTo(256);
        assertThat(LimitSettings.usual(16_384L * MIB, MIB)).isEqualTo(512);
        assertThat(LimitSettings.usual(64L * MIB, MIB)).isEqualTo(20);
    }
}
