package dev.wayleave.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.audit.AuditKeys;
import dev.wayleave.audit.ChainCheck;
import dev.wayleave.audit.Replay;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads what was remembered: whether it is whole, and what it tells. Needs no configuration. */
@Command(name = "audit", description = "Verifies and reads audit files.", mixinStandardHelpOptions = true)
final class AuditCommand {
    private static final int FINDING = 1;
    private static final int USAGE = 2;
    private static final String SCHEMA = "/dev/wayleave/audit/audit.schema.json";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "verify",
            description = "Tells whether audit files are what was written, or the first line that is not.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:intact",
                "1:a line is not what was written, or FILE.head is missing",
                "2:a file cannot be read, or is no key"
            })
    int verify(
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "In the order in which they were written.")
                    List<Path> files,
            @Option(names = "--key", paramLabel = "PUB", description = "The public key; by default FILE.pub.") @Nullable
                    Path key,
            @Option(
                            names = "--head",
                            paramLabel = "HEAD",
                            description = "The last checkpoint, or a copy of it; by default FILE.head where it is.")
                    @Nullable
                    Path head,
            @Option(
                            names = "--no-head",
                            description = "Does without FILE.head where that is missing: a cut end is not found then.")
                    boolean headless) {
        Path file = files.getLast();
        Path usual = Path.of(file + ".head");
        try {
            Path pub = key == null ? Path.of(file + ".pub") : key;
            AuditKeys keys = AuditKeys.parsePublic(Files.readString(pub, StandardCharsets.US_ASCII));
            Path kept = head == null && Files.exists(usual) ? usual : head;
            return tell(new ChainCheck(keys).check(files, kept), kept == null && !headless ? usual : null);
        } catch (IOException e) {
            err().println("A file cannot be read; FILE, FILE.pub and what --key and --head name are needed.");
            return USAGE;
        } catch (IllegalArgumentException e) {
            err().println("The key " + e.getMessage() + ".");
            return USAGE;
        }
    }

    @Command(
            name = "replay",
            description =
                    "Prints the requests that were sent, as far as their values were kept: one JSON object a line.",
            mixinStandardHelpOptions = true)
    int replay(@Parameters(paramLabel = "FILE") Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Replay.each(in, this::print);
            return 0;
        } catch (IOException e) {
            err().println("FILE cannot be read.");
            return USAGE;
        }
    }

    @Command(
            name = "schema",
            description = "Prints the JSON Schema of the lines of an audit file.",
            mixinStandardHelpOptions = true)
    int schema() throws IOException {
        try (InputStream in = Objects.requireNonNull(AuditCommand.class.getResourceAsStream(SCHEMA), SCHEMA)) {
            spec.commandLine().getOut().println(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
        return 0;
    }

    /** @param missed the checkpoint without which nobody knows of what was cut off; null for none */
    private int tell(ChainCheck.Finding finding, @Nullable Path missed) {
        PrintWriter out = spec.commandLine().getOut();
        return switch (finding) {
            case ChainCheck.Finding.Broken broken -> {
                out.println(broken.file() + ": line " + broken.line() + " " + broken.what());
                yield FINDING;
            }
            case ChainCheck.Finding.Intact intact -> {
                out.println((missed == null ? "intact: " : "as far as they go: ") + "records " + intact.first() + " to "
                        + intact.last() + ", signed up to " + intact.signed());
                if (intact.first() > 1) {
                    out.println("records 1 to " + (intact.first() - 1) + " are in earlier files");
                }
                intact.notes().forEach(out::println);
                intact.unknown()
                        .forEach((id, seq) -> out.println("record " + seq + ": call " + id
                                + " was about to be sent, and its end is not here: outcome unknown"));
                if (missed != null) {
                    out.println(
                            missed + " is missing: whether lines behind record " + intact.last()
                                    + " were cut off cannot be told. Name a copy of it with --head, or do without it with --no-head");
                }
                yield missed == null ? 0 : FINDING;
            }
        };
    }

    private void print(ObjectNode request) {
        spec.commandLine().getOut().println(request);
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
