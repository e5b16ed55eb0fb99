package dev.wayleave.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingSinkTest {
    @TempDir
    Path folder;

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(10);
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void aFullDeviceRefusesCalls() throws Exception {
        try (DurableLog log = Calls.log(Path.of("/dev/full"), 1 << 30)) {
            assertThatThrownBy(() -> log.started(Calls.began("1"))).isInstanceOf(AuditUnavailableException.class);
            assertThat(log.isFailing()).isTrue();
            assertThat(log.admitsCalls()).isFalse();
        }
    }

    @Test
    void whereCallsMayBeForgottenTheyGoOn() {
        try (DurableLog log = Calls.log(Path.of("/dev/full"), 1 << 30, true)) {
            assertThatCode(() -> log.started(Calls.began("1"))).doesNotThrowAnyException();
            assertThat(log.isFailing()).isTrue();
            assertThat(log.admitsCalls()).isTrue();
        }
    }

    @Test
    void aPipeThatNobodyReadsHoldsACallForTwoSecondsAtMostAndWorksOnceSomebodyDoes() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (DurableLog log = Calls.log(pipe, 1 << 30)) {
            long began = System.nanoTime();
            assertThatThrownBy(() -> log.started(Calls.began("1"))).isInstanceOf(AuditUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofSeconds(1), Duration.ofMillis(2500));
            began = System.nanoTime();
            assertThatThrownBy(() -> log.ended(Calls.ended("2"), true)).isInstanceOf(AuditUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(500));

            List<String> read = new ArrayList<>();
            try (BufferedReader reader = Files.newBufferedReader(pipe)) {
                await(() -> !log.isFailing());
                log.ended(Calls.ended("3"), true);
                while (read.stream().noneMatch(line -> line.contains("\"id\":\"3\""))) {
                    read.add(reader.readLine());
                }
            }
            assertThat(read.toString())
                    .contains("\"id\":\"2\"", "\"type\":\"resumed\"")
                    .doesNotContain("\"seq\"");
        }
    }

    @Test
    void aFileThatIsTakenAwayRefusesCallsUntilThereIsOneAgainAndTheChainTellsIt() throws Exception {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path file = inner.resolve("audit.jsonl");
        try (DurableLog log = Calls.log(file, 1 << 30)) {
            log.ended(Calls.ended("1"), true);
            Path away = folder.resolve("away");
            Files.move(inner, away);
            assertThatThrownBy(() -> log.started(Calls.began("2"))).isInstanceOf(AuditUnavailableException.class);
            assertThat(log.admitsCalls()).isFalse();

            Files.move(away, inner);
            await(log::admitsCalls);
            log.ended(Calls.ended("3"), true);
        }
        AuditKeys keys = AuditKeys.parsePublic(Files.readString(Path.of(file + ".pub")));
        assertThat(new ChainCheck(keys).check(List.of(file), Path.of(file + ".head")))
                .isInstanceOfSatisfying(
                        ChainCheck.Finding.Intact.class,
                        intact -> assertThat(intact.notes()).hasSize(1));
    }

    /** Takes so many bytes, and then no more until it is emptied. */
    private static final class SmallSink implements AuditSink {
        private final List<byte[]> taken = new ArrayList<>();
        private final AtomicInteger room = new AtomicInteger(3);

        @Override
        public synchronized void write(List<byte[]> records) throws IOException {
            if (records.size() > room.get()) {
                throw new IOException("No space left on device");
            }
            room.addAndGet(-records.size());
            taken.addAll(records);
        }

        @Override
        public void force() {}

        @Override
        public void recover() {}

        @Override
        public void close() {}

        synchronized String all() {
            StringBuilder all = new StringBuilder();
            taken.forEach(record -> all.append(new String(record, java.nio.charset.StandardCharsets.US_ASCII)));
            return all.toString();
        }
    }

    @Test
    void whatIsOwedIsWrittenOnceThereIsRoom() throws Exception {
        SmallSink sink = new SmallSink();
        try (DurableLog log = new DurableLog(
                sink, AuditKeys.random(new java.security.SecureRandom()), false, 5, java.time.InstantSource.system())) {
            for (int i = 0; i < 3; i++) {
                log.ended(Calls.ended("id-" + i), true);
            }
            assertThatThrownBy(() -> log.ended(Calls.ended("owed"), true))
                    .isInstanceOf(AuditUnavailableException.class);
            sink.room.set(100);
            await(() -> !log.isFailing());
        }
        assertThat(sink.all()).containsOnlyOnce("\"owed\"").contains("\"resumed\"");
    }

    /** Counts how often it was forced. */
    private static final class CountingSink implements AuditSink {
        private final AtomicInteger forces = new AtomicInteger();

        @Override
        public void write(List<byte[]> records) {}

        @Override
        public void force() {
            forces.incrementAndGet();
        }

        @Override
        public void recover() {}

        @Override
        public void close() {}
    }

    @Test
    void onlyWhatWasSentIsForcedBeforeItsAnswer() throws Exception {
        CountingSink sink = new CountingSink();
        try (DurableLog log = new DurableLog(
                sink, AuditKeys.random(new java.security.SecureRandom()), false, 5, java.time.InstantSource.system())) {
            for (int i = 0; i < 20; i++) {
                log.ended(Calls.read("unsent", "security"), true);
            }
            assertThat(sink.forces).hasValueLessThan(2);
            int before = sink.forces.get();
            for (int i = 0; i < 20; i++) {
                log.ended(Calls.ended("sent"), true);
            }
            assertThat(sink.forces.get() - before).isGreaterThanOrEqualTo(20);
        }
    }

    /** Breaks once as memory does. */
    private static final class BreakingSink implements AuditSink {
        private final AtomicInteger writes = new AtomicInteger();

        @Override
        public void write(List<byte[]> records) {
            if (writes.incrementAndGet() == 2) {
                throw new OutOfMemoryError("made up");
            }
        }

        @Override
        public void force() {}

        @Override
        public void recover() {}

        @Override
        public void close() {}
    }

    @Test
    void anErrorFailsThoseWhoWaitAndNobodyAfterThem() throws Exception {
        try (DurableLog log = new DurableLog(
                new BreakingSink(),
                AuditKeys.random(new java.security.SecureRandom()),
                false,
                5,
                java.time.InstantSource.system())) {
            log.ended(Calls.ended("1"), true);
            long began = System.nanoTime();
            assertThatThrownBy(() -> log.ended(Calls.ended("2"), true)).isInstanceOf(AuditUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
            await(() -> !log.isFailing());
            log.ended(Calls.ended("3"), true);
        }
    }

    @Test
    void aFloodOfRefusalsIsSampledAndCountedExactlyAndNoCallIsLeftOut() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        CountDownLatch done = new CountDownLatch(8);
        try (DurableLog log = Calls.log(file, 1 << 30)) {
            for (int thread = 0; thread < 8; thread++) {
                String name = "t" + thread + "-";
                Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 1000; i++) {
                        log.refused(Calls.refused());
                        if (i % 10 == 0) {
                            assertThatCode(() -> log.ended(Calls.ended(name), false))
                                    .doesNotThrowAnyException();
                        }
                    }
                    done.countDown();
                });
            }
            done.await();
        }
        long single = 0;
        long counted = 0;
        long calls = 0;
        for (String line : Files.readAllLines(file)) {
            var record = Chain.JSON.readTree(line);
            single += record.path("outcome").asText().equals("unauthenticated") ? 1 : 0;
            calls += record.path("outcome").asText().equals("ok") ? 1 : 0;
            counted += record.path("outcomes").path("unauthenticated").asLong();
        }
        assertThat(single).isBetween(1L, 200L);
        assertThat(single + counted).isEqualTo(8000);
        assertThat(calls).isEqualTo(800);
    }

    @Test
    void manyWhoWaitShareOneForce() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        int threads = 64;
        int each = 50;
        CountDownLatch done = new CountDownLatch(threads);
        long began = System.nanoTime();
        try (DurableLog log = Calls.log(file, 1 << 30)) {
            for (int thread = 0; thread < threads; thread++) {
                String name = "t" + thread + "-";
                Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < each; i++) {
                        String id = name + i;
                        assertThatCode(() -> log.ended(Calls.ended(id), true)).doesNotThrowAnyException();
                    }
                    done.countDown();
                });
            }
            done.await();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "audit: %.0f records/s, each forced, %d waiting at once%n", threads * each / seconds, threads);
        assertThat(Files.readAllLines(file).stream().filter(line -> line.contains("\"call\"")))
                .hasSize(threads * each);
    }
}
