package dev.wayleave.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that are described by a document under their own id. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClientDocumentsTest {
    private HttpServer publisher;
    private SandboxFixture sandbox;
    private String origin;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        publisher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        publisher.start();
        origin = "http://127.0.0.1:" + publisher.getAddress().getPort();
        sandbox = SandboxFixture.start(folder);
    }

    @AfterAll
    void stop() {
        publisher.stop(0);
        sandbox.close();
    }

    private void publish(String path, int status, String body) {
        publisher.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Location", origin + "/target");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private String document(String id, String more) {
        return "{\"client_id\":\"" + id + "\",\"client_name\":\"Documented\",\"redirect_uris\":[\""
                + SandboxFixture.REDIRECT + "\"]" + more + "}";
    }

    private int authorize(String id) {
        Map<String, String> parameters = sandbox.authorization();
        parameters.put("client_id", id);
        return sandbox.authorize(parameters).statusCode();
    }

    @Test
    void aClientThatDescribesItselfSignsIn() {
        String id = origin + "/good";
        publish("/good", 200, document(id, ",\"token_endpoint_auth_method\":\"none\""));
        Map<String, String> parameters = sandbox.authorization();
        parameters.put("client_id", id);
        ConsentForm form = ConsentForm.parse(sandbox.authorize(parameters).body());

        Map<String, String> exchange = sandbox.exchange(sandbox.code(form));
        exchange.put("client_id", id);

        assertThat(SandboxFixture.tokens(sandbox.form("/oauth/token", exchange)).scope())
                .startsWith("read");
    }

    @Test
    void aDocumentThatIsNotTheClientsOwnIsRefused() {
        publish("/other", 200, document(origin + "/good", ""));
        publish("/secret", 200, document(origin + "/secret", ",\"client_secret\":\"x\""));
        publish("/keyed", 200, document(origin + "/keyed", ",\"token_endpoint_auth_method\":\"private_key_jwt\""));
        publish("/moved", 302, document(origin + "/moved", ""));
        publish("/target", 200, document(origin + "/moved", ""));
        publish("/large", 200, document(origin + "/large", ",\"x\":\"" + "x".repeat(20_000) + "\""));
        publish("/broken", 200, "{");

        for (String path : new String[] {"/other", "/secret", "/keyed", "/moved", "/large", "/broken", "/missing"}) {
            assertThat(authorize(origin + path)).as(path).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example/client.json,       true",
        "http://127.0.0.1:4000/client,          true",
        "http://app.example/client.json,        false",
        "https://app.example,                   false",
        "https://app.example/,                  false",
        "https://app.example/a/../client.json,  false",
        "https://app.example/client.json#x,     false",
        "https://me@app.example/client.json,    false",
        "ftp://app.example/client.json,         false",
        "5f0c1f0e-7a4e-4a52-9f5e-0b9d1e1e0001,  false",
    })
    void onlyPlainUrlsAreFetched(String id, boolean fetched) {
        assertThat(ClientDocuments.isDocumentUrl(id)).isEqualTo(fetched);
    }

    @ParameterizedTest
    @CsvSource({
        "93.184.216.34,   true",
        "127.0.0.1,       true",
        "::1,             true",
        "10.1.2.3,        false",
        "172.16.0.1,      false",
        "192.168.1.1,     false",
        "169.254.169.254, false",
        "100.64.0.1,      false",
        "0.0.0.0,         false",
        "fe80::1,         false",
        "fd00::1,         false",
        "::ffff:10.0.0.1, false",
    })
    void privateNetworksAreNotReached(String address, boolean allowed) {
        assertThat(ClientDocuments.isAllowed(InetAddress.ofLiteral(address))).isEqualTo(allowed);
    }
}
