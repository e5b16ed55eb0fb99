package dev.wayleave.command;

import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.mcp.Signals;
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
    private static final int UNCLEAN = 1;

    /** Beyond what calls are given to end. */
    private static final Duration FOR_CLOSING = Duration.ofSeconds(10);

    @Option(names = "--sandbox", description = "Also start the embedded sandbox platform, and serve that.")
    private boolean sandbox;

    @Option(
            names = "--sandbox-port",
            description = "The sandbox's port; by default 8181, or another where it is taken.")
    private int sandboxPort;

    @Option(names = "--sandbox-data", description = "Where the sandbox keeps its data; default ${DEFAULT-VALUE}.")
    private Path sandboxData = Path.of("target", "sandbox");

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Duration grace = Duration.ofSeconds(25);

    @Override
    public Integer call() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        // to be told to stop is no failure, and to be told so twice changes nothing
        Signals.handle("TERM", () -> System.exit(0));
        try (Server server = sandbox ? Server.withSandbox(sandboxPort, sandboxData) : Server.configured()) {
            grace = server.gracePeriod();
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
    private void stop() {
        stop.countDown();
        Duration longest = grace.plus(FOR_CLOSING);
        try {
            if (!closed.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("wayleave did not close within " + longest.toSeconds() + " s");
                Runtime.getRuntime().halt(UNCLEAN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
