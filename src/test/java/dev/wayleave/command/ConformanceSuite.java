package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.wayleave.conformance.ConformancePlatform;
import dev.wayleave.conformance.OfficialSuite;
import dev.wayleave.conformance.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official conformance suite against the platform of {@code src/test/conformance}, served as operators serve theirs. Not
 * among the tests of every build: {@code mvn verify -Pconformance} runs it, and nothing else.
 */
class ConformanceSuite {
    private static final String MODERN = "2026-07-28";
    private static final String LEGACY = "2025-11-25";
    /** Beyond what counts: they must pass too, where a revision has them. */
    private static final Set<String> BESIDES =
            Set.of("http-header-validation", "http-custom-header-server-validation", "json-schema-2020-12");
    /** In the older era this one asks for a session first, and looks at nothing where there is none. */
    private static final String NEEDS_SESSION = "server-sse-multiple-streams";

    @TempDir
    static Path folder;

    private static ConformancePlatform platform;
    private static WayleaveProcess wayleave;
    private static List<Scenario> modern;
    private static List<Scenario> legacy;

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        OfficialSuite.install();
        platform = ConformancePlatform.at(0);
        String port = String.valueOf(WayleaveProcess.freePort());
        wayleave = WayleaveProcess.startHere(
                        folder,
                        Map.of(
                                "MICRONAUT_CONFIG_FILES",
                                OfficialSuite.SOURCES.resolve("wayleave.yml").toString(),
                                "MICRONAUT_SERVER_PORT",
                                port,
                                "CONFORMANCE_PORT",
                                port,
                                "CONFORMANCE_PLATFORM_PORT",
                                String.valueOf(platform.port())))
                .ready();
        modern = OfficialSuite.run(MODERN, wayleave.url("/mcp"));
        legacy = OfficialSuite.run(LEGACY, wayleave.url("/mcp"));
        System.out.println(summary(MODERN, modern) + "\n" + summary(LEGACY, legacy));
    }

    @AfterAll
    static void stop() {
        if (wayleave != null) {
            wayleave.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> whatTheModernEraRequires() {
        return modern.stream()
                .filter(ConformanceSuite::matters)
                .map(scenario -> dynamicTest(MODERN + " " + scenario.name(), () -> {
                    assertThat(scenario.failures()).as(scenario.name()).isEmpty();
                    assertThat(scenario.tested())
                            .as(scenario.name() + " tested something")
                            .isTrue();
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatTheOlderEraRequires() throws IOException {
        List<String> expected = OfficialSuite.expectedFailures();
        return legacy.stream()
                .filter(ConformanceSuite::matters)
                .map(scenario -> dynamicTest(LEGACY + " " + scenario.name(), () -> {
                    assertThat(scenario.failures().isEmpty())
                            .as(scenario.name() + " passed, with " + scenario.failures())
                            .isNotEqualTo(expected.contains(scenario.name()));
                    assertThat(scenario.tested())
                            .as(scenario.name() + " tested something")
                            .isEqualTo(!expected.contains(scenario.name())
                                    && !scenario.name().equals(NEEDS_SESSION));
                }));
    }

    @Test
    void asManyPassAsAServerWithoutSessionsCan() {
        assertThat(passed(modern)).isEqualTo(37).isEqualTo(scored(modern).size());
        assertThat(passed(legacy)).isEqualTo(26);
        assertThat(scored(legacy)).hasSize(30);
        assertThat(modern.stream().map(Scenario::name)).containsAll(BESIDES);
    }

    private static boolean matters(Scenario scenario) {
        return scenario.scored() || BESIDES.contains(scenario.name());
    }

    private static List<Scenario> scored(List<Scenario> scenarios) {
        return scenarios.stream().filter(Scenario::scored).toList();
    }

    private static long passed(List<Scenario> scenarios) {
        return scored(scenarios).stream()
                .filter(scenario ->
                        !scenario.checks().isEmpty() && scenario.failures().isEmpty())
                .count();
    }

    private static String summary(String revision, List<Scenario> scenarios) {
        List<Scenario> scored = scored(scenarios);
        List<Scenario> besides = scenarios.stream()
                .filter(scenario -> BESIDES.contains(scenario.name()))
                .toList();
        return "Conformance with MCP " + revision + ": " + passed(scenarios) + " of " + scored.size()
                + " scenarios passed, with "
                + scored.stream().mapToLong(Scenario::successes).sum() + " checks; not scored, "
                + besides.stream()
                        .filter(s -> s.tested() && s.failures().isEmpty())
                        .count() + " of "
                + besides.size() + " with "
                + besides.stream().mapToLong(Scenario::successes).sum() + " checks";
    }
}
