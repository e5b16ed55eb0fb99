package dev.wayleave.platform;

import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.seal.Seal;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What stands directly below {@code wayleave}, beside the platforms.
 *
 * @param publicUrl origin, and path where there is one, under which clients know this server
 * @param loopback whether it is bound to a loopback address
 * @param hosts further {@code Host} values that are let in
 * @param origins further {@code Origin} values that are let in
 * @param audit how calls are remembered
 * @param seal closes what clients carry from one request to the next
 * @param streams how slow calls are told of
 * @param connections the most that clients may have at once
 * @param managementPort where metrics and the parts of the health are told; empty for nowhere
 * @param reload whether changes are taken up while the server runs
 * @param fixed digests of what cannot change while it runs, by key
 */
public record ServerSettings(
        URI publicUrl,
        boolean loopback,
        List<String> hosts,
        List<String> origins,
        AuditSettings audit,
        Seal seal,
        StreamSettings streams,
        int connections,
        OptionalInt managementPort,
        ReloadSettings reload,
        Map<String, String> fixed) {
    private static final List<String> FIXED = List.of("audit", "seal", "management-port", "reload");

    public ServerSettings {
        fixed = Map.copyOf(fixed);
    }

    /** Reads them for a server that will be bound to this host and port. */
    public static ServerSettings read(Settings root, String host, int port) {
        boolean loopback = isLoopback(host);
        return new ServerSettings(
                publicUrl(root, host, port, loopback),
                loopback,
                root.texts("allowed-hosts"),
                root.texts("allowed-origins"),
                AuditSettings.read(root),
                SealSettings.read(root, new SecureRandom()),
                StreamSettings.read(root),
                connections(root),
                root.has("management-port")
                        ? OptionalInt.of(root.count("management-port", 0, 1, 65_535))
                        : OptionalInt.empty(),
                ReloadSettings.read(root),
                fixed(root));
    }

    /**
     * What the settings say now, with the audit, the keys and the ports that this process has.
     *
     * @throws InvalidConfiguration where they want others
     */
    public ServerSettings again(Settings root, String host, int port) {
        Map<String, String> now = fixed(root);
        for (String key : FIXED) {
            if (!now.getOrDefault(key, "").equals(fixed.getOrDefault(key, ""))) {
                throw new InvalidConfiguration(
                        root.path(key) + " has changed (" + root.file(key) + "), which takes a restart");
            }
        }
        return new ServerSettings(
                publicUrl(root, host, port, loopback),
                loopback,
                root.texts("allowed-hosts"),
                root.texts("allowed-origins"),
                audit,
                seal,
                StreamSettings.read(root),
                connections(root),
                managementPort,
                reload,
                fixed);
    }

    private static URI publicUrl(Settings root, String host, int port, boolean loopback) {
        Optional<URI> publicUrl = root.url("public-url");
        if (publicUrl.isEmpty() && !loopback) {
            root.required(
                    "public-url", "is the URL under which clients know this server, since it is not on loopback only");
        }
        return publicUrl.orElseGet(
                () -> URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port));
    }

    private static int connections(Settings root) {
        return root.count("connections", 10_000, 1, 1_000_000);
    }

    private static Map<String, String> fixed(Settings root) {
        Map<String, String> digests = new HashMap<>();
        FIXED.forEach(key -> root.digest(key).ifPresent(digest -> digests.put(key, digest)));
        return digests;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}");
    }
}
