package dev.wayleave.platform;

import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.VisibleText;
import dev.wayleave.tool.Work;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what texts are filled with; a tool that needs a constant or an origin which nobody configured stops the start. */
final class Constants {
    private Constants() {}

    static Map<String, String> read(Settings s, Catalog catalog, Set<String> origins) {
        Map<String, String> constants = new LinkedHashMap<>();
        s.textsByName("constants").forEach((name, texts) -> constants.put(name, String.join(", ", texts)));
        Stream.concat(catalog.tools().stream(), catalog.readable().byName().values().stream())
                .forEach(tool -> {
                    switch (tool.work()) {
                        case Work.OneCall one -> {
                            String origin = one.origin();
                            if (origin != null && !origins.contains(origin)) {
                                throw missing(s, "upstream.origins", origin, tool);
                            }
                        }
                        case Work.Steps several -> {}
                        case Work.Fixed fixed ->
                            fixed.constants().stream()
                                    .filter(name -> !constants.containsKey(name))
                                    .forEach(name -> {
                                        throw missing(s, "constants", name, tool);
                                    });
                    }
                });
        return constants;
    }

    private static InvalidConfiguration missing(Settings s, String key, String name, Tool tool) {
        return new InvalidConfiguration(s.path(key) + " has no " + VisibleText.of(name, 64) + " (" + s.file("openapi")
                + "): the tool " + tool.name() + " needs it");
    }
}
