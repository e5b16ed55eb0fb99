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
        "wayleave.platforms.<name>,wayleave.platforms.test.",
        "wayleave.platforms.<name>.expose,wayleave.platforms.test.expose.",
        "wayleave.platforms.<name>.upstream,wayleave.platforms.test.upstream.",
        "wayleave.platforms.<name>.upstream.origins[],wayleave.platforms.test.upstream.origins[].",
        "wayleave.platforms.<name>.upstream.exchange,wayleave.platforms.test.upstream.exchange.",
        "wayleave.platforms.<name>.callers,wayleave.platforms.test.callers.",
        "wayleave.platforms.<name>.access,wayleave.platforms.test.access.",
        "wayleave.platforms.<name>.access.scopes,wayleave.platforms.test.access.scopes.",
    })
    void theTableOfEachMappingIsComplete(String heading, String prefix) throws IOException {
        assertThat(documented(heading)).containsExactlyInAnyOrderElementsOf(known(prefix));
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

    private List<String> known(String prefix) {
        Map<String, Object> settings = new HashMap<>(Map.of(prefix + "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "1"));
        if (prefix.endsWith("[].")) {
            Map<String, Object> one = Map.of("url", "https://*.example.com", "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "1");
            settings = new HashMap<>(Map.of(prefix.replace("[].", ""), List.of(one)));
        }
        if (prefix.endsWith(".exchange.")) {
            settings.put("wayleave.platforms.test.upstream.credential", "exchange");
            settings.put(prefix + "url", "http://127.0.0.1:1/token");
            settings.put(prefix + "client-id", "wayleave");
            settings.put(prefix + "client-secret", "secret");
            settings.put(prefix + "audience", "x");
        }
        Map<String, Object> all = settings;
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
