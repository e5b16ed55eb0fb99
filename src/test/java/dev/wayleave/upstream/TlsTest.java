package dev.wayleave.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Reach;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.client.HttpClientRegistry;
import io.micronaut.http.ssl.ClientSslConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A platform must prove who it is before it gets a token; where it does not, nothing was sent, and nobody is told otherwise. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static PlatformClients clients;

    @BeforeAll
    static void certify() throws Exception {
        key("ca", "CN=Authority", "-ext", "bc:c");
        signed("good", "san=dns:localhost");
        signed("expired", "san=dns:localhost", "-startdate", "-20d", "-validity", "10");
        signed("elsewhere", "san=dns:platform.example");
        key("self", "CN=localhost", "-ext", "san=dns:localhost");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", keys().getCertificate("ca"));
        Path trust = folder.resolve("trust.p12");
        try (var out = Files.newOutputStream(trust)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .properties(Map.of())
                .start();
        clients = new PlatformClients(
                context.getBean(HttpClientRegistry.class),
                context,
                new HostNames(InetAddress::getAllByName, Reach.PUBLIC::admits),
                () -> {
                    ClientSslConfiguration tls = new ClientSslConfiguration();
                    tls.getTrustStore().setPath("file:" + trust);
                    tls.getTrustStore().setType("PKCS12");
                    tls.getTrustStore().setPassword(PASSWORD);
                    return tls;
                });
    }

    private static void key(String alias, String name, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                name,
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve("keys.p12").toString(),
                "-storepass",
                PASSWORD));
        Collections.addAll(command, more);
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    private static void signed(String alias, String name, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("-signer", "ca", "-ext", name));
        Collections.addAll(all, more);
        key(alias, "CN=" + alias, all.toArray(String[]::new));
    }

    private static KeyStore keys() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static SSLContext only(String alias) throws Exception {
        KeyStore keys = keys();
        for (String other : Collections.list(keys.aliases())) {
            if (!other.equals(alias)) {
                keys.deleteEntry(other);
            }
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** With what sends again what may be; and a write, which must be told that nothing was sent. */
    private static RetryingUpstream upstream(int port) {
        Upstream http = new HttpUpstream(
                new PlatformAddress(URI.create("https://localhost:" + port)),
                "Authorization",
                new HttpUpstream.Terms(Duration.ofMillis(700), Duration.ofMinutes(1), 10_000),
                clients,
                InstantSource.system());
        return new RetryingUpstream(
                http,
                Hints.NONE,
                new RetryBudget(1_000, InstantSource.system()),
                Duration.ofMillis(1),
                new Random(1),
                InstantSource.system());
    }

    private static UpstreamRequest request(boolean safe) {
        return new UpstreamRequest(
                safe ? "GET" : "POST",
                "/",
                List.of(),
                null,
                BearerToken.of("secret-token"),
                safe,
                Instant.now().plusSeconds(8));
    }

    private static void isRefused(RetryingUpstream upstream) {
        for (boolean safe : new boolean[] {true, false}) {
            long began = System.nanoTime();
            assertThatThrownBy(() -> upstream.send(request(safe)))
                    .isInstanceOf(UpstreamException.class)
                    .hasMessage("INSECURE");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        }
        assertThat(upstream.retries()).isZero();
    }

    private interface Trying {
        void with(RetryingUpstream upstream, AtomicInteger requests) throws Exception;
    }

    private static void against(String alias, Trying trying) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpsServer platform = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.setHttpsConfigurator(new HttpsConfigurator(only(alias)));
        platform.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
        });
        platform.start();
        try (RetryingUpstream upstream = upstream(platform.getAddress().getPort())) {
            trying.with(upstream, requests);
        } finally {
            platform.stop(0);
        }
    }

    @Test
    void whoProvesThatItIsThePlatformGetsTheRequest() throws Exception {
        against("good", (upstream, requests) -> {
            assertThat(upstream.send(request(true)).status()).isEqualTo(200);
            assertThat(requests).hasValue(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"self", "expired", "elsewhere"})
    void whoDoesNotGetsNone(String certificate) throws Exception {
        against(certificate, (upstream, requests) -> {
            isRefused(upstream);
            assertThat(requests).hasValue(0);
        });
    }

    /** Silent; a server that only speaks an older TLS; one that speaks none. */
    @ParameterizedTest
    @ValueSource(strings = {"", "15030100020246", "485454502f312e3120323030204f4b0d0a0d0a"})
    void whatIsNoHandshakeEndsWithinTheTimeForConnecting(String bytes) throws Exception {
        AtomicInteger connections = new AtomicInteger();
        List<Socket> open = Collections.synchronizedList(new ArrayList<>());
        List<byte[]> read = Collections.synchronizedList(new ArrayList<>());
        try (ServerSocket platform = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                RetryingUpstream upstream = upstream(platform.getLocalPort())) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Socket socket = platform.accept();
                        open.add(socket);
                        connections.incrementAndGet();
                        socket.getOutputStream().write(HexFormat.of().parseHex(bytes));
                        byte[] some = new byte[4096];
                        int length = socket.getInputStream().read(some);
                        read.add(length < 0 ? new byte[0] : some);
                    }
                } catch (IOException e) {
                    // it is over
                }
            });
            isRefused(upstream);
            assertThat(connections).hasValue(2);
            assertThat(read)
                    .allSatisfy(some -> assertThat(new String(some, US_ASCII)).doesNotContain("secret-token"));
            for (Socket socket : open) {
                socket.close();
            }
        }
    }
}
