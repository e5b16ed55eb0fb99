package dev.wayleave.mcp;

import dev.wayleave.caller.ProtectedResource;
import dev.wayleave.platform.Platform;
import dev.wayleave.platform.Platforms;
import dev.wayleave.platform.ServerSettings;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The endpoints of all platforms, by path. */
public final class Endpoints implements AutoCloseable {
    static final String METADATA = "/.well-known/oauth-protected-resource";
    private final Map<String, Endpoint> byPath = new LinkedHashMap<>();

    /**
     * Mounts every platform.
     *
     * @param version of this server
     * @param ids makes the ids of calls
     */
    public Endpoints(
            Platforms platforms, ServerSettings server, String version, Supplier<String> ids, InstantSource clock) {
        Doors doors = new Doors(server.publicUrl(), server.loopback(), server.hosts(), server.origins());
        for (Platform platform : platforms.all()) {
            byPath.put(platform.path(), new Endpoint(platform, doors, version, ids, clock));
        }
    }

    @Override
    public void close() {
        byPath.values().forEach(endpoint -> endpoint.platform().close());
    }

    Collection<String> paths() {
        return byPath.keySet();
    }

    @Nullable
    Endpoint at(String path) {
        return byPath.get(path);
    }

    byte @Nullable [] metadataAt(String path) {
        Endpoint endpoint = path.startsWith(METADATA) ? byPath.get(path.substring(METADATA.length())) : null;
        ProtectedResource resource =
                endpoint == null ? null : endpoint.platform().resource();
        return resource == null ? null : resource.json();
    }
}
