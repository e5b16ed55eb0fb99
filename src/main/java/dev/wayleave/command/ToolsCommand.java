package dev.wayleave.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wayleave.client.Client;
import dev.wayleave.client.ClientReport;
import dev.wayleave.client.ListedTool;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.openapi.Overlay;
import dev.wayleave.openapi.ReadOptions;
import dev.wayleave.tool.Catalog;
import dev.wayleave.workflow.WorkflowDocument;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Shows the tools that come out of a description, and what a client would make of them. The tools go to standard output,
 * what was left out or changed to standard error.
 */
@Command(
        name = "tools",
        description = "Shows the tools of an OpenAPI description.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "1:something would break in the client", "2:no such file, or no OpenAPI description"})
final class ToolsCommand implements Callable<Integer> {
    private static final int FINDING = 1;
    private static final int USAGE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--openapi", required = true, description = "The description, in JSON or YAML.")
    private Path openapi = Path.of("");

    @Option(names = "--overlay", description = "An overlay to apply first; repeatable, applied in this order.")
    private List<Path> overlays = List.of();

    @Option(names = "--workflow", description = "An Arazzo document whose workflows are tools too; repeatable.")
    private List<Path> workflows = List.of();

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Format format = Format.table;

    @Option(names = "--client", description = "Tell what would break or be cut there: ${COMPLETION-CANDIDATES}.")
    private @Nullable Client client;

    @Option(
            names = "--server-name",
            description = "What the client's user calls this server; default ${DEFAULT-VALUE}.")
    private String serverName = "wayleave";

    @Option(
            names = "--sort",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}. With size the largest come first.")
    private Order sort = Order.document;

    /** In which order they are printed; spelled as on the command line. */
    enum Order {
        document,
        name,
        size
    }

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Catalog catalog;
        try {
            catalog = catalog(openapi, overlays, workflows);
        } catch (DocumentException e) {
            err.println(e.getMessage());
            return USAGE;
        }
        catalog.findings().stream().map(ToolTable::line).forEach(err::println);
        List<ListedTool> tools = sorted(ListedTool.of(catalog.tools()));
        ToolTable table = new ToolTable(tools, catalog.findings());
        out.println(
                switch (format) {
                    case json -> json(tools);
                    case markdown -> table.markdown();
                    case table -> table.text();
                });
        return client == null ? 0 : report(client, tools, format == Format.json ? err : out);
    }

    private List<ListedTool> sorted(List<ListedTool> tools) {
        return switch (sort) {
            case document -> tools;
            case name ->
                tools.stream()
                        .sorted(Comparator.comparing(listed -> listed.tool().name()))
                        .toList();
            case size ->
                tools.stream()
                        .sorted(Comparator.comparingInt(ListedTool::bytes).reversed())
                        .toList();
        };
    }

    /** The tools of a description with overlays applied in their order. */
    static Catalog catalog(Path openapi, List<Path> overlays, List<Path> workflows) throws DocumentException {
        List<Overlay> read = new ArrayList<>();
        for (Path overlay : overlays) {
            read.add(Overlay.read(overlay));
        }
        List<WorkflowDocument> documents = new ArrayList<>();
        for (Path workflow : workflows) {
            documents.add(WorkflowDocument.read(workflow));
        }
        return Catalog.of(OpenApiReader.read(openapi, ReadOptions.with(read)), documents);
    }

    private int report(Client of, List<ListedTool> tools, PrintWriter to) {
        ClientReport report = ClientReport.of(of, serverName, tools);
        to.println();
        to.println(report);
        return report.breaks() ? FINDING : 0;
    }

    private static String json(List<ListedTool> tools) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode array = mapper.createArrayNode();
        tools.forEach(tool -> array.add(tool.json()));
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array);
    }
}
