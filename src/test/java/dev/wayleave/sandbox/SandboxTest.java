package dev.wayleave.sandbox;

import static dev.wayleave.sandbox.SandboxFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting, stopping and starting again, and the edge that every request passes. */
final class SandboxTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::"})
    void onlyLoopbackAddressesAreServed(String host, @TempDir Path folder) {
        assertThatThrownBy(() -> new SandboxOptions(
                        InetAddress.ofLiteral(host), 0, folder, URI.create(SandboxFixture.RESOURCE), Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback addresses only");
    }

    @Test
    void everythingIsThereAgainAfterARestart(@TempDir Path folder) {
        SandboxFixture.Tokens tokens;
        int port;
        Map<String, String> refreshing;
        String sql;
        try (SandboxFixture before = SandboxFixture.start(folder)) {
            port = before.issuer().getPort();
            tokens = before.signIn(before.consentForm());
            refreshing = before.refreshing(tokens.refresh());
            before.call(
                    "POST",
                    "/v1/organizations/acme/databases",
                    tokens.access(),
                    "{\"name\":\"kept\",\"group\":\"default\"}");
            sql = before.databaseToken(tokens.access(), "acme", "kept", "full-access");
            before.sql(sql, "create table t (x)", "insert into t values (42)");
        }
        try (SandboxFixture after = SandboxFixture.start(folder, port)) {
            assertThat(after.get("/v1/auth/validate", tokens.access()).statusCode())
                    .isEqualTo(200);
            assertThat(after.sql(sql, "select x from t")
                            .at("/0/response/result/rows/0/0/value")
                            .asText())
                    .isEqualTo("42");
            Map<String, String> parameters = after.authorization();
            parameters.put("client_id", refreshing.getOrDefault("client_id", ""));
            assertThat(after.authorize(parameters).statusCode()).isEqualTo(200);
            String renewed = SandboxFixture.tokens(after.form("/oauth/token", refreshing))
                    .access();
            assertThat(json(after.get("/v1/organizations/acme/databases", renewed))
                            .path("databases"))
                    .map(database -> database.path("Name").asText())
                    .containsExactly("kept", "papers", "shop");
        }
    }

    @Test
    void twoSandboxesDoNotShareAFolder(@TempDir Path folder) {
        try (SandboxFixture first = SandboxFixture.start(folder)) {
            assertThat(first.issuer()).isNotNull();
            assertThatThrownBy(() -> SandboxFixture.start(folder)).hasMessageContaining("another sandbox");
        }
    }

    @Test
    void aForeignHostIsTurnedAway(@TempDir Path folder) throws IOException {
        try (SandboxFixture sandbox = SandboxFixture.start(folder)) {
            int port = sandbox.issuer().getPort();
            assertThat(status(port, "Host: evil.example:" + port)).isEqualTo("421");
            assertThat(status(port, "Host: localhost:" + port)).isEqualTo("200");
            assertThat(status(port, "Host: localhost:" + port + "\r\nHost: localhost:" + port))
                    .isEqualTo("421");
        }
    }

    private static String status(int port, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET /health HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readNBytes(12), StandardCharsets.US_ASCII).substring(9);
            }
        }
    }

    @Test
    void everyBodyIsBounded(@TempDir Path folder) {
        try (SandboxFixture sandbox = SandboxFixture.start(folder)) {
            String long17k = "x".repeat(17 << 10);
            assertThat(sandbox.register("{\"client_name\":\"" + long17k + "\"}").statusCode())
                    .isEqualTo(413);
            assertThat(sandbox.post("/oauth/token", "code=" + long17k).statusCode())
                    .isEqualTo(413);
            assertThat(sandbox.call("POST", "/v2/pipeline", "x", "x".repeat((1 << 20) + 1))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(sandbox.call("GET", "/health?" + "x".repeat(8_193), "x", null)
                            .statusCode())
                    .isEqualTo(414);
            assertThat(SandboxFixture.send(sandbox.to("/oauth/token")
                                    .header("Content-Type", "application/json")
                                    .timeout(Duration.ofSeconds(5))
                                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                    .build())
                            .body())
                    .contains("invalid_request");
        }
    }

    @Test
    void secretsAreNotInTexts() throws Exception {
        Headers headers = new Headers();
        headers.set("Authorization", "Bearer s3cret");
        Parameters query = Parameters.parse("code=s3cret");
        Request request = new Request(
                "POST", "/oauth/token", Map.of(), query, headers, "s3cret", InetAddress.getLoopbackAddress());
        Grant grant = new Grant("g", "demo", "c", "acme", null, Set.of(Scope.READ));

        assertThat(request.toString()).isEqualTo("POST /oauth/token");
        assertThat(new Grants.Renewal(grant, "s3cret").toString()).isEqualTo("Renewal[g]");
        Keys keys = new Keys(
                new ECKeyGenerator(Curve.P_256).keyID("k").generate(), new OctetSequenceKeyGenerator(256).generate());
        assertThat(keys.toString()).isEqualTo("Keys[k]");
    }
}
