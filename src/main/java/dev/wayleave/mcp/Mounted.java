package dev.wayleave.mcp;

import dev.wayleave.caller.MetadataMirror;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is served from one reading of the configuration to the next, each by its path.
 *
 * @param metadata the RFC 9728 documents
 * @param mirrors of authorization servers' metadata
 */
record Mounted(Map<String, Endpoint> endpoints, Map<String, byte[]> metadata, Map<String, MetadataMirror> mirrors) {
    Mounted {
        endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(endpoints));
        metadata = Map.copyOf(metadata);
        mirrors = Map.copyOf(mirrors);
    }

    Collection<Endpoint> all() {
        return endpoints.values();
    }
}
