package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wayleave.RunningWayleave;
import dev.wayleave.config.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference lists exactly the keys that exist: those that a refusal of an unknown one names. */
class ConfigurationReferenceTest {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\|.*");
    private static final String KEYS = "the keys here are ";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "wayleave,wayleave.",
        "wayleave.audit,wayleave.audit.",
        "wayleave.seal,wayleave.seal.",
        "wayleave.progress,wayleave.progress.",
        "wayleave.reload,wayleave.reload.",
        "wayleave.platforms.<name>,wayleave.platforms.test.",
        "wayleave.platforms.<name>.expose,wayleave.platforms.test.expose.",
        "wayleave.platforms.<name>.asks,wayleave.platforms.test.asks.",
        "wayleave.platforms.<name>.upstream,wayleave.platforms.test.upstream.",
        "wayleave.platforms.<name>.upstream.cache,wayleave.platforms.test.upstream.cache.",
        "wayleave.platforms.<name>.limits,wayleave.platforms.test.limits.",
        "wayleave.platforms.<name>.limits.per-caller,wayleave.platforms.test.limits.per-caller.",
        "wayleave.platforms.<name>.limits.together,wayleave.platforms.test.limits.together.",
        "wayleave.platforms.<name>.callers,wayleave.platforms.test.callers.",
        "wayleave.platforms.<name>.access,wayleave.platforms.test.access.",
        "wayleave.platforms.<name>.access.scopes,wayleave.platforms.test.access.scopes.",
    })
    void theTableOfEachMappingIsComplete(String heading, String prefix) throws IOException {
        assertThat(documented(heading)).containsExactlyInAnyOrderElementsOf(known(prefix, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "wayleave.platforms.<name>.callers.issuers.<name>,issuers.a,jwt",
        "wayleave.platforms.<name>.callers.introspection,introspection,introspection",
        "wayleave.platforms.<name>.callers.probe,probe,probe",
    })
    void soIsThatOfEachWayToKnowCallers(String heading, String mapping, String mode) throws IOException {
        String callers = "wayleave.platforms.test.callers.";
        Map<String, Object> settings = new HashMap<>(Map.of(callers + "verify", mode, callers + "jwks-url", ""));
        if (mode.equals("jwt")) {
            settings.put(callers + "issuer", "");
        }
        Map.of(
                        "issuers.a.issuer", "https://a.example",
                        "introspection.url", "https://a.example/introspect",
                        "introspection.client-id", "wayleave",
                        "introspection.client-secret", "secret",
                        "probe.path", "/me")
                .forEach((key, value) -> {
                    if (key.startsWith(mapping)) {
                        settings.put(callers + key, value);
                    }
                });
        assertThat(documented(heading)).containsExactlyInAnyOrderElementsOf(known(callers + mapping + ".", settings));
    }

    @Test
    void soIsThatOfTheExchange() throws IOException {
        String upstream = "wayleave.platforms.test.upstream.";
        Map<String, Object> settings = Map.of(
                upstream + "credential", "exchange",
                upstream + "exchange.url", "http://127.0.0.1:1/token",
                upstream + "exchange.client-id", "wayleave",
                upstream + "exchange.client-secret", "secret",
                upstream + "exchange.audience", "x");
        assertThat(documented("wayleave.platforms.<name>.upstream.exchange"))
                .containsExactlyInAnyOrderElementsOf(known(upstream + "exchange.", settings));
    }

    @Test
    void soIsThatOfAFurtherOrigin() throws IOException {
        String origins = "wayleave.platforms.test.upstream.origins";
        Map<String, Object> one = Map.of("url", "https://*.example.com", "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "1");
        assertThat(documented("wayleave.platforms.<name>.upstream.origins[]"))
                .containsExactlyInAnyOrderElementsOf(refused(Map.of(origins, List.of(one))));
    }

    private static List<String> documented(String heading) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs", "configuration.md"));
        int start = lines.indexOf("## `" + heading + "`");
        assertThat(start).as(heading).isNotNegative();
        return lines.subList(start + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1))
                .toList();
    }

    private List<String> known(String prefix, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(prefix + "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "1");
        return refused(all);
    }

    private List<String> refused(Map<String, Object> all) {
        Throwable thrown = catchThrowable(
                () -> RunningWayleave.with(folder, PetStore.YAML, all).close());
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidConfiguration invalid) {
                String message = String.valueOf(invalid.getMessage());
                return Arrays.asList(
                        message.substring(message.indexOf(KEYS) + KEYS.length()).split(", ", -1));
            }
        }
        throw new AssertionError(thrown);
    }
}
