package dev.wayleave.mcp;

import dev.wayleave.audit.AuditLog;
import dev.wayleave.caller.MetadataMirror;
import dev.wayleave.caller.ProtectedResource;
import dev.wayleave.config.Settings;
import dev.wayleave.platform.Kept;
import dev.wayleave.platform.Platform;
import dev.wayleave.platform.PlatformFactory;
import dev.wayleave.platform.Platforms;
import dev.wayleave.platform.ServerSettings;
import dev.wayleave.upstream.PlatformClients;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes endpoints of settings, as often as these are read.
 *
 * @param kept of what was made of them before
 * @param version of this server
 * @param ids makes the ids of calls
 */
record Mounting(
        PlatformClients clients,
        MeterRegistry metrics,
        AuditLog audit,
        Kept kept,
        String version,
        Supplier<String> ids,
        Clock clock) {

    /** Everything, or what is wrong with it. */
    Mounted of(Settings root, ServerSettings server, Subscriptions subscriptions) {
        PlatformFactory factory = new PlatformFactory(server, audit, clients, metrics, kept, clock);
        Platforms[] made = new Platforms[1];
        try {
            return root.read(all -> {
                made[0] = Platforms.read(all, factory);
                return mounted(made[0], server, subscriptions);
            });
        } catch (RuntimeException e) {
            if (made[0] != null) {
                made[0].all().forEach(Platform::close);
            }
            throw e;
        }
    }

    private Mounted mounted(Platforms platforms, ServerSettings server, Subscriptions subscriptions) {
        Doors doors = new Doors(server.publicUrl(), server.loopback(), server.hosts(), server.origins());
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        Map<String, byte[]> metadata = new LinkedHashMap<>();
        Map<String, MetadataMirror> mirrors = new LinkedHashMap<>();
        for (Platform platform : platforms.all()) {
            SlowCalls slow = new SlowCalls(platform.catalog(), server.streams());
            endpoints.put(platform.path(), new Endpoint(platform, doors, slow, subscriptions, version, ids, clock));
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
        return new Mounted(endpoints, metadata, mirrors);
    }
}
