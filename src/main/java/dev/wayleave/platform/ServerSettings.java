package dev.wayleave.platform;

import dev.wayleave.config.Settings;
import dev.wayleave.seal.Seal;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
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
 * @param managementPort where metrics and the parts of the health are told; empty for nowhere
 */
public record ServerSettings(
        URI publicUrl,
        boolean loopback,
        List<String> hosts,
        List<String> origins,
        AuditSettings audit,
        Seal seal,
        StreamSettings streams,
        OptionalInt managementPort) {
    /** Reads them for a server that will be bound to this host and port. */
    public static ServerSettings read(Settings root, String host, int port) {
        boolean loopback = isLoopback(host);
        Optional<URI> publicUrl = root.url("public-url");
        if (publicUrl.isEmpty() && !loopback) {
            root.required(
                    "public-url", "is the URL under which clients know this server, since it is not on loopback only");
        }
        return new ServerSettings(
                publicUrl.orElseGet(
                        () -> URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port)),
                loopback,
                root.texts("allowed-hosts"),
                root.texts("allowed-origins"),
                AuditSettings.read(root),
                SealSettings.read(root, new SecureRandom()),
                StreamSettings.read(root),
                root.has("management-port")
                        ? OptionalInt.of(root.count("management-port", 0, 1, 65_535))
                        : OptionalInt.empty());
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}");
    }
}
