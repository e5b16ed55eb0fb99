package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.EC;
import static dev.wayleave.caller.TokenFixture.ED;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.header;
import static dev.wayleave.caller.TokenFixture.payload;
import static dev.wayleave.caller.TokenFixture.present;
import static dev.wayleave.caller.TokenFixture.settings;
import static dev.wayleave.caller.TokenFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {
    private static final Authentication INVALID = new Authentication.Refused(Refusal.INVALID);

    private final MovableClock clock = new MovableClock();
    private final JwksServer issuer = JwksServer.publishing(RSA);
    private final JwtVerifier verifier = new JwtVerifier(settings(issuer.url()), clock);

    @AfterEach
    void close() {
        issuer.close();
    }

    private Authentication presentBy(SigningKey key) {
        return present(verifier, token(key, key.algorithm(), payload(clock.epochSecond())));
    }

    private Authentication presentUnknown(String keyId) {
        return present(verifier, RSA.token("RS256", header("RS256", keyId), payload(clock.epochSecond())));
    }

    private static void assertVerified(Authentication outcome) {
        assertThat(outcome).isInstanceOf(Authentication.Verified.class);
    }

    /** Calls once a second, as traffic would, and waits for what that sets off in the background. */
    private void traffic(Duration duration) throws InterruptedException {
        for (long second = 0; second < duration.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            assertVerified(presentBy(RSA));
            Thread.sleep(5);
        }
    }

    @Test
    void aNewKeyIsAcceptedAtOnce() {
        assertVerified(presentBy(RSA));
        clock.advance(Duration.ofMillis(50));
        issuer.publish(RSA, EC);

        long start = System.nanoTime();
        assertVerified(presentBy(EC));

        System.out.printf("figures: a new key is accepted after %d ms%n", (System.nanoTime() - start) / 1_000_000);
        assertVerified(presentBy(RSA));
        assertThat(issuer.fetches()).isEqualTo(2);
    }

    @Test
    void aFloodOfUnknownKeysCostsOneFetchInThirtySeconds() {
        assertVerified(presentBy(RSA));
        long start = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            clock.advance(Duration.ofMillis(1));
            assertThat(present(verifier, unsigned("k" + i))).isEqualTo(INVALID);
        }
        System.out.printf(
                "figures: 10,000 unknown keys in 10 s: %d fetches, %d µs each%n",
                issuer.fetches() - 1, (System.nanoTime() - start) / 10_000_000);
        assertThat(issuer.fetches()).isEqualTo(2);
        assertVerified(presentBy(RSA));

        clock.advance(Duration.ofSeconds(21));
        assertThat(presentUnknown("later")).isEqualTo(INVALID);
        assertThat(issuer.fetches()).isEqualTo(3);
    }

    @Test
    void keysThatChangeTwiceInARowAreAcceptedAtOnceEachTime() {
        assertVerified(presentBy(RSA));
        clock.advance(Duration.ofSeconds(1));
        issuer.publish(RSA, EC);
        assertVerified(presentBy(EC));
        clock.advance(Duration.ofSeconds(1));
        issuer.publish(EC, ED);

        long start = System.nanoTime();
        assertVerified(presentBy(ED));

        System.out.printf(
                "figures: a second new key within 30 s is accepted after %d ms%n",
                (System.nanoTime() - start) / 1_000_000);
        assertThat(issuer.fetches()).isEqualTo(3);
    }

    @Test
    void aRotationEarnsAFloodOneFetchAndNoMore() {
        assertVerified(presentBy(RSA));
        clock.advance(Duration.ofSeconds(1));
        issuer.publish(RSA, EC);
        assertVerified(presentBy(EC));
        assertThat(issuer.fetches()).isEqualTo(2);
        for (int i = 0; i < 1_000; i++) {
            clock.advance(Duration.ofMillis(10));
            assertThat(presentUnknown("k" + i)).isEqualTo(INVALID);
            assertVerified(presentBy(EC));
        }
        assertThat(issuer.fetches()).isEqualTo(3);
    }

    private String unsigned(String keyId) {
        return SigningKey.base64(header("RS256", keyId)) + "." + SigningKey.base64(payload(clock.epochSecond()))
                + ".AA";
    }

    @Test
    void manyCallersAtOnceShareOneFetch() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger verified = new AtomicInteger();
        Thread[] callers = new Thread[50];
        String token = token(RSA, "RS256", payload(clock.epochSecond()));
        for (int i = 0; i < callers.length; i++) {
            callers[i] = Thread.ofVirtual().start(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                if (present(verifier, token) instanceof Authentication.Verified) {
                    verified.incrementAndGet();
                }
            });
        }
        go.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(verified).hasValue(50);
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void aWithdrawnKeyIsRefusedWithinAMinuteOfTraffic() throws InterruptedException {
        issuer.publish(RSA, ED);
        String token = token(ED, "EdDSA", payload(clock.epochSecond()));
        assertVerified(present(verifier, token));
        issuer.publish(RSA);
        int seconds = 0;
        while (present(verifier, token) instanceof Authentication.Verified) {
            traffic(Duration.ofSeconds(1));
            seconds++;
        }
        System.out.println("figures: a withdrawn key is refused after " + seconds + " s");
        assertThat(seconds).isLessThanOrEqualTo(60);
    }

    @Test
    void aWithdrawnKeyIsRefusedAfterAnIdleMinute() {
        issuer.publish(RSA, ED);
        String token = token(ED, "EdDSA", payload(clock.epochSecond()));
        assertVerified(present(verifier, token));
        issuer.publish(RSA);
        clock.advance(Duration.ofSeconds(60));
        assertThat(present(verifier, token)).isEqualTo(INVALID);
    }

    @Test
    void trafficCostsAFetchInFortyFiveSeconds() throws InterruptedException {
        assertVerified(presentBy(RSA));
        traffic(Duration.ofMinutes(10));
        System.out.println("figures: ten minutes of traffic: " + issuer.fetches() + " fetches");
        assertThat(issuer.fetches()).isBetween(10, 15);
    }

    @Test
    void aKnownTokenCostsNoFetch() {
        String token = token(RSA, "RS256", payload(clock.epochSecond()));
        assertVerified(present(verifier, token));
        int verified = 0;
        long start = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            verified += present(verifier, token) instanceof Authentication.Verified ? 1 : 0;
        }
        System.out.printf("figures: a known token costs %d ns%n", (System.nanoTime() - start) / 10_000);
        assertThat(verified).isEqualTo(10_000);
        assertThat(issuer.fetches()).isEqualTo(1);
    }
}
