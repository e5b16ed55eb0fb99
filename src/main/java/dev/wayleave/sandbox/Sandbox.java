package dev.wayleave.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small platform for databases of SQLite, with its own OAuth 2.1 authorization server, both on one loopback origin. */
public final class Sandbox implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService executor;
    private final Platform platform;
    private final URI issuer;

    private Sandbox(HttpServer server, ExecutorService executor, Platform platform, URI issuer) {
        this.server = server;
        this.executor = executor;
        this.platform = platform;
        this.issuer = issuer;
    }

    /** Starts serving; what the folder holds from an earlier time is there again. */
    public static Sandbox start(SandboxOptions options) throws IOException {
        Path folder = create(options.folder());
        HttpServer server = HttpServer.create(new InetSocketAddress(options.host(), options.port()), 0);
        String authority = authority(options.host(), server.getAddress().getPort());
        URI issuer = URI.create("http://" + authority);
        Platform platform;
        try {
            platform = Platform.open(options, folder, issuer);
        } catch (IOException | RuntimeException e) {
            server.stop(0);
            throw e;
        }
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(executor);
        server.createContext(
                "/",
                new HttpFront(
                        new Routes(platform.routes()),
                        authority,
                        server.getAddress().getPort()));
        server.start();
        return new Sandbox(server, executor, platform, issuer);
    }

    /** The issuer of its tokens and the origin of its API: scheme, host and port, without a path. */
    public URI issuer() {
        return issuer;
    }

    /** Stops at once; what was answered is kept. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        platform.close();
    }

    private static String authority(InetAddress host, int port) {
        String address = host.getHostAddress();
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }

    /** For its owner only where the file system knows such a thing, because keys are kept there. */
    private static Path create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return Files.createDirectories(folder);
    }
}
