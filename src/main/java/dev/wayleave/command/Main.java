package dev.wayleave.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The door from the command line. */
@Command(
        name = "wayleave",
        description = "Opens an existing REST API to AI agents, on the caller's own token.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ServeCommand.class,
            ToolsCommand.class,
            SchemaCommand.class,
            ExplainCommand.class,
            AuditCommand.class
        })
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    /** Runs one verb, {@code serve} where none is named, and exits with its code: 0 ok, 1 finding, 2 usage. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        boolean serves = args.length == 0 || args[0].startsWith("--sandbox");
        CommandLine commands = commandLine();
        try {
            return commands.execute(serves ? prepend(args) : args);
        } catch (OutOfMemoryError full) {
            commands.getErr()
                    .println("There is not enough memory for this; give more with -Xmx, or a smaller description.");
            return USAGE;
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                // what a file holds, a token perhaps, is never taken for arguments
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    private static String[] prepend(String[] args) {
        String[] all = new String[args.length + 1];
        all[0] = "serve";
        System.arraycopy(args, 0, all, 1, args.length);
        return all;
    }
}
