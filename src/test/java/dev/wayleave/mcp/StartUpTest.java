package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import dev.wayleave.TestIssuer;
import dev.wayleave.config.InvalidConfiguration;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A configuration that is wrong stops the start, and says what would be right. */
class StartUpTest {
    private static final String PLATFORM = "wayleave.platforms.test.";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @TempDir
    Path folder;

    private String refusal(Map<String, Object> settings) {
        Throwable thrown = catchThrowable(
                () -> RunningWayleave.with(folder, PetStore.YAML, settings).close());
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidConfiguration invalid) {
                return String.valueOf(invalid.getMessage());
            }
        }
        throw new AssertionError("the start was not refused", thrown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openapi | | wayleave.platforms.test.openapi is missing | the OpenAPI description",
                "openapi | /no/such/file.yaml | wayleave.platforms.test.openapi | /no/such/file.yaml",
                "overlays | /no/such/overlay.yaml | wayleave.platforms.test.overlays | /no/such/overlay.yaml: cannot be read",
                "overlays | classpath:nothing.yaml | wayleave.platforms.test.overlays (context): | there is no classpath:nothing.yaml",
                "openapi | classpath:nothing.yaml | wayleave.platforms.test.openapi (context): | there is no classpath:nothing.yaml",
                "opnapi | x | wayleave.platforms.test.opnapi is not a key | the nearest one is wayleave.platforms.test.openapi",
                "upstream.ulr | x | wayleave.platforms.test.upstream.ulr is not a key | wayleave.platforms.test.upstream.url",
                "upstream.url | | wayleave.platforms.test.upstream.url is missing | the API's address",
                "upstream.url | ftp://x | wayleave.platforms.test.upstream.url must be | http or https",
                "upstream.url | https://user:pw@x | wayleave.platforms.test.upstream.url must be | without user information",
                "upstream.timeout | 30 | wayleave.platforms.test.upstream.timeout must be | 30s",
                "callers.verify | | wayleave.platforms.test.callers.verify is missing | jwt, introspection, probe or none",
                "callers.verify | maybe | wayleave.platforms.test.callers.verify must be | one of introspection, jwt, none, probe",
                "callers.issuer | | wayleave.platforms.test.callers.issuer is missing | the exact iss",
                "callers.jwks-url | http://keys.example.com/jwks | wayleave.platforms.test.callers | jwks-url",
                "callers.clock-skew | 2m | wayleave.platforms.test.callers | clock-skew",
                "callers.algorithms | none | wayleave.platforms.test.callers | algorithms",
                "access.unscoped | never | wayleave.platforms.test.access.unscoped must be | allow, deny",
                "access.group.claim | g | wayleave.platforms.test.access.group is not a key | access.groups",
                "access.groups.claim | g | wayleave.platforms.test.access.groups.grants is missing | what each group may use",
                "access.groups.grants.a.tools | list_* | wayleave.platforms.test.access.groups.claim is missing | lists the groups",
                "access.scopes.implies | x | wayleave.platforms.test.access.scopes.implies must be | a mapping",
                "access.level.operation | nothing | wayleave.platforms.test.access.level.operation must be | an operation of the description",
                "access.level.operation | createPet | wayleave.platforms.test.access.level.operation must be | one that only reads",
                "access.level.operation | getPet | wayleave.platforms.test.access.level.operation must be | bound by x-mcp",
                "access.level.operation | getStatus | wayleave.platforms.test.access.level.pointer is missing | the place of the answer",
                "access.gate.claim | f | wayleave.platforms.test.access.gate.message is missing | what a client is told",
                "access.gate.message | m | wayleave.platforms.test.access.gate (context) needs a claim or an operation | only one of them",
                "access.rules | x | wayleave.platforms.test.access.rules must be | a list",
                "access.arguments.group.at | body.groups | access.arguments.group.at must be | end in group",
                "access.arguments.group.clam | x | wayleave.platforms.test.access.arguments.group.claim is missing | must equal",
                "path | mcp | wayleave.platforms.test.path must be | a path such as /mcp",
                "path | /health | wayleave.platforms.test.path must be | outside /health",
            })
    void itNamesTheKeyAndWhatWouldBeRight(String key, String value, String expected, String right) {
        String refusal = refusal(Map.of(PLATFORM + key, value == null ? "" : value));

        assertThat(refusal).contains(expected).contains(right);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "introspection | introspection.url | | callers.introspection.url is missing | where tokens are asked about",
                "introspection | introspection.url | http://as.example.com/i | callers.introspection.url | https",
                "introspection | introspection.client-id | | callers.introspection.client-id is missing | as whom",
                "introspection | introspection.client-secret | | callers.introspection.client-secret is missing | proves who asks",
                "introspection | introspection.client-secret | file:/no/such/file | callers.introspection.client-secret | cannot be read",
                "introspection | introspection.client-secret | ${NO_SUCH_VARIABLE_HERE} | callers.introspection.client-secret | that is not set",
                "introspection | introspection.secret | x | callers.introspection.secret is not a key | client-secret",
                "introspection | jwks-url | https://as.example.com/jwks | callers.jwks-url | has no meaning with verify: introspection",
                "introspection | probe.path | /me | callers.probe | has no meaning with verify: introspection",
                "probe | probe.path | | callers.probe.path is missing | only a good token may make",
                "probe | probe.path | me | callers.probe.path must be | below upstream.url",
                "probe | probe.path | /../me | callers.probe.path must be | below upstream.url",
                "probe | probe.path | //evil.example/me | callers.probe.path must be | below upstream.url",
                "probe | probe.method | DELETE | callers.probe.method must be | one of GET, HEAD, POST",
                "probe | probe.ttl | 6m | callers.probe.ttl | at most 5m",
                "probe | probe.subject | data/id | callers.probe.subject | a JSON pointer",
                "probe | token-types | JWT | callers.token-types | has no meaning with verify: probe",
                "jwt | probe.path | /me | callers.probe | has no meaning with verify: jwt",
                "jwt | issuers.a.issuer | https://a.example | callers.issuer | stands beside",
                "jwt | authorization-servers | http://as.example.com | authorization-servers | http is only for loopback hosts",
                "jwt | mirror-metadata | yes | callers.mirror-metadata must be | one of false, true",
            })
    void eachWayToKnowCallersSaysWhatItNeeds(String mode, String key, String value, String expected, String right) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(PLATFORM + "callers.verify", mode);
        if (!mode.equals("jwt")) {
            settings.put(PLATFORM + "callers.jwks-url", "");
        }
        if (mode.equals("introspection")) {
            settings.put(PLATFORM + "callers.introspection.url", "https://as.example.com/introspect");
            settings.put(PLATFORM + "callers.introspection.client-id", "wayleave");
            settings.put(PLATFORM + "callers.introspection.client-secret", "canary-secret");
        }
        if (mode.equals("probe")) {
            settings.put(PLATFORM + "callers.probe.path", "/me");
            settings.put(PLATFORM + "callers.probe.method", "GET");
        }
        settings.put(PLATFORM + "callers." + key, value == null ? "" : value);

        assertThat(refusal(settings)).contains(expected).contains(right).doesNotContain("canary-secret");
    }

    @Test
    void oneIssuerHasOnlyOneSetOfKeys() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(PLATFORM + "callers.issuer", "");
        settings.put(PLATFORM + "callers.jwks-url", "");
        for (String name : new String[] {"a", "b"}) {
            settings.put(PLATFORM + "callers.issuers." + name + ".issuer", "https://as.example.com");
            settings.put(PLATFORM + "callers.issuers." + name + ".jwks-url", "https://as.example.com/" + name);
        }
        assertThat(refusal(settings)).contains("callers.issuers").contains("one issuer twice");
    }

    @Test
    void aSecretThatIsWrongIsNotRepeated() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(PLATFORM + "callers.verify", "introspection");
        settings.put(PLATFORM + "callers.jwks-url", "");
        settings.put(PLATFORM + "callers.introspection.url", "https://as.example.com/introspect");
        settings.put(PLATFORM + "callers.introspection.client-id", "wayleave");
        settings.put(PLATFORM + "callers.introspection.client-secret", "canary\u0007secret");
        assertThat(refusal(settings)).contains("client-secret").doesNotContain("canary");
    }

    @Test
    void aGrantOrARuleForAToolThatIsNotThereIsRefused() {
        Map<String, Object> access =
                Map.of("groups", Map.of("claim", "g", "grants", Map.of("a", Map.of("tools", List.of("list_dogs")))));
        assertThat(refusal(Map.of(PLATFORM + "access", access)))
                .contains("access.groups.grants.a.tools")
                .contains("names list_dogs, which is no tool");
    }

    @Test
    void aRuleThatIsNoConditionIsRefused() {
        for (String expression : List.of("claims.", "nobody == 1", "1 + 1")) {
            assertThat(refusal(Map.of(PLATFORM + "access", Map.of("rules", List.of(Map.of("require", expression))))))
                    .contains("access.rules[0].require")
                    .contains("is no condition");
        }
    }

    @Test
    void twoPlatformsOnOnePathAreRefused() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("wayleave.platforms.test.path", "/mcp");
        settings.put("wayleave.platforms.other.path", "/mcp");
        settings.put(
                "wayleave.platforms.other.openapi",
                folder.resolve("openapi.yaml").toString());
        settings.put("wayleave.platforms.other.upstream.url", "http://127.0.0.1:1");
        settings.put("wayleave.platforms.other.callers.verify", "none");

        assertThat(refusal(settings)).contains("/mcp").contains("already");
    }

    @Test
    void noneIsForLoopbackOnly() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("micronaut.server.host", "0.0.0.0");
        settings.put("wayleave.public-url", "https://mcp.example.com");
        settings.put(PLATFORM + "callers.verify", "none");
        settings.put(PLATFORM + "callers.issuer", "");
        settings.put(PLATFORM + "callers.jwks-url", "");

        assertThat(refusal(settings)).contains("callers.verify is none").contains("loopback");
    }

    @Test
    void outsideLoopbackThePublicUrlMustBeSaid() {
        assertThat(refusal(Map.of("micronaut.server.host", "0.0.0.0"))).contains("wayleave.public-url is missing");
    }

    @Test
    void aKeyDirectlyBelowTheRootIsCheckedToo() {
        assertThat(refusal(Map.of("wayleave.publicurl", "x")))
                .contains("wayleave.publicurl is not a key")
                .contains("the nearest one is wayleave.public-url");
    }

    /** It starts without the network, but nobody is sent there until it can tell who calls. */
    @Test
    void nothingFromTheNetworkIsNeededToStartAndNobodyIsLetInWithoutIt() {
        try (TestIssuer issuer = new TestIssuer();
                FakePlatform keys = FakePlatform.answering(request -> FakePlatform.response(503, "text/plain", ""));
                RunningWayleave wayleave = RunningWayleave.with(
                        folder,
                        PetStore.YAML,
                        Map.of(
                                PLATFORM + "upstream.url", "http://127.0.0.1:1",
                                PLATFORM + "callers.issuer", issuer.issuer(),
                                PLATFORM + "callers.jwks-url",
                                        keys.url().resolve("/jwks").toString()))) {
            String token = "Bearer " + issuer.token(wayleave.url.toString(), "pets:read");
            assertThat(ask(wayleave, "/health/readiness").statusCode()).isEqualTo(503);
            assertThat(ask(wayleave, "/health").body()).isEqualTo("{\"status\":\"DOWN\"}");
            assertThat(ask(wayleave, "/health/liveness").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = wayleave.post(PING, "Authorization", token);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();

            String served = wayleave.send(
                            HttpRequest.newBuilder(issuer.jwksUrl()).build())
                    .body();
            keys.answer(request -> FakePlatform.response(200, "application/json", served));
            ReloadFixture.until(() -> ask(wayleave, "/health/readiness").statusCode() == 200);
            assertThat(wayleave.post(PING, "Authorization", token).statusCode()).isEqualTo(200);
            keys.answer(request -> FakePlatform.response(503, "text/plain", ""));
            assertThat(ask(wayleave, "/health/readiness").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> ask(RunningWayleave wayleave, String path) {
        return wayleave.send(HttpRequest.newBuilder(wayleave.url.resolve(path)).build());
    }
}
