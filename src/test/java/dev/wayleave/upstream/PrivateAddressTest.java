package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wayleave.FakePlatform;
import dev.wayleave.caller.Reach;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.client.HttpClientRegistry;
import io.micronaut.http.ssl.ClientSslConfiguration;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A platform of the internet whose name leads inside gets no connection. Here 127.0.0.2 stands for the internet, and names
 * are found by a table.
 */
class PrivateAddressTest {
    private static final InetAddress INTERNET = InetAddress.ofLiteral("127.0.0.2");
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static volatile String found = "127.0.0.2";
    private static final ApplicationContext CONTEXT = ApplicationContext.builder()
            .deduceEnvironment(false)
            .properties(Map.of())
            .start();

    private static final PlatformClients CLIENTS = new PlatformClients(
            CONTEXT.getBean(HttpClientRegistry.class),
            CONTEXT,
            new HostNames(
                    host -> {
                        ASKED.incrementAndGet();
                        if (host.startsWith("slow")) {
                            sleep();
                        }
                        if (found.isEmpty()) {
                            throw new UnknownHostException();
                        }
                        return Stream.of(found.split(" ", -1))
                                .map(InetAddress::ofLiteral)
                                .toArray(InetAddress[]::new);
                    },
                    addresses ->
                            Stream.of(addresses).allMatch(one -> one.equals(INTERNET) || Reach.PUBLIC.admits(one))),
            ClientSslConfiguration::new);

    private static void sleep() {
        try {
            Thread.sleep(3_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeEach
    void begin() {
        found = "127.0.0.2";
        ASKED.set(0);
    }

    private static Upstream upstream(String url) {
        return new HttpUpstream(
                new PlatformAddress(URI.create(url)),
                "Authorization",
                new HttpUpstream.Terms(Duration.ofSeconds(2), Duration.ofMinutes(1), 65_536),
                CLIENTS,
                InstantSource.system());
    }

    private static UpstreamRequest request() {
        return new UpstreamRequest(
                "GET", "/", List.of(), null, null, true, Instant.now().plusSeconds(5));
    }

    private static void assertKind(Upstream upstream, UpstreamException.Kind kind) {
        assertThatThrownBy(() -> upstream.send(request()))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void aNameThatIsTurnedInsideLaterIsRefusedAtTheNextConnection() throws Exception {
        try (FakePlatform outside = FakePlatform.at(INTERNET);
                FakePlatform inside = FakePlatform.at(
                        InetAddress.getLoopbackAddress(), outside.url().getPort());
                Upstream upstream = upstream("http://api.test:" + outside.url().getPort())) {
            outside.answer(request -> FakePlatform.response(200, "", "", "Connection: close"));
            assertThat(upstream.send(request()).status()).isEqualTo(200);
            assertThat(outside.received().getFirst().header("Host"))
                    .containsExactly("api.test:" + outside.url().getPort());

            for (String turned : List.of("127.0.0.1", "127.0.0.2 127.0.0.1", "127.0.0.1 127.0.0.2")) {
                found = turned;
                assertKind(upstream, UpstreamException.Kind.PRIVATE_ADDRESS);
            }
            assertThat(inside.connections()).isZero();
            assertThat(ASKED).as("each connection asks anew").hasValueGreaterThanOrEqualTo(4);

            found = "127.0.0.2";
            assertThat(upstream.send(request()).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "169.254.169.254",
                "192.168.0.1",
                "100.64.0.1",
                "0.0.0.0",
                "::1",
                "fd00::1",
                "fe80::1",
                "64:ff9b::7f00:1",
                "::ffff:10.0.0.1",
                "198.51.100.1"
            })
    void aNameThatLeadsInsideIsRefusedBeforeAnyConnection(String address) throws Exception {
        found = address;
        try (Upstream upstream = upstream("http://api.test:9")) {
            assertKind(upstream, UpstreamException.Kind.PRIVATE_ADDRESS);
        }
    }

    @Test
    void aNameThatNobodyKnowsIsUnreachable() throws Exception {
        found = "";
        try (Upstream upstream = upstream("http://api.test:9")) {
            assertKind(upstream, UpstreamException.Kind.UNREACHABLE);
        }
    }

    @Test
    void aHostUnderAPatternMayNotLeadInsideUnlessThatIsAllowed() throws Exception {
        found = "127.0.0.1";
        try (FakePlatform inside = FakePlatform.json("{}");
                Origins refusing = origins(new Origins.Allowed(OriginPattern.parse("http://*.test.example:*"), true));
                Origins allowing =
                        origins(new Origins.Allowed(OriginPattern.parse("http://localhost:*"), true, Reach.ANYWHERE))) {
            int port = inside.url().getPort();
            Origins.Reached db =
                    refusing.find("http://db.test.example:" + port, true).orElseThrow();
            assertKind(db.upstream(), UpstreamException.Kind.PRIVATE_ADDRESS);
            assertThat(inside.connections()).isZero();

            Origins.Reached near =
                    allowing.find("http://localhost:" + port, true).orElseThrow();
            assertThat(near.upstream().send(request()).status()).isEqualTo(200);
        }
    }

    @Test
    void aPlatformThatIsInsideByChoiceIsReached() throws Exception {
        found = "127.0.0.1";
        try (FakePlatform inside = FakePlatform.json("{}");
                Upstream upstream = upstream("http://localhost:" + inside.url().getPort())) {
            assertThat(upstream.send(request()).status()).isEqualTo(200);
            assertThat(ASKED).hasValue(0);
        }
    }

    @Test
    void aNameThatIsLookedForLongHoldsUpNobodyElse() throws Exception {
        try (FakePlatform outside = FakePlatform.at(INTERNET);
                Upstream slow = upstream("http://slow.test:" + outside.url().getPort());
                Upstream fast = upstream("http://api.test:" + outside.url().getPort())) {
            List<Thread> waiting = IntStream.range(0, 64)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> {
                        try {
                            slow.send(request());
                        } catch (UpstreamException e) {
                            // it took too long
                        }
                    }))
                    .toList();
            Thread.sleep(300);
            long began = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                outside.answer(request -> FakePlatform.response(200, "", "", "Connection: close"));
                assertThat(fast.send(request()).status()).isEqualTo(200);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
            for (Thread thread : waiting) {
                thread.join();
            }
        }
    }

    private static Origins origins(Origins.Allowed allowed) {
        return HttpUpstream.origins(
                List.of(allowed),
                new HttpUpstream.Terms(Duration.ofSeconds(2), Duration.ofMinutes(1), 65_536),
                CLIENTS,
                new Random(1),
                InstantSource.system(),
                way -> way);
    }
}
