package dev.wayleave.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.audit.RecordedCall;
import dev.wayleave.caller.StatedClaims;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Nearest;
import dev.wayleave.explain.AuditedUse;
import dev.wayleave.explain.Explanation;
import dev.wayleave.explain.Report;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.platform.PlatformAccess;
import dev.wayleave.policy.Globs;
import dev.wayleave.policy.ScopeRules;
import dev.wayleave.tool.Tool;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a token, or scopes and groups, can do, and why; asks nobody over the network. */
@Command(
        name = "explain",
        description = "Tells what a token, or scopes and groups, can do, and why. Contacts nobody.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:told",
            "1:a chosen tool cannot be called, two grants differ, or a scope was granted and never needed",
            "2:something that was named is not there, or cannot be understood"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int FINDING = 1;
    private static final int USAGE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AccessOptions platforms = new AccessOptions();

    @Mixin
    private CallerOptions callers = new CallerOptions();

    @Parameters(
            paramLabel = "TOOL",
            description = "The tools to tell of, * for any characters; all of them by default.")
    private List<String> chosen = List.of();

    @Option(
            names = "--diff",
            arity = "2",
            paramLabel = "GRANT",
            description = "Between two grants: \"read db:create groups=a,b\", or @FILE with a token or claims.")
    private List<String> diff = List.of();

    @Option(names = "--least", arity = "1..*", paramLabel = "TOOL", description = "The fewest scopes for these tools.")
    private List<String> least = List.of();

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "What was granted and never needed, from an audit file.")
    private @Nullable Path audit;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Format format = Format.table;

    @Override
    public Integer call() throws JsonProcessingException {
        try {
            Report report = report();
            spec.commandLine().getOut().print(text(report));
            spec.commandLine().getOut().flush();
            return report.finding() ? FINDING : 0;
        } catch (DocumentException | InvalidConfiguration | IllegalArgumentException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(e.getMessage());
            return USAGE;
        } catch (IOException e) {
            spec.commandLine().getErr().println("--audit names a file that cannot be read");
            return USAGE;
        }
    }

    private Report report() throws DocumentException, IOException {
        long modes = Stream.of(audit != null, !diff.isEmpty(), !least.isEmpty(), !chosen.isEmpty())
                .filter(given -> given)
                .count();
        if (modes > 1) {
            throw new IllegalArgumentException("--diff, --least, --audit and names of tools exclude each other");
        }
        if (audit != null) {
            return audited(audit);
        }
        PlatformAccess access = platforms.access();
        StatedClaims stated = callers.claims(access);
        Explanation explanation = new Explanation(access, notes(access));
        if (!diff.isEmpty()) {
            return explanation.difference(
                    CallerOptions.caller(CallerOptions.granted(stated, diff.get(0), access), access),
                    CallerOptions.caller(CallerOptions.granted(stated, diff.get(1), access), access));
        }
        if (!least.isEmpty()) {
            return explanation.least(
                    tools(access, least),
                    scopes -> CallerOptions.caller(stated.with(access.scopeClaim(), scopes), access));
        }
        return explanation.tools(
                CallerOptions.caller(stated, access),
                chosen.isEmpty() ? access.catalog().tools() : tools(access, chosen),
                !chosen.isEmpty());
    }

    private Report audited(Path file) throws DocumentException, IOException {
        ScopeRules rules = platforms.areGiven() ? platforms.access().rules().scopes() : ScopeRules.USUAL;
        String platform = platforms.platform();
        AuditedUse use = new AuditedUse(rules);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return use.report(RecordedCall.each(in, call -> {
                if (platform == null || call.platform().equals(platform)) {
                    use.accept(call);
                }
            }));
        }
    }

    private List<String> notes(PlatformAccess access) {
        List<String> notes = new ArrayList<>(callers.notes(access));
        notes.addAll(platforms.notes(access));
        if (diff.isEmpty() && least.isEmpty() && !callers.areGiven()) {
            notes.add("no --token, --claims, --scopes or --groups: asked for a caller without any");
        }
        return notes;
    }

    /** In the order of the catalog; what is no tool's name is only repeated where it could be one. */
    private static List<Tool> tools(PlatformAccess access, List<String> globs) {
        List<Tool> all = access.catalog().tools();
        for (String glob : globs) {
            if (all.stream().noneMatch(tool -> Globs.any(List.of(glob), tool.name()))) {
                throw new IllegalArgumentException(
                        (glob.matches("[A-Za-z0-9_*-]{1,64}") ? glob + " is no tool" : "A name is no tool's")
                                + Nearest.to(glob, all.stream().map(Tool::name).toList())
                                        .map(near -> "; the nearest is " + near)
                                        .orElse(""));
            }
        }
        return all.stream().filter(tool -> Globs.any(globs, tool.name())).toList();
    }

    private String text(Report report) throws JsonProcessingException {
        Columns columns =
                new Columns(report.head(), report.rows(), report.head().size());
        return switch (format) {
            case json -> new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()) + "\n";
            case markdown ->
                columns.markdown() + "\n"
                        + report.yaml()
                                .map(yaml -> "```yaml\n" + yaml + "```\n\n")
                                .orElse("")
                        + String.join("\n\n", report.below()) + "\n";
            case table ->
                columns.text() + "\n" + report.yaml().map(yaml -> yaml + "\n").orElse("")
                        + String.join("\n", report.below()) + "\n";
        };
    }
}
