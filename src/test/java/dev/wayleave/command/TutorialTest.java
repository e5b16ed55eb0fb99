package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever follows {@code docs/tutorial.md} to the letter gets there: files, commands and what they print. */
class TutorialTest {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)(?: ([\\w.]+))?\n(.*?)```", Pattern.DOTALL);
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

    @TempDir
    Path folder;

    private final List<Process> servers = new ArrayList<>();
    private final List<Integer> ports = List.of(WayleaveProcess.freePort(), WayleaveProcess.freePort());

    @AfterEach
    void stop() {
        for (Process server : servers) {
            server.descendants().forEach(ProcessHandle::destroy);
            server.destroy();
        }
    }

    @Test
    void everyStepOfItWorks() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/bin/sh")) && has("curl"), "skipped: there is no shell, or no curl");
        Path bin = Files.createDirectory(folder.resolve("bin"));
        script(
                bin.resolve("wayleave"),
                "exec java --enable-native-access=ALL-UNNAMED -cp '"
                        + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        + "' " + Main.class.getName() + " \"$@\"\n");
        String tutorial = Files.readString(Path.of("docs", "tutorial.md"))
                .replace("127.0.0.1:9100", "127.0.0.1:" + ports.getFirst())
                .replace("\"127.0.0.1\", 9100", "\"127.0.0.1\", " + ports.getFirst())
                .replace("127.0.0.1:8080", "127.0.0.1:" + ports.getLast());
        String printed = "";
        int commands = 0;
        int compared = 0;
        for (Matcher block = BLOCK.matcher(tutorial); block.find(); ) {
            String text = block.group(3);
            switch (block.group(1)) {
                case "java" -> Files.writeString(folder.resolve("Notes.java"), text);
                case "yaml" -> Files.writeString(folder.resolve(String.valueOf(block.group(2))), text);
                case "text" -> {
                    assertThat(printed).isEqualTo(text);
                    compared++;
                }
                default -> {
                    commands++;
                    if ("server".equals(block.group(2))) {
                        serve(text, ports.get(servers.size()));
                    } else {
                        printed = run(text);
                    }
                }
            }
        }
        assertThat(servers).hasSize(2);
        assertThat(commands).isEqualTo(9);
        assertThat(compared).isEqualTo(5);
    }

    private void serve(String command, int port) throws Exception {
        Process server =
                shell(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        servers.add(server);
        Instant end = Instant.now().plusSeconds(60);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return;
            } catch (IOException e) {
                assertThat(server.isAlive() && Instant.now().isBefore(end))
                        .as(command)
                        .isTrue();
                Thread.sleep(100);
            }
        }
    }

    private String run(String command) throws Exception {
        Process process = shell(command).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(command + out).isZero();
        return out.endsWith("\n") ? out : out + "\n";
    }

    private ProcessBuilder shell(String command) {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors.txt").toFile());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + JAVA + ":" + System.getenv("PATH"));
        builder.environment().put("MICRONAUT_SERVER_PORT", String.valueOf(ports.getLast()));
        return builder;
    }

    private static boolean has(String program) throws Exception {
        return new ProcessBuilder("/bin/sh", "-c", "command -v " + program)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
