package dev.wayleave.sandbox;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;

/**
 * How a sandbox is set up.
 *
 * @param host where to listen; a loopback address, because the sandbox asks nobody for a password
 * @param port 0 for any free one
 * @param folder where databases, keys and registrations live; created where missing
 * @param resource the URL of the MCP endpoint: the only {@code resource} (RFC 8707) for which tokens are issued
 */
public record SandboxOptions(InetAddress host, int port, Path folder, URI resource, Clock clock) {
    public SandboxOptions {
        if (!host.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "the sandbox listens on loopback addresses only, because it asks nobody for a"
                            + " password; use 127.0.0.1 instead of " + host.getHostAddress());
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        if (!resource.isAbsolute() || resource.getRawFragment() != null) {
            throw new IllegalArgumentException("resource must be an absolute URL without a fragment: " + resource);
        }
    }
}
