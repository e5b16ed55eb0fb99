package dev.wayleave.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditKeysTest {
    private static final int MADE = 200;

    @TempDir
    Path folder;

    @Test
    void aKeyIsNeverSeenUnfinished() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Queue<String> unfinished = new ConcurrentLinkedQueue<>();
        Thread watching = Thread.ofPlatform().start(() -> {
            for (int i = 0; !over.get(); i = (i + 1) % MADE) {
                look(folder.resolve("log" + i + ".key"), unfinished);
            }
        });
        for (int i = 0; i < MADE; i++) {
            AuditKeys.beside(folder.resolve("log" + i), new SecureRandom());
        }
        over.set(true);
        watching.join();

        assertThat(unfinished).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(MADE);
        }
    }

    private static void look(Path key, Queue<String> unfinished) {
        try {
            String text = Files.readString(key);
            if (!text.endsWith("-----END PRIVATE KEY-----\n")) {
                unfinished.add(key.getFileName() + ": " + text.length());
            }
        } catch (NoSuchFileException e) {
            // not yet
        } catch (IOException e) {
            unfinished.add(e.toString());
        }
    }

    @Test
    void ofManyWhoMakeAKeyAtOnceAllGetTheSame() throws Exception {
        Path log = folder.resolve("audit.jsonl");
        Set<String> names = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            Thread.ofPlatform().start(() -> {
                try {
                    names.add(AuditKeys.beside(log, new SecureRandom()).name());
                } catch (IOException | RuntimeException e) {
                    names.add(e.toString());
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();

        assertThat(names)
                .hasSize(1)
                .containsExactlyElementsOf(List.of(AuditKeys.parse(Files.readString(folder.resolve("audit.jsonl.key")))
                        .name()));
    }
}
