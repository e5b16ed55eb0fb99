package dev.wayleave.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Wayleave as a process of its own, the way an operator runs it. */
final class WayleaveProcess implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;
    final int port;

    private WayleaveProcess(
            Path directory,
            Path folder,
            Map<String, String> environment,
            List<String> options,
            List<String> arguments) {
        String chosen = environment.get("MICRONAUT_SERVER_PORT");
        port = chosen == null ? freePort() : Integer.parseInt(chosen);
        out = folder.resolve("out.txt");
        err = folder.resolve("err.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("MICRONAUT_SERVER_PORT", String.valueOf(port));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WayleaveProcess start(
            Path folder, Map<String, String> environment, List<String> options, String... arguments) {
        return new WayleaveProcess(folder, folder, environment, options, List.of(arguments));
    }

    /** In this directory; what it says goes into the folder. */
    static WayleaveProcess startHere(Path folder, Map<String, String> environment) {
        return new WayleaveProcess(Path.of("").toAbsolutePath(), folder, environment, List.of(), List.of());
    }

    /** Waits until {@code /health/liveness} answers 200. */
    WayleaveProcess ready() {
        Instant end = Instant.now().plusSeconds(60);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest health = HttpRequest.newBuilder(url("/health/liveness"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            while (Instant.now().isBefore(end) && process.isAlive()) {
                try {
                    if (client.send(health, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return this;
                    }
                } catch (IOException e) {
                    Thread.sleep(50);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("not ready; it said: " + err());
    }

    /** Waits for it to end by itself, and gives its exit code. */
    int exitCode() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("still running; it said: " + err());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A log configuration with everything at TRACE. */
    static String everythingLogged(Path folder) {
        try {
            Path file = Files.writeString(folder.resolve("trace.xml"), """
                    <configuration>
                      <appender name="e" class="ch.qos.logback.core.ConsoleAppender">
                        <target>System.err</target>
                        <encoder><pattern>%level %logger %msg%n</pattern></encoder>
                      </appender>
                      <root level="TRACE"><appender-ref ref="e"/></root>
                    </configuration>
                    """);
            return "-Dlogback.configurationFile=" + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    /** Tells it to end, as an operator's process manager does. */
    void terminate() {
        process.destroy();
    }

    /** Tells it to read its configuration again. */
    void hangUp() {
        try {
            new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it as {@code kill -9} does: it can do nothing about it. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
