package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.wayleave.AuthorizationServerProcess;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens are exchanged at an authorization server that is not ours: Spring's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final URI ENDPOINT = URI.create("https://mcp.example.com/mcp");
    private static final String AUDIENCE = "https://api.example.com";
    private static final String UPSTREAM = "wayleave.platforms.test.upstream.";
    private static final String CALLERS = "wayleave.platforms.test.callers.";

    @TempDir
    Path folder;

    private final RSAKey rsa = rsa("rs");
    private final RSAKey pss = rsa("ps");
    private final ECKey ec = ec();
    private final FakePlatform keys =
            FakePlatform.json(new JWKSet(List.of(rsa, pss, ec)).toPublicJWKSet().toString());

    @SuppressWarnings("NullAway.Init") // or the tests are not run
    private AuthorizationServerProcess server;

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(id)
                    .algorithm(JWSAlgorithm.parse(id.toUpperCase(java.util.Locale.ROOT) + "256"))
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID("es")
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    void start() throws IOException, InterruptedException {
        Optional<String> classPath = AuthorizationServerProcess.classPath();
        assumeTrue(classPath.isPresent(), "the authorization server's class path cannot be had");
        server = AuthorizationServerProcess.start(classPath.orElseThrow(), ENDPOINT, keys.url());
    }

    @AfterAll
    void stop() {
        keys.close();
        if (server != null) {
            server.close();
        }
    }

    private RunningWayleave wayleave(String client, String... proof) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                CALLERS + "issuer",
                server.issuer.toString(),
                CALLERS + "jwks-url",
                "",
                CALLERS + "audience",
                ENDPOINT.toString(),
                UPSTREAM + "credential",
                "exchange",
                UPSTREAM + "exchange.url",
                server.issuer + "/oauth2/token",
                UPSTREAM + "exchange.client-id",
                client,
                UPSTREAM + "exchange.audience",
                AUDIENCE));
        for (int i = 0; i < proof.length; i += 2) {
            settings.put(UPSTREAM + "exchange." + proof[i], proof[i + 1]);
        }
        return RunningWayleave.with(folder, PetStore.YAML, settings);
    }

    private static HttpResponse<String> call(RunningWayleave wayleave, String token, String tool, String arguments) {
        return wayleave.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                        + "\",\"arguments\":" + arguments + "}}",
                "Authorization",
                "Bearer " + token);
    }

    private static String sent(RunningWayleave wayleave) {
        return wayleave.platform
                .received()
                .getLast()
                .header("Authorization")
                .getFirst()
                .substring("Bearer ".length());
    }

    private static JsonNode claims(String jwt) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]));
    }

    @Test
    void eachCallCarriesWhatItNeedsAndNothingElse() throws IOException, InterruptedException {
        String token = server.token("pets:read pets:write");
        try (RunningWayleave wayleave = wayleave("wayleave", "client-secret", "wayleave-secret")) {
            assertThat(call(wayleave, token, "list_pets", "{}").statusCode()).isEqualTo(200);
            JsonNode read = claims(sent(wayleave));
            assertThat(read.path("scope").toString()).isEqualTo("[\"pets:read\"]");
            assertThat(read.path("aud").asText()).isEqualTo(AUDIENCE);
            assertThat(read.path("sub").asText()).isEqualTo("user-1");
            assertThat(read.path("iss").asText()).isEqualTo(server.issuer.toString());
            String first = sent(wayleave);
            call(wayleave, token, "get_pet", "{\"petId\":\"1\"}");
            assertThat(sent(wayleave)).isEqualTo(first);
            call(wayleave, token, "create_pet", "{\"name\":\"Rex\"}");
            assertThat(claims(sent(wayleave)).path("scope").toString()).isEqualTo("[\"pets:write\"]");
        }
    }

    @ParameterizedTest
    @CsvSource({"RS256", "PS256", "ES256"})
    void aPrivateKeyProvesWhoAsks(String algorithm) throws IOException, InterruptedException {
        JWK key = List.of(rsa, pss, ec).stream()
                .filter(one -> one.getAlgorithm().getName().equals(algorithm))
                .findFirst()
                .orElseThrow();
        Path file = Files.writeString(folder.resolve(algorithm), key.toJSONString());
        try (RunningWayleave wayleave = wayleave("wayleave-" + algorithm, "private-key", "file:" + file)) {
            HttpResponse<String> answer = call(wayleave, server.token("pets:read"), "list_pets", "{}");
            assertThat(wayleave.platform.received())
                    .as(Files.readString(wayleave.audit) + answer.body())
                    .isNotEmpty();
            assertThat(claims(sent(wayleave)).path("scope").toString()).isEqualTo("[\"pets:read\"]");
        }
    }

    @Test
    void anOpaqueTokenIsTakenAtTheServersWord() throws IOException, InterruptedException {
        try (RunningWayleave wayleave = wayleave("wayleave-reference", "client-secret", "reference-secret")) {
            call(wayleave, server.token("pets:read"), "list_pets", "{}");
            assertThat(sent(wayleave)).doesNotContain(".").hasSizeGreaterThan(64);
        }
    }

    @Test
    void theWholeGrantIsNotTakenForAnOperationThatNeedsNoScope() throws IOException, InterruptedException {
        String token = server.token("pets:read pets:write");
        try (RunningWayleave wayleave = wayleave("wayleave", "client-secret", "wayleave-secret")) {
            assertThat(call(wayleave, token, "get_status", "{}").body()).contains("could not be narrowed");
            assertThat(wayleave.platform.connections()).isZero();
            assertThat(wayleave.audited().getLast()).contains("scopes that were not asked for");
        }
    }

    @Test
    void aClientThatProvesNothingIsRefused() throws IOException, InterruptedException {
        String token = server.token("pets:read");
        Path file = Files.writeString(folder.resolve("other"), rsa("rs").toJSONString());
        try (RunningWayleave wrong = wayleave("wayleave", "client-secret", "another-secret")) {
            assertThat(call(wrong, token, "list_pets", "{}").body()).contains("could not be narrowed");
            assertThat(wrong.platform.connections()).isZero();
            assertThat(wrong.audited().getLast()).contains("401 invalid_client").doesNotContain(token);
        }
        try (RunningWayleave wrong = wayleave("wayleave-RS256", "private-key", "file:" + file)) {
            assertThat(call(wrong, token, "list_pets", "{}").body()).contains("could not be narrowed");
            assertThat(wrong.platform.connections()).isZero();
        }
    }
}
