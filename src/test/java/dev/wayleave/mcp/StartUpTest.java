package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wayleave.RunningWayleave;
import dev.wayleave.config.InvalidConfiguration;
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
                "access.arguments.group.clam | x | wayleave.platforms.test.access.arguments.group.claim is missing | must equal",
                "path | mcp | wayleave.platforms.test.path must be | a path such as /mcp",
                "path | /health | wayleave.platforms.test.path must be | outside /health",
            })
    void itNamesTheKeyAndWhatWouldBeRight(String key, String value, String expected, String right) {
        String refusal = refusal(Map.of(PLATFORM + key, value == null ? "" : value));

        assertThat(refusal).contains(expected).contains(right);
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

    @Test
    void nothingFromTheNetworkIsNeededToStart() {
        RunningWayleave.with(folder, PetStore.YAML, Map.of(PLATFORM + "callers.jwks-url", "http://127.0.0.1:1/jwks"))
                .close();
    }
}
