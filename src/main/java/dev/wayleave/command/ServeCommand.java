package dev.wayleave.command;

import dev.wayleave.config.InvalidConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves until it is told to stop. */
@Command(
        name = "serve",
        description = "Serves the platforms of the configuration (the default).",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final int USAGE = 2;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

    @Option(names = "--sandbox", description = "Also start the embedded sandbox platform, and serve that.")
    private boolean sandbox;

    @Option(
            names = "--sandbox-port",
            description = "The sandbox's port; by default 8181, or another where it is taken.")
    private int sandboxPort;

    @Option(names = "--sandbox-data", description = "Where the sandbox keeps its data; default ${DEFAULT-VALUE}.")
    private Path sandboxData = Path.of("target", "sandbox");

    @Override
    public Integer call() throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stop, closed)));
        try (Server server = sandbox ? Server.withSandbox(sandboxPort, sandboxData) : Server.configured()) {
            System.err.println(server.greeting());
            stop.await();
            return 0;
        } catch (InvalidConfiguration e) {
            System.err.println("wayleave does not start: " + e.getMessage());
            return USAGE;
        } finally {
            closed.countDown();
        }
    }

    /** Runs when the process is told to end, and holds it until the server is closed. */
    private static void stop(CountDownLatch stop, CountDownLatch closed) {
        stop.countDown();
        try {
            if (!closed.await(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("wayleave did not close within " + LONGEST_CLOSE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
