package dev.wayleave.tool;

import dev.wayleave.openapi.ApiDescription;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tools of one platform, in the order of its description. Immutable. */
public final class Catalog {
    private static final int TITLE_LENGTH = 100;
    private final String title;
    private final String version;
    private final Map<String, Tool> tools;
    private final List<Finding> findings;

    private Catalog(String title, String version, Map<String, Tool> tools, List<Finding> findings) {
        this.title = title;
        this.version = version;
        this.tools = tools;
        this.findings = List.copyOf(findings);
    }

    /** Makes a tool of every operation; one that cannot be called through a tool is left out with a finding. */
    public static Catalog of(ApiDescription api) {
        ToolNames names = new ToolNames(api.operations());
        Map<String, Tool> tools = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>(api.findings());
        HiddenWords hidden = new HiddenWords();
        for (Operation operation : api.operations()) {
            hidden.in(operation).ifPresent(findings::add);
            try {
                Tool tool = ToolMaker.make(names.of(operation), operation);
                tools.put(tool.name(), tool);
            } catch (UnusableOperation e) {
                findings.add(new Finding(Finding.Severity.ERROR, operation.source(), "left out: " + e.getMessage()));
            }
        }
        return new Catalog(
                VisibleText.of(api.title(), TITLE_LENGTH),
                VisibleText.of(api.version(), TITLE_LENGTH),
                tools,
                findings);
    }

    /** The platform's title, for people. */
    public String title() {
        return title;
    }

    /** The version of its description. */
    public String version() {
        return version;
    }

    public List<Tool> tools() {
        return List.copyOf(tools.values());
    }

    public @Nullable Tool find(String name) {
        return tools.get(name);
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
