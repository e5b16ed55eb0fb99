package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.AUDIENCE;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.header;
import static dev.wayleave.caller.TokenFixture.present;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No token, nothing that was said about it and no secret of ours is logged or rendered where somebody is asked. */
class AskedCanaryTest {
    private static final String CANARY = "canary-7e2f90";

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final AuthorizationServer server = new AuthorizationServer();
    private final IntrospectionSettings settings = new IntrospectionSettings(
            server.url(), "wayleave", ClientSecret.of("secret-" + CANARY), null, ClaimRules.of(List.of(AUDIENCE)));
    private final EverythingLogged log = new EverythingLogged();

    @AfterEach
    void close() {
        log.close();
        server.close();
    }

    private static String active() {
        return "{\"active\":true,\"sub\":\"" + CANARY + "\",\"aud\":\"" + AUDIENCE + "\",\"x\":\"" + CANARY + "\"}";
    }

    private static List<String> tokens() {
        return List.of(
                CANARY,
                CANARY + ".x.y",
                RSA.token("RS256", header("RS256", CANARY), "{\"sub\":\"" + CANARY + "\"}"),
                RSA.token("RS256", header("RS256", CANARY), "{\"sub\":\"" + CANARY + "\",\"cnf\":{}}"),
                RSA.token("RS256", header("RS256", CANARY), "{\"sub\":\"" + CANARY));
    }

    @Test
    void nothingIsLoggedOrRenderedWhateverIsAnswered() {
        TokenVerifier verifier = TokenVerifier.introspection(settings, clock);
        List<String> rendered = new ArrayList<>(List.of(verifier.toString(), settings.toString()));
        for (String answer : List.of(
                active(), "{\"active\":false,\"why\":\"" + CANARY + "\"}", CANARY, "{\"active\":\"" + CANARY + "\"}")) {
            server.answer(token -> answer);
            for (String token : tokens()) {
                rendered.add(present(verifier, token).toString());
            }
            clock.advance(Duration.ofSeconds(31));
        }
        server.behave((exchange, token) -> JwksServer.answer(exchange, 500, CANARY));
        rendered.add(present(verifier, CANARY).toString());

        assertThat(log.text()).contains("refused").contains("does not say whether tokens are good");
        assertFree(String.join("\n", rendered));
        assertFree(log.text());
    }

    @Test
    void theSameWhereThePlatformIsAsked() {
        List<String> rendered = new ArrayList<>();
        for (int status : new int[] {200, 401, 500}) {
            TokenProbe.Answer answer = new TokenProbe.Answer(status, CANARY.getBytes(StandardCharsets.UTF_8));
            ProbeSettings probe = new ProbeSettings(
                    "https://p.example", null, Duration.ofSeconds(30), null, null, ClaimRules.of(List.of()), Map.of());
            TokenVerifier verifier = TokenVerifier.probe(probe, (token, within) -> Optional.of(answer), clock);
            rendered.addAll(List.of(verifier.toString(), probe.toString(), answer.toString()));
            for (String token : tokens()) {
                rendered.add(present(verifier, token).toString());
            }
        }
        TokenVerifier faulty = TokenVerifier.probe(
                new ProbeSettings(
                        "https://p.example",
                        null,
                        Duration.ofSeconds(30),
                        null,
                        null,
                        ClaimRules.of(List.of()),
                        Map.of()),
                (token, within) -> {
                    throw new IllegalStateException(CANARY);
                },
                clock);
        rendered.add(present(faulty, CANARY).toString());

        assertFree(String.join("\n", rendered));
        assertFree(log.text());
    }

    @Test
    void noThreadShowsATokenWhileItIsAskedAbout() throws IOException, InterruptedException {
        server.behave((exchange, token) -> {
            try {
                Thread.sleep(2_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        TokenVerifier verifier = TokenVerifier.introspection(settings, clock);
        Thread asking = Thread.ofVirtual().start(() -> present(verifier, CANARY));
        while (server.asked().isEmpty()) {
            Thread.sleep(5);
        }
        Path dump = folder.resolve("threads.json");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);

        assertThat(Files.readString(dump)).contains("Introspection").doesNotContain(CANARY);
        asking.interrupt();
    }

    @Test
    void whatHoldsSecretsRendersNone() {
        BearerToken token = BearerToken.of(CANARY);
        List<Object> holders = List.of(
                settings,
                settings.clientSecret(),
                new TokenHash(CANARY.getBytes(StandardCharsets.UTF_8)),
                new Authority.Vouched(Caller.anonymous().presenting(token), 1),
                new CannotVerifyException("status 500"));

        holders.forEach(holder -> assertFree(holder.toString()));
        assertThat(new TokenHash(new byte[32]).of(token))
                .hasSize(64)
                .isNotEqualTo(new TokenHash(new byte[] {1}).of(token));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientSecret.of(CANARY + "\n"))
                .withMessageNotContaining(CANARY)
                .withNoCause();
    }

    private static void assertFree(String text) {
        assertThat(text).doesNotContain(CANARY).doesNotContain(SigningKey.base64(CANARY));
    }
}
