package dev.wayleave.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of {@code x-mcp}, for editors and checks of one's own. */
@Command(name = "schema", description = "Prints the JSON Schema of x-mcp.", mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
    private static final String SCHEMA = "/dev/wayleave/tool/x-mcp.schema.json";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        try (InputStream in = Objects.requireNonNull(SchemaCommand.class.getResourceAsStream(SCHEMA), SCHEMA)) {
            spec.commandLine().getOut().println(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
        return 0;
    }
}
