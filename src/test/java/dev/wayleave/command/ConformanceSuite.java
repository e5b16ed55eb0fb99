package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.wayleave.conformance.ConformancePlatform;
import dev.wayleave.conformance.OfficialSuite;
import dev.wayleave.conformance.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    private static final Set<String> BESIDES = Set.of(
            "http-header-validation",
            "http-custom-header-server-validation",
            "json-schema-2020-12",
            "tasks-capability-negotiation",
            "tasks-dispatch-and-envelope",
            "tasks-lifecycle",
            "tasks-mrtr-composition",
            "tasks-request-headers",
            "tasks-request-state-removal",
            "tasks-required-task-error",
            "tasks-wire-fields");
    /** In the older era this one asks for a session first, and looks at nothing where there is none. */
    private static final String NEEDS_SESSION = "server-sse-multiple-streams";

    /** Of the modern era: a task asks for nothing while it goes on, and the suite has not written the other one yet. */
    private static final Map<String, Set<String>> OTHERWISE = Map.of(
            "tasks-mrtr-input", Set.of("FAILURE"),
            "tasks-status-notifications", Set.of("SKIPPED"));

    /** All that the suite warns of or leaves out. */
    private static final Set<String> NEITHER =
            Set.of(LEGACY + " " + NEEDS_SESSION + " " + NEEDS_SESSION + "-session WARNING");

    @TempDir
    static Path folder;

    private static ConformancePlatform platform;
    private static WayleaveProcess wayleave;
    private static List<Scenario> modern;
    private static List<Scenario> legacy;

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        OfficialSuite.install();
        Path served = Files.createDirectory(folder.resolve("served"));
        for (String file : List.of("openapi.yaml", "overlay.yaml", "workflows.arazzo.yaml")) {
            Files.copy(OfficialSuite.SOURCES.resolve(file), served.resolve(file));
        }
        platform = ConformancePlatform.serving(served);
        String port = String.valueOf(WayleaveProcess.freePort());
        wayleave = WayleaveProcess.startHere(
                        folder,
                        Map.of(
                                "MICRONAUT_CONFIG_FILES",
                                OfficialSuite.SOURCES.resolve("wayleave.yml").toString(),
                                "MICRONAUT_SERVER_PORT",
                                port,
                                "CONFORMANCE_FOLDER",
                                served.toString(),
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

    @TestFactory
    Stream<DynamicTest> whatIsKnownNotToPass() {
        return OTHERWISE.entrySet().stream()
                .map(known -> dynamicTest(
                        known.getKey(),
                        () -> assertThat(named(known.getKey()).checks())
                                .extracting(Scenario.Check::status)
                                .containsAnyElementsOf(known.getValue())
                                .doesNotContain("WARNING")));
    }

    /** It would not be seen otherwise. */
    @Test
    void nothingIsLeftOutThatIsNotKnown() {
        assertThat(Stream.concat(neither(MODERN, modern), neither(LEGACY, legacy)))
                .containsExactlyInAnyOrderElementsOf(NEITHER);
    }

    private static Stream<String> neither(String revision, List<Scenario> scenarios) {
        return scenarios.stream()
                .filter(ConformanceSuite::matters)
                .flatMap(scenario -> scenario.checks().stream()
                        .filter(check -> Set.of("WARNING", "SKIPPED").contains(check.status()))
                        .map(check -> revision + " " + scenario.name() + " " + check.id() + " " + check.status()))
                .distinct();
    }

    private static Scenario named(String name) {
        return modern.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
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

    /** What passes because it looks at nothing. */
    private static String untested(List<Scenario> scored) {
        String names = scored.stream()
                .filter(scenario -> scenario.failures().isEmpty() && !scenario.tested())
                .map(Scenario::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " (" + names + " looks at nothing without a session)";
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
                + scored.stream().mapToLong(Scenario::successes).sum() + " checks" + untested(scored) + "; not scored, "
                + besides.stream()
                        .filter(s -> s.tested() && s.failures().isEmpty())
                        .count() + " of "
                + besides.size() + " with "
                + besides.stream().mapToLong(Scenario::successes).sum() + " checks";
    }
}
