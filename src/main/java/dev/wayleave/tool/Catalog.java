package dev.wayleave.tool;

import dev.wayleave.openapi.ApiDescription;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.Finding;
import dev.wayleave.workflow.WorkflowDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tools of one platform, in the order of its description. Immutable. */
public final class Catalog {
    private static final int TITLE_LENGTH = 100;
    private static final String USUAL_CREDENTIAL = "Authorization";
    private final String title;
    private final String version;
    private final @Nullable String instructions;
    private final Map<String, Tool> tools;
    private final List<Resource> resources;
    private final List<Prompt> prompts;
    private final List<ErrorRule> errors;
    private final List<Finding> findings;
    private final Function<String, Optional<Tool>> internal;

    private Catalog(
            String title,
            String version,
            @Nullable String instructions,
            Map<String, Tool> tools,
            List<Resource> resources,
            List<Prompt> prompts,
            List<ErrorRule> errors,
            List<Finding> findings,
            Function<String, Optional<Tool>> internal) {
        this.internal = internal;
        this.title = title;
        this.version = version;
        this.instructions = instructions;
        this.tools = tools;
        this.resources = List.copyOf(resources);
        this.prompts = List.copyOf(prompts);
        this.errors = List.copyOf(errors);
        this.findings = List.copyOf(findings);
    }

    /** Makes a tool of every operation that is exposed. */
    public static Catalog of(ApiDescription api) throws DocumentException {
        return of(api, Selection.ALL, USUAL_CREDENTIAL);
    }

    /** The same with a tool of every workflow. */
    public static Catalog of(ApiDescription api, List<WorkflowDocument> workflows) throws DocumentException {
        return of(api, workflows, Selection.ALL, USUAL_CREDENTIAL);
    }

    /**
     * Makes a tool of every operation that is chosen and exposed; one that cannot be called through a tool is left out
     * with a finding.
     *
     * @param credentialHeader the header that carries the caller's token, which no argument may set
     * @throws DocumentException where what {@code x-mcp} says of the whole document is wrong
     */
    public static Catalog of(ApiDescription api, Selection selection, String credentialHeader)
            throws DocumentException {
        return of(api, List.of(), selection, credentialHeader);
    }

    /** The same with a tool of every workflow that is exposed. */
    public static Catalog of(
            ApiDescription api, List<WorkflowDocument> workflows, Selection selection, String credentialHeader)
            throws DocumentException {
        List<Finding> findings = new ArrayList<>(api.findings());
        DocumentCuration document = DocumentCuration.of(api, findings);
        findings.addAll(selection.unmatched(api.operations()));
        CatalogMaker maker =
                new CatalogMaker(document, new Headers(credentialHeader.toLowerCase(Locale.ROOT)), findings);
        Map<String, Tool> tools = maker.tools(api, selection);
        new WorkflowTools(document, maker.steps(api), findings).addTo(tools, workflows);
        BehindTools behind = new BehindTools(api, selection, maker, tools);
        new TaskMaker(behind, findings).addTo(tools);
        List<Resource> resources = new ResourceMaker(behind, findings).resources(document.resources());
        Set<String> taken = new HashSet<>();
        List<Prompt> prompts = document.prompts().stream()
                .filter(one -> PromptCuration.isUsable(one, taken, tools.keySet(), resources, findings))
                .map(PromptCuration::prompt)
                .toList();
        String title = document.title();
        return new Catalog(
                VisibleText.of(title == null ? api.title() : title, TITLE_LENGTH),
                VisibleText.of(api.version(), TITLE_LENGTH),
                document.instructions(),
                tools,
                resources,
                prompts,
                document.errors(),
                findings,
                named -> maker.internal(api, named));
    }

    /** The same, with tools that a person must agree to. */
    public Catalog confirming(Confirming how) {
        Map<String, Tool> asking = new LinkedHashMap<>();
        tools.forEach((name, tool) -> asking.put(name, how.of(tool)));
        return new Catalog(title, version, instructions, asking, resources, prompts, errors, findings, internal);
    }

    /** The platform's title, for people. */
    public String title() {
        return title;
    }

    /** The version of its description. */
    public String version() {
        return version;
    }

    /** How to use the tools together, for models. */
    public @Nullable String instructions() {
        return instructions;
    }

    public List<Tool> tools() {
        return List.copyOf(tools.values());
    }

    /** What {@code tools/call} may name. */
    public Served callable() {
        return new Served(Served.Kind.TOOL, tools);
    }

    /** What reading a resource may name: its URI, or the template of it. */
    public Served readable() {
        return Served.resources(resources);
    }

    /** What looking at a task, or ending it, calls. */
    public Served followable() {
        return Served.tasks(tools);
    }

    /** Single URIs before templates; in the order in which a URI is looked up. */
    public List<Resource> resources() {
        return resources;
    }

    public List<Prompt> prompts() {
        return prompts;
    }

    /** Whether answers of some operation may be told again. */
    public boolean hasCachedReads() {
        return Stream.concat(tools.values().stream(), resources.stream().map(Resource::tool))
                .anyMatch(Tool::isCached);
    }

    public @Nullable Tool find(String name) {
        return tools.get(name);
    }

    /**
     * An operation as a tool that nobody is offered: one that the server itself asks, exposed or not.
     *
     * @param operation the id that the description gives it, or method and path such as {@code GET /pets}
     */
    public Optional<Tool> internal(String operation) {
        return internal.apply(operation);
    }

    /** What its owner knows of the platform's errors; the first that fits one counts. */
    public List<ErrorRule> errors() {
        return errors;
    }

    /** What its owner should know of the description. */
    public List<Finding> findings() {
        return findings;
    }

    /** Every scope that some tool asks for, in order of appearance. */
    public Set<String> scopes() {
        Set<String> scopes = new LinkedHashSet<>();
        for (Tool tool : tools.values()) {
            tool.scopes().alternatives().forEach(scopes::addAll);
        }
        return scopes;
    }
}
