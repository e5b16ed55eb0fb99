package dev.wayleave.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    private static final URI METADATA = URI.create("https://h.example/.well-known/oauth-protected-resource/mcp");

    @Test
    void withoutCredentialsThereIsNoErrorCode() {
        assertThat(Challenge.unauthenticated(METADATA, List.of("write", "read")))
                .isEqualTo("Bearer scope=\"read write\", resource_metadata=\"" + METADATA + "\"");
        assertThat(Challenge.unauthenticated(METADATA, List.of()))
                .isEqualTo("Bearer resource_metadata=\"" + METADATA + "\"");
    }

    @Test
    void aBadTokenIsCalledInvalid() {
        assertThat(Challenge.invalidToken(METADATA, List.of("read")))
                .startsWith("Bearer error=\"invalid_token\", error_description=\"")
                .endsWith(", scope=\"read\", resource_metadata=\"" + METADATA + "\"");
    }

    @Test
    void aStepUpNamesEveryScopeOnce() {
        assertThat(Challenge.insufficientScope(METADATA, List.of("b", "a", "b"), "pets_delete needs a and b"))
                .isEqualTo("Bearer error=\"insufficient_scope\", error_description=\"pets_delete needs a and b\","
                        + " scope=\"a b\", resource_metadata=\"" + METADATA + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\b", "a\r\nX: y", "a\tb", "ä", "a\u0000", "\u007f", "\ud83d\ude00"})
    void whatTheHeaderCannotCarryIsRefusedAndNotRepeated(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Challenge.insufficientScope(METADATA, List.of("a"), text))
                .withMessageContaining("error_description")
                .withMessageNotContaining(text);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Challenge.unauthenticated(METADATA, List.of(text)))
                .withMessageNotContaining(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a "})
    void aScopeIsOneScope(String scope) {
        assertThatIllegalArgumentException().isThrownBy(() -> Challenge.invalidToken(METADATA, List.of(scope)));
    }
}
