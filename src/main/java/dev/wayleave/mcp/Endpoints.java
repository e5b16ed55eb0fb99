package dev.wayleave.mcp;

import dev.wayleave.audit.AuditLog;
import dev.wayleave.caller.MetadataMirror;
import dev.wayleave.caller.VerifierHealth;
import dev.wayleave.config.Settings;
import dev.wayleave.platform.Platform;
import dev.wayleave.platform.ReloadSettings;
import dev.wayleave.platform.ServerSettings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of all platforms, by path. A reload puts others in their place at once; what is under way ends where it
 * began.
 */
public final class Endpoints implements AutoCloseable {
    private final Mounting mounting;
    private final Subscriptions subscriptions;
    private final Set<Endpoint> leaving = ConcurrentHashMap.newKeySet();
    private volatile ServerSettings server;
    private volatile Mounted mounted;
    private volatile boolean draining;
    private volatile boolean outdated;

    /** Mounts every platform; the audit of the mounting is closed with this. */
    Endpoints(Settings root, ServerSettings server, Mounting mounting) {
        this.mounting = mounting;
        this.server = server;
        this.subscriptions =
                new Subscriptions(this::enter, server.reload(), server.streams().keepAlive(), mounting.clock());
        this.mounted = mounting.of(root, server, subscriptions);
    }

    /**
     * Serves what the settings say from now on. Where something is wrong with them everything stays as it was.
     *
     * @param host what they would have the server bound to, where they say nothing of its URL
     */
    synchronized void remount(Settings root, String host, int port) {
        ServerSettings next = server.again(root, host, port);
        Mounted fresh = mounting.of(root, next, subscriptions);
        fresh.all().forEach(endpoint -> endpoint.platform().verifier().prepare());
        Mounted old = mounted;
        server = next;
        mounted = fresh;
        outdated = false;
        mounting.verifiers().keep(platforms());
        leaving.addAll(old.all());
        old.all().forEach(Endpoint::giveUp);
        leaving.removeIf(Endpoint::isClosed);
        subscriptions.changed();
    }

    /** What is configured now is not what is served, because it cannot be. */
    void keepOld() {
        outdated = true;
    }

    boolean isOutdated() {
        return outdated;
    }

    ReloadSettings reload() {
        return server.reload();
    }

    @Override
    public void close() {
        subscriptions.close();
        letGo();
        audit().close();
    }

    /** Takes no more calls. */
    void drain() {
        draining = true;
        subscriptions.close();
    }

    /** Ends the calls that are under way, as if the platforms had broken off, so that each still gets its answer. */
    void letGo() {
        mounted.all().forEach(endpoint -> endpoint.platform().close());
        leaving.forEach(endpoint -> endpoint.platform().close());
    }

    boolean isDraining() {
        return draining;
    }

    /** How many connections clients may have at once. */
    int connections() {
        return server.connections();
    }

    /** Where the parts of the health are told; empty for nowhere. */
    OptionalInt managementPort() {
        return server.managementPort();
    }

    AuditLog audit() {
        return mounting.audit();
    }

    Collection<Platform> platforms() {
        return mounted.all().stream().map(Endpoint::platform).toList();
    }

    /** The files that describe the platforms. */
    Set<Path> files() {
        Set<Path> files = new LinkedHashSet<>();
        platforms().forEach(platform -> files.addAll(platform.files()));
        return files;
    }

    /** Whether calls can be remembered. */
    boolean remembers() {
        return !audit().isFailing();
    }

    Collection<String> paths() {
        return mounted.endpoints().keySet();
    }

    @Nullable
    Endpoint at(String path) {
        return mounted.endpoints().get(path);
    }

    /** The same, not to be closed before whoever asked leaves it. */
    @Nullable
    Endpoint enter(String path) {
        Endpoint endpoint = at(path);
        while (endpoint != null && !endpoint.enter()) {
            endpoint = at(path);
        }
        return endpoint;
    }

    /** Where the RFC 9728 documents are. */
    Collection<String> metadataPaths() {
        return mounted.metadata().keySet();
    }

    byte @Nullable [] metadataAt(String path) {
        return mounted.metadata().get(path);
    }

    /** Where authorization servers' metadata is mirrored. */
    Collection<String> mirrorPaths() {
        return mounted.mirrors().keySet();
    }

    @Nullable
    MetadataMirror mirrorAt(String path) {
        return mounted.mirrors().get(path);
    }

    /** How well each platform can tell who calls, by its name. */
    Map<String, VerifierHealth> health() {
        Map<String, VerifierHealth> health = new LinkedHashMap<>();
        platforms()
                .forEach(platform ->
                        health.put(platform.name(), platform.verifier().health()));
        return health;
    }
}
