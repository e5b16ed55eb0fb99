package dev.wayleave.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.openapi.Overlay;
import dev.wayleave.openapi.ReadOptions;
import dev.wayleave.tool.Annotations;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.ToolJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the tools that come out of a description. The tools go to standard output, what was left out to standard error. */
@Command(name = "tools", description = "Shows the tools of an OpenAPI description.", mixinStandardHelpOptions = true)
final class ToolsCommand implements Callable<Integer> {
    private static final int USAGE = 2;

    @Option(names = "--openapi", required = true, description = "The description, in JSON or YAML.")
    private Path openapi = Path.of("");

    @Option(names = "--overlay", description = "An overlay to apply first; repeatable, applied in this order.")
    private List<Path> overlays = List.of();

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Format format = Format.table;

    /** How to print them; spelled as on the command line. */
    enum Format {
        json,
        table
    }

    @Override
    public Integer call() throws JsonProcessingException {
        Catalog catalog;
        try {
            catalog = Catalog.of(OpenApiReader.read(openapi, ReadOptions.with(overlays())));
        } catch (DocumentException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
        catalog.findings().stream().map(Finding::toString).forEach(System.err::println);
        System.out.println(
                switch (format) {
                    case json -> json(catalog);
                    case table -> table(catalog);
                });
        return 0;
    }

    private List<Overlay> overlays() throws DocumentException {
        List<Overlay> read = new ArrayList<>();
        for (Path overlay : overlays) {
            read.add(Overlay.read(overlay));
        }
        return read;
    }

    private static String json(Catalog catalog) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode tools = mapper.createArrayNode();
        catalog.tools().stream().map(ToolJson::of).forEach(tools::add);
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(tools);
    }

    private static String table(Catalog catalog) {
        StringBuilder table = new StringBuilder();
        for (Tool tool : catalog.tools()) {
            table.append("%-42s %-12s %-7s %s  %s%n"
                    .formatted(
                            tool.name(),
                            hint(tool.annotations()),
                            tool.operation().method(),
                            tool.operation().path(),
                            String.join(" ", tool.scopes().nearest(List.of()))));
        }
        return table.append(catalog.tools().size()).append(" tools").toString();
    }

    private static String hint(Annotations annotations) {
        return annotations.readOnly() ? "reads" : annotations.destructive() ? "destructive" : "writes";
    }
}
