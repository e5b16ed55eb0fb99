package dev.wayleave;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The direction of the house, and who may touch what. */
@AnalyzeClasses(packages = "dev.wayleave", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule dependenciesGoOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("config")
            .definedBy("dev.wayleave.config")
            .layer("openapi")
            .definedBy("dev.wayleave.openapi")
            .layer("tool")
            .definedBy("dev.wayleave.tool")
            .layer("caller")
            .definedBy("dev.wayleave.caller")
            .layer("workflow")
            .definedBy("dev.wayleave.workflow")
            .layer("jsonpath")
            .definedBy("dev.wayleave.jsonpath")
            .layer("sql")
            .definedBy("dev.wayleave.sql")
            .layer("policy")
            .definedBy("dev.wayleave.policy")
            .layer("upstream")
            .definedBy("dev.wayleave.upstream")
            .layer("limit")
            .definedBy("dev.wayleave.limit")
            .layer("seal")
            .definedBy("dev.wayleave.seal")
            .layer("audit")
            .definedBy("dev.wayleave.audit")
            .layer("call")
            .definedBy("dev.wayleave.call")
            .layer("client")
            .definedBy("dev.wayleave.client")
            .layer("explain")
            .definedBy("dev.wayleave.explain")
            .layer("platform")
            .definedBy("dev.wayleave.platform")
            .layer("mcp")
            .definedBy("dev.wayleave.mcp")
            .layer("sandbox")
            .definedBy("dev.wayleave.sandbox")
            .layer("command")
            .definedBy("dev.wayleave.command")
            .whereLayer("command")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("sandbox")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("mcp")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("explain")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("platform")
            .mayOnlyBeAccessedByLayers("mcp", "explain", "command")
            .whereLayer("call")
            .mayOnlyBeAccessedByLayers("platform", "mcp")
            .whereLayer("policy")
            .mayOnlyBeAccessedByLayers("call", "platform", "mcp", "explain", "command")
            .whereLayer("upstream")
            .mayOnlyBeAccessedByLayers("call", "platform", "mcp")
            .whereLayer("limit")
            .mayOnlyBeAccessedByLayers("call", "platform", "mcp")
            .whereLayer("seal")
            .mayOnlyBeAccessedByLayers("call", "platform", "mcp")
            .whereLayer("audit")
            .mayOnlyBeAccessedByLayers("call", "platform", "mcp", "explain", "command")
            .whereLayer("tool")
            .mayOnlyBeAccessedByLayers("policy", "call", "platform", "mcp", "client", "explain", "command")
            .whereLayer("caller")
            .mayOnlyBeAccessedByLayers(
                    "policy", "upstream", "limit", "seal", "call", "platform", "mcp", "explain", "command")
            .whereLayer("openapi")
            .mayOnlyBeAccessedByLayers("workflow", "tool", "policy", "call", "platform", "explain", "command")
            .whereLayer("workflow")
            .mayOnlyBeAccessedByLayers("tool", "call", "platform", "command")
            .whereLayer("sql")
            .mayOnlyBeAccessedByLayers("tool", "call")
            .whereLayer("jsonpath")
            .mayOnlyBeAccessedByLayers("openapi", "workflow")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("call", "platform", "mcp", "command");

    @ArchTest
    static final ArchRule theSandboxStandsAlone = noClasses()
            .that()
            .resideInAPackage("dev.wayleave.sandbox")
            .should()
            .dependOnClassesThat(new com.tngtech.archunit.base.DescribedPredicate<>("are Wayleave's own") {
                @Override
                public boolean test(JavaClass other) {
                    return other.getPackageName().startsWith("dev.wayleave")
                            && !other.getPackageName().equals("dev.wayleave.sandbox");
                }
            });

    @ArchTest
    static final ArchRule micronautIsAtTheEdges = noClasses()
            .that()
            .resideOutsideOfPackages("dev.wayleave.mcp", "dev.wayleave.upstream", "dev.wayleave.command")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micronaut..");

    @ArchTest
    static final ArchRule theCallPathKnowsNoHttpServer = noClasses()
            .that()
            .haveNameMatching(
                    "dev\\.wayleave\\.mcp\\.(Endpoint|Methods|EraSelector|JsonRpc|Batch|ToolResults|ToolViews|ResourceMethods|PromptMethods|TaskMethods|Completions|Doors)")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micronaut..");

    @ArchTest
    static final ArchRule nobodyReadsTheClockOrTheDice = noClasses()
            .that()
            .resideInAnyPackage("dev.wayleave.call", "dev.wayleave.policy", "dev.wayleave.tool")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(new ArchCondition<>("be in a null-marked package") {
                @Override
                public void check(JavaClass one, ConditionEvents events) {
                    boolean marked = one.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(one, marked, one.getPackageName() + " of " + one.getName()));
                }
            });
}
