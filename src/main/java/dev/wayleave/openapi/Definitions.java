package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Definitions by name, in an order that is the same in every run, never changed and therefore shared: one and the same
 * may go with thousands of schemas.
 */
final class Definitions extends AbstractMap<String, JsonNode> {
    private final Map<String, JsonNode> byName;

    private Definitions(Map<String, JsonNode> byName) {
        this.byName = byName;
    }

    static Definitions of(Map<String, JsonNode> given) {
        return given instanceof Definitions same
                ? same
                : new Definitions(Collections.unmodifiableMap(new LinkedHashMap<>(given)));
    }

    @Override
    public @Nullable JsonNode get(Object name) {
        return byName.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return byName.containsKey(name);
    }

    @Override
    public Set<Entry<String, JsonNode>> entrySet() {
        return byName.entrySet();
    }
}
