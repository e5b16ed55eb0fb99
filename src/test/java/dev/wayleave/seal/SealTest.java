package dev.wayleave.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final byte[] CONTENT = "what travels".getBytes(StandardCharsets.UTF_8);
    private final Binding mine = Binding.of("cursor", "/mcp", caller("a", "t1"), "tools/list");

    private static byte[] key(int fill) {
        byte[] key = new byte[Seal.KEY_LENGTH];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static Seal seal(int... fills) {
        return new Seal(Arrays.stream(fills).mapToObj(SealTest::key).toList(), new SecureRandom());
    }

    private static Caller caller(String subject, String token) {
        return new Caller(
                "https://issuer.example",
                subject,
                null,
                Set.of(),
                Map.of("sub", subject),
                Instant.MAX,
                BearerToken.of(token));
    }

    @Test
    void whatOneInstanceSealsAnotherWithTheSameKeyOpens() {
        String handle = seal(1).seal(mine, CONTENT, LATER);
        assertThat(seal(1).open(mine, handle, NOW)).hasValue(CONTENT);
        assertThat(handle).matches("[A-Za-z0-9_-]+").doesNotContain("what");
    }

    @Test
    void aNewTokenOfTheSameCallerOpensIt() {
        String handle = seal(1).seal(mine, CONTENT, LATER);
        assertThat(seal(1).open(Binding.of("cursor", "/mcp", caller("a", "t2"), "tools/list"), handle, NOW))
                .hasValue(CONTENT);
    }

    @Test
    void whatIsBoundToSomethingElseDoesNotOpen() {
        String handle = seal(1).seal(mine, CONTENT, LATER);
        Caller same = caller("a", "t1");
        for (Binding other : List.of(
                Binding.of("task", "/mcp", same, "tools/list"),
                Binding.of("cursor", "/other/mcp", same, "tools/list"),
                Binding.of("cursor", "/mcp", caller("b", "t1"), "tools/list"),
                Binding.of("cursor", "/mcp", Caller.anonymous(), "tools/list"),
                Binding.of("cursor", "/mcp", same, "prompts/list"),
                Binding.of("cursor", "/mcp", same),
                Binding.of("cursor", "/mcp", same, "tools/lis", "t"),
                Binding.of("cursor", "/mcp", same, "tools/list", ""))) {
            assertThat(seal(1).open(other, handle, NOW)).as(other.toString()).isEmpty();
        }
    }

    @Test
    void whereNobodyVouchesForASubjectTheTokenItselfCounts() {
        Caller named = new Caller(
                "https://issuer.example", "token-0a", null, Set.of(), Map.of(), Instant.MAX, BearerToken.of("t1"));
        Caller elsewhere = new Caller(
                "https://issuer.example", "token-ff", null, Set.of(), Map.of(), Instant.MAX, BearerToken.of("t1"));
        Caller other = elsewhere.presenting(BearerToken.of("t2"));
        String handle = seal(1).seal(Binding.of("x", "/mcp", named), CONTENT, LATER);
        assertThat(seal(1).open(Binding.of("x", "/mcp", elsewhere), handle, NOW))
                .hasValue(CONTENT);
        assertThat(seal(1).open(Binding.of("x", "/mcp", other), handle, NOW)).isEmpty();
    }

    @Test
    void whatHasExpiredDoesNotOpenAndItsEndCannotBeMoved() {
        String handle = seal(1).seal(mine, CONTENT, LATER);
        assertThat(seal(1).open(mine, handle, LATER.minusSeconds(1))).isPresent();
        assertThat(seal(1).open(mine, handle, LATER)).isEmpty();
        byte[] moved = Base64.getUrlDecoder().decode(handle);
        moved[1 + Long.BYTES - 1]++;
        assertThat(seal(1).open(mine, Base64.getUrlEncoder().withoutPadding().encodeToString(moved), NOW))
                .isEmpty();
    }

    @Test
    void noBitOfItCanBeChangedAndNoneTakenAwayOrAdded() {
        Seal seal = seal(1);
        String handle = seal.seal(mine, CONTENT, LATER);
        byte[] whole = Base64.getUrlDecoder().decode(handle);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            assertThat(seal.open(mine, Base64.getUrlEncoder().withoutPadding().encodeToString(changed), NOW))
                    .as("byte %s", i)
                    .isEmpty();
        }
        for (int end = 0; end < handle.length(); end++) {
            assertThat(seal.open(mine, handle.substring(0, end), NOW)).isEmpty();
        }
        for (String other : List.of(handle + "A", handle + "=", handle + "-TAMPERED", " " + handle, "é", "....")) {
            assertThat(seal.open(mine, other, NOW)).isEmpty();
        }
    }

    @Test
    void theFirstKeySealsAndAllOfThemOpen() {
        String old = seal(1).seal(mine, CONTENT, LATER);
        String fresh = seal(2, 1).seal(mine, CONTENT, LATER);
        assertThat(seal(2, 1).open(mine, old, NOW)).isPresent();
        assertThat(seal(2).open(mine, fresh, NOW)).isPresent();
        assertThat(seal(2).open(mine, old, NOW)).isEmpty();
        assertThat(seal(1).open(mine, fresh, NOW)).isEmpty();
    }

    @Test
    void theSameContentIsNeverTheSameHandle() {
        Seal seal = seal(1);
        Set<String> handles = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            handles.add(seal.seal(mine, CONTENT, LATER));
        }
        assertThat(handles).hasSize(100);
    }

    @Test
    void whatIsTooLargeIsNeitherSealedNorOpened() {
        byte[] most = new byte[Seal.MOST];
        assertThat(seal(1).open(mine, seal(1).seal(mine, most, LATER), NOW)).hasValue(most);
        assertThatThrownBy(() -> seal(1).seal(mine, new byte[Seal.MOST + 1], LATER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(seal(1).open(mine, "A".repeat(1 << 20), NOW)).isEmpty();
    }

    @Test
    void itsKeysAreNeverShown() {
        assertThat(seal(65)).hasToString("Seal[redacted]");
        assertThatThrownBy(() -> new Seal(List.of(new byte[16]), new SecureRandom()))
                .hasMessage("one key or more, of 32 bytes");
    }
}
