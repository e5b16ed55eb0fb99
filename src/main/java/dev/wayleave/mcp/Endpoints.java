package dev.wayleave.mcp;

import dev.wayleave.audit.AuditLog;
import dev.wayleave.caller.MetadataMirror;
import dev.wayleave.caller.ProtectedResource;
import dev.wayleave.caller.VerifierHealth;
import dev.wayleave.platform.Platform;
import dev.wayleave.platform.Platforms;
import dev.wayleave.platform.ServerSettings;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The endpoints of all platforms, by path. */
public final class Endpoints implements AutoCloseable {
    private final Map<String, Endpoint> byPath = new LinkedHashMap<>();
    private final Map<String, byte[]> metadata = new LinkedHashMap<>();
    private final Map<String, MetadataMirror> mirrors = new LinkedHashMap<>();
    private final AuditLog audit;
    private final OptionalInt managementPort;
    private volatile boolean draining;

    /**
     * Mounts every platform.
     *
     * @param audit closed last
     * @param version of this server
     * @param ids makes the ids of calls
     */
    public Endpoints(
            Platforms platforms,
            ServerSettings server,
            AuditLog audit,
            String version,
            Supplier<String> ids,
            InstantSource clock) {
        this.audit = audit;
        this.managementPort = server.managementPort();
        Doors doors = new Doors(server.publicUrl(), server.loopback(), server.hosts(), server.origins());
        for (Platform platform : platforms.all()) {
            SlowCalls slow = new SlowCalls(platform.catalog(), server.streams());
            byPath.put(platform.path(), new Endpoint(platform, doors, slow, version, ids, clock));
            ProtectedResource resource = platform.resource();
            if (resource != null) {
                metadata.put(resource.metadataUrl().getRawPath(), resource.json());
            }
            MetadataMirror mirror = platform.mirror();
            if (resource != null && mirror != null) {
                boolean alone = platforms.all().size() == 1;
                resource.mirrorPaths(alone).forEach(path -> mirrors.put(path, mirror));
            }
        }
    }

    @Override
    public void close() {
        byPath.values().forEach(endpoint -> endpoint.platform().close());
        audit.close();
    }

    /** Takes no more calls. */
    void drain() {
        draining = true;
    }

    /** Ends the calls that are under way, as if the platforms had broken off, so that each still gets its answer. */
    void letGo() {
        byPath.values().forEach(endpoint -> endpoint.platform().close());
    }

    boolean isDraining() {
        return draining;
    }

    /** Where the parts of the health are told; empty for nowhere. */
    OptionalInt managementPort() {
        return managementPort;
    }

    AuditLog audit() {
        return audit;
    }

    Collection<Platform> platforms() {
        return byPath.values().stream().map(Endpoint::platform).toList();
    }

    /** Whether calls can be remembered. */
    boolean remembers() {
        return !audit.isFailing();
    }

    Collection<String> paths() {
        return byPath.keySet();
    }

    @Nullable
    Endpoint at(String path) {
        return byPath.get(path);
    }

    /** Where the RFC 9728 documents are. */
    Collection<String> metadataPaths() {
        return metadata.keySet();
    }

    byte @Nullable [] metadataAt(String path) {
        return metadata.get(path);
    }

    /** Where authorization servers' metadata is mirrored. */
    Collection<String> mirrorPaths() {
        return mirrors.keySet();
    }

    @Nullable
    MetadataMirror mirrorAt(String path) {
        return mirrors.get(path);
    }

    /** How well each platform can tell who calls, by its name. */
    Map<String, VerifierHealth> health() {
        Map<String, VerifierHealth> health = new LinkedHashMap<>();
        byPath.values().stream()
                .map(Endpoint::platform)
                .forEach(platform ->
                        health.put(platform.name(), platform.verifier().health()));
        return health;
    }
}
