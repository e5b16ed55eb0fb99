package dev.wayleave.tool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What calls of one kind may name, and what each of them calls.
 *
 * @param byName tools by their names, those behind resources by the text of their URIs, or those that follow a task by their
 *     use and the name of the tool that began it
 */
public record Served(Kind kind, Map<String, Tool> byName) {
    /** How agents reach it. */
    public enum Kind {
        TOOL,
        RESOURCE,
        TASK
    }

    public Served {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** What reading these calls. */
    static Served resources(List<Resource> resources) {
        Map<String, Tool> byUri = new LinkedHashMap<>();
        resources.forEach(resource -> byUri.put(resource.uri().text(), resource.tool()));
        return new Served(Kind.RESOURCE, byUri);
    }

    /** What following the work of these tools calls: for each that is followed, what reads its state and what ends it. */
    static Served tasks(Map<String, Tool> tools) {
        Map<String, Tool> byUse = new LinkedHashMap<>();
        tools.forEach((name, tool) -> {
            Task task = tool.handling().task();
            if (task != null) {
                byUse.put(status(name), task.status().following(task));
                Tool cancel = task.cancel();
                if (cancel != null) {
                    byUse.put(cancel(name), cancel);
                }
            }
        });
        return new Served(Kind.TASK, byUse);
    }

    /** What reads the state of the work that this tool began. */
    public static String status(String tool) {
        return "status " + tool;
    }

    /** What ends the work that this tool began. */
    public static String cancel(String tool) {
        return "cancel " + tool;
    }

    public @Nullable Tool find(String name) {
        return byName.get(name);
    }
}
