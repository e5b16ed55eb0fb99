package dev.wayleave.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Gathers what several sources say below one root; a later source wins over an earlier one. */
public final class ConfigurationTree {
    private final String root;
    private final Node.Mapping mapping;

    public ConfigurationTree(String root) {
        this.root = root;
        this.mapping = new Node.Mapping(new LinkedHashMap<>(), "no configuration file");
    }

    /**
     * Adds one value, where its key lies below the root.
     *
     * @param key dotted, from above the root
     * @param value a scalar, a list or a map
     * @param file what to call its source
     */
    public void add(String key, Object value, String file) {
        if (key.equals(root) && !(value instanceof Map)) {
            throw new InvalidConfiguration(root + " must be a mapping (" + file + ")");
        }
        if (key.startsWith(root + ".")) {
            mapping.put(key.substring(root.length() + 1), value, file);
        }
    }

    /**
     * The root, to be read.
     *
     * @param placeholders resolves {@code ${NAME}} in a text, throwing where a name has no value
     */
    public Settings settings(UnaryOperator<String> placeholders) {
        String file = mapping.entries().values().stream()
                .map(Node::file)
                .reduce((first, last) -> last)
                .orElse(mapping.file());
        return new Settings(root, new Node.Mapping(mapping.entries(), file), placeholders);
    }
}
