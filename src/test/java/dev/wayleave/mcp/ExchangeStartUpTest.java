package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wayleave.RunningWayleave;
import dev.wayleave.config.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An exchange that is not wholly configured stops the start in one line that names the key and shows no secret. */
class ExchangeStartUpTest {
    private static final String UPSTREAM = "wayleave.platforms.test.upstream.";
    private static final String SECRET = "hunter2-canary";

    @TempDir
    Path folder;

    private Map<String, Object> settings() {
        return new HashMap<>(Map.of(
                UPSTREAM + "credential", "exchange",
                UPSTREAM + "exchange.url", "http://127.0.0.1:1/token",
                UPSTREAM + "exchange.client-id", "wayleave",
                UPSTREAM + "exchange.client-secret", SECRET,
                UPSTREAM + "exchange.audience", "https://api.example.com"));
    }

    private String refusal(Map<String, Object> settings) {
        Throwable thrown = catchThrowable(
                () -> RunningWayleave.with(folder, PetStore.YAML, settings).close());
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage())).doesNotContain(SECRET);
            if (cause instanceof InvalidConfiguration invalid) {
                String message = String.valueOf(invalid.getMessage());
                assertThat(message).doesNotContain("\n");
                return message;
            }
        }
        throw new AssertionError("the start was not refused", thrown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "credential | both | upstream.credential must be one of | exchange, forward",
                "credential | | upstream.exchange is set | unless wayleave.platforms.test.upstream.credential is exchange",
                "exchange.url | | upstream.exchange.url is missing | the token endpoint",
                "exchange.url | http://as.example.com/token | upstream.exchange | url: must be an https URL; http is only for loopback",
                "exchange.url | https://u:hunter2-canary@as.example.com/token | upstream.exchange.url must be | without user",
                "exchange.client-id | | upstream.exchange.client-id is missing | the client",
                "exchange.client-secret | | upstream.exchange.client-secret and | are both missing",
                "exchange.client-secret | file:/no/such/hunter2-canary | upstream.exchange.client-secret (context) | cannot be read",
                "exchange.client-secret | ${hunter2-canary} | upstream.exchange.client-secret (context) | not set",
                "exchange.private-key | hunter2-canary | upstream.exchange.client-secret and | are both set",
                "exchange.audience | | upstream.exchange.audience is missing | the platform",
                "exchange.scope | a b | upstream.exchange | scope: names a scope that no token can hold",
                "exchange.algorithm | ES256 | upstream.exchange.algorithm must be | beside a private-key",
                "exchange.clientid | x | upstream.exchange.clientid is not a key | upstream.exchange.client-id",
            })
    void itNamesTheKeyAndWhatWouldBeRight(String key, String value, String expected, String right) {
        Map<String, Object> settings = settings();
        settings.put(UPSTREAM + key, value == null ? "" : value);
        assertThat(refusal(settings))
                .contains("wayleave.platforms.test." + expected)
                .contains(right);
    }

    @Test
    void exchangeAloneIsNotEnough() {
        assertThat(refusal(Map.of(UPSTREAM + "credential", "exchange")))
                .contains("wayleave.platforms.test.upstream.exchange.url is missing");
    }

    @Test
    void aTokenThatNobodyOrThePlatformKnowsCannotBeExchanged() {
        Map<String, Object> settings = settings();
        settings.put("wayleave.platforms.test.callers.issuer", "");
        settings.put("wayleave.platforms.test.callers.jwks-url", "");
        for (String verify : List.of("none", "probe")) {
            settings.put("wayleave.platforms.test.callers.verify", verify);
            assertThat(refusal(settings))
                    .contains("wayleave.platforms.test.upstream.exchange needs callers verified")
                    .contains("wayleave.platforms.test.callers.verify is " + verify);
        }
    }

    @Test
    void aKeyFileMustHoldAPrivateKeyThatFits() throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Map<String, Object> settings = settings();
        settings.put(UPSTREAM + "exchange.client-secret", "");
        String key = UPSTREAM + "exchange.private-key";

        settings.put(key, file("public.pem", "PUBLIC KEY", pair.getPublic()));
        assertThat(refusal(settings)).contains(key + " (context): the key is a public key; the private one is needed");
        settings.put(key, "file:" + folder.resolve("none.pem"));
        assertThat(refusal(settings)).contains(key + " (context) names a file that cannot be read");
        settings.put(key, folder.resolve("public.pem").toString());
        assertThat(refusal(settings)).contains(key).contains("a file is named with file: in front of it");
        settings.put(key, file("private.pem", "PRIVATE KEY", pair.getPrivate()));
        settings.put(UPSTREAM + "exchange.algorithm", "RS256");
        assertThat(refusal(settings)).contains(key).contains("does not sign with RS256");
        settings.put(UPSTREAM + "exchange.algorithm", "HS256");
        assertThat(refusal(settings)).contains("exchange.algorithm must be one of EdDSA, ES256, PS256, RS256");
        settings.put(UPSTREAM + "exchange.algorithm", "EdDSA");
        RunningWayleave.with(folder, PetStore.YAML, settings).close();
    }

    private String file(String name, String label, Key key) throws IOException {
        return "file:"
                + Files.writeString(
                        folder.resolve(name),
                        "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(key.getEncoded())
                                + "\n-----END " + label + "-----\n");
    }
}
