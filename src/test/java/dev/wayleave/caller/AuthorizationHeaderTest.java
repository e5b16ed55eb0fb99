package dev.wayleave.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationHeaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER abc", "bEaReR a-._~+/b==", "Bearer a.b.c"})
    void oneTokenAfterTheSchemeInAnyCaseIsPresented(String value) {
        assertThat(AuthorizationHeader.read(List.of(value)))
                .isEqualTo(new AuthorizationHeader.Credentials.Presented(BearerToken.of(value.substring(7))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Bearer",
                "Bearer ",
                "Bearer  abc",
                "Bearer\tabc",
                "Bearer abc ",
                "Bearer abc\t",
                " Bearer abc",
                "Bearer a b",
                "Bearer a,b",
                "Bearer a, Bearer b",
                "Bearer abc,",
                "Bearer \"abc\"",
                "Bearer =",
                "Bearer a=b",
                "Bearer a\u00a0",
                "Bearer\u00a0a",
                "Bearer ä",
                "Bearer a\n",
                "Bearer a\u0000",
                "Basic YTpi",
                "Bearerabc",
                "Token abc",
                "abc",
                "Bearer token=abc",
                "Bearer: abc"
            })
    void everythingElseIsMalformed(String value) {
        assertThat(AuthorizationHeader.read(List.of(value)))
                .isEqualTo(new AuthorizationHeader.Credentials.Unusable(Refusal.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP abc", "dpop abc", "DPOP a.b.c"})
    void aTokenThatIsBoundToAKeyIsRefusedInEveryMode(String value) {
        assertThat(AuthorizationHeader.read(List.of(value)))
                .isEqualTo(new AuthorizationHeader.Credentials.Unusable(Refusal.SENDER_CONSTRAINED));
        assertThat(AuthorizationHeader.read(List.of("Bearer abc", value)))
                .isEqualTo(new AuthorizationHeader.Credentials.Unusable(Refusal.SENDER_CONSTRAINED));
        assertThat(TokenVerifier.none().verify(List.of(value)))
                .isEqualTo(new Authentication.Refused(Refusal.SENDER_CONSTRAINED));
    }

    @Test
    void twoFieldLinesAreMalformedEvenIfTheyAreTheSame() {
        assertThat(AuthorizationHeader.read(List.of("Bearer abc", "Bearer abc")))
                .isEqualTo(new AuthorizationHeader.Credentials.Unusable(Refusal.MALFORMED));
    }

    @Test
    void noFieldLineIsMissing() {
        assertThat(AuthorizationHeader.read(List.of()))
                .isEqualTo(new AuthorizationHeader.Credentials.Unusable(Refusal.MISSING));
    }

    @Test
    void whereNothingIsVerifiedEveryoneIsAnonymousWhateverTheyPresent() {
        Authentication anonymous = new Authentication.Verified(Caller.anonymous());
        TokenVerifier none = TokenVerifier.none();

        assertThat(none.verify(List.of())).isEqualTo(anonymous);
        assertThat(none.verify(List.of("Bearer abc", "Basic x"))).isEqualTo(anonymous);
        assertThat(Caller.anonymous().token()).isNull();
    }
}
