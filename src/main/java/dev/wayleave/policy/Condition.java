package dev.wayleave.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition in CEL over {@code caller}, {@code claims}, {@code tool} and {@code args} that must be true. Compiled when
 * it is made; bounded in depth and iterations; anything but {@code true}, an error included, is a no.
 */
public final class Condition implements Rule {
    private static final int LONGEST = 4096;
    private static final int DEEPEST = 64;
    private static final int MOST_ITERATIONS = 10_000;
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(DEEPEST)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    private static final MapType FACTS = MapType.create(SimpleType.STRING, SimpleType.DYN);
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setOptions(OPTIONS)
            .addVar("caller", FACTS)
            .addVar("claims", FACTS)
            .addVar("tool", FACTS)
            .addVar("args", FACTS)
            .setResultType(SimpleType.BOOL)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

    private final CelRuntime.Program program;
    private final boolean looksAtArguments;
    private final @Nullable List<String> tools;
    private final @Nullable String message;
    private final String origin;

    /**
     * Compiles it.
     *
     * @param tools the names it is for, in which {@code *} stands for any characters; null for all
     * @param message what the client is told where it does not hold; null for a general sentence
     * @param origin where it stands
     * @throws IllegalArgumentException telling what is wrong with the expression
     */
    public Condition(String expression, @Nullable List<String> tools, @Nullable String message, String origin) {
        try {
            CelAbstractSyntaxTree ast = COMPILER.compile(expression).getAst();
            this.program = RUNTIME.createProgram(ast);
            this.looksAtArguments = CelNavigableAst.fromAst(ast)
                    .getRoot()
                    .allNodes()
                    .anyMatch(node -> node.getKind() == Kind.IDENT
                            && node.expr().ident().name().equals("args"));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
        this.tools = tools;
        this.message = message;
        this.origin = origin;
    }

    @Override
    public @Nullable Decision judge(Question question) {
        if (!Globs.any(tools, question.tool().name())) {
            return null;
        }
        ObjectNode arguments = question.arguments();
        if (looksAtArguments && arguments == null) {
            return new Decision.Allowed("as far as the arguments keep to " + origin);
        }
        if (holds(question)) {
            return new Decision.Allowed(origin);
        }
        return looksAtArguments
                ? new Decision.Refused(
                        "Nothing was sent: " + (message == null ? "a rule forbids these arguments." : message), origin)
                : new Decision.Forbidden(message == null ? "This tool is not for you." : message, origin);
    }

    private boolean holds(Question question) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("caller", CelFacts.of(question.caller()));
        facts.put("claims", CelFacts.of(question.caller().claims()));
        facts.put("tool", CelFacts.of(question.tool()));
        ObjectNode arguments = question.arguments();
        facts.put("args", arguments == null ? Map.of() : CelFacts.of(arguments));
        try {
            return Boolean.TRUE.equals(program.eval(facts));
        } catch (CelEvaluationException | RuntimeException e) {
            return false;
        }
    }
}
