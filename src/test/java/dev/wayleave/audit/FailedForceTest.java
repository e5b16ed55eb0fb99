package dev.wayleave.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is acknowledged is on the disk, also where the disk failed in between. */
class FailedForceTest {
    private static final ChainedFile.Rotation NEVER = new ChainedFile.Rotation(1 << 30, 10_000);

    @TempDir
    Path folder;

    private final LosingFiles files = new LosingFiles();
    private final AuditKeys keys = AuditKeys.random(new SecureRandom());

    private ChainedFile open(Path file, ChainedFile.Rotation rotation) throws Exception {
        return ChainedFile.open(file, keys, rotation, files, InstantSource.system());
    }

    private ChainCheck.Finding check(List<Path> logs) throws Exception {
        return new ChainCheck(keys).check(logs, folder.resolve("audit.jsonl.head"));
    }

    @Test
    void whatADiskLetGoOfIsWrittenOnceMore() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (DurableLog log = new DurableLog(open(file, NEVER), keys, false, 5, InstantSource.system())) {
            log.ended(Calls.ended("before"), true);
            log.ended(Calls.read("read", "security"), false);
            files.fail(0, 1);
            assertThatThrownBy(() -> log.ended(Calls.ended("waited"), true))
                    .isInstanceOf(AuditUnavailableException.class);
            Instant end = Instant.now().plusSeconds(10);
            while (log.isFailing() && Instant.now().isBefore(end)) {
                Thread.sleep(20);
            }
            log.ended(Calls.ended("after"), true);
        }
        assertThat(check(List.of(file))).isInstanceOf(ChainCheck.Finding.Intact.class);
        for (String id : List.of("before", "read", "waited", "after")) {
            assertThat(Files.readString(file)).containsOnlyOnce("\"id\":\"" + id + "\"");
        }
    }

    @Test
    void nothingIsAddedUntilWhatIsInDoubtWasWrittenAgain() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        byte[] record = EventJson.resumed(Instant.EPOCH, Instant.EPOCH, 0);
        try (ChainedFile log = open(file, NEVER)) {
            log.write(List.of(record));
            files.fail(0, 2);
            assertThatThrownBy(log::force).hasMessage("Input/output error");
            assertThatThrownBy(() -> log.write(List.of(record))).hasMessageContaining("on the disk");
            assertThatThrownBy(log::recover).hasMessage("Input/output error");
            assertThatThrownBy(() -> log.write(List.of(record))).hasMessageContaining("on the disk");
            log.recover();
            log.write(List.of(record));
            log.force();
        }
        assertThat(Files.readAllLines(file)).hasSize(4);
        assertThat(check(List.of(file))).isInstanceOf(ChainCheck.Finding.Intact.class);
    }

    /** The beginning of a new file, its checkpoints and its end are forced, too. */
    @Test
    void whicheverForceFailsNothingIsMissing() throws Exception {
        byte[] record = EventJson.resumed(Instant.EPOCH, Instant.EPOCH, 0);
        for (int good = 0; good < 20; good++) {
            Path inner = Files.createDirectory(folder.resolve("run" + good));
            Path file = inner.resolve("audit.jsonl");
            try (ChainedFile log = open(file, new ChainedFile.Rotation(1500, 2))) {
                files.fail(good, 1);
                for (int i = 0; i < 12; i++) {
                    log.write(List.of(record));
                    try {
                        log.force();
                        log.tend();
                    } catch (IOException e) {
                        log.recover();
                    }
                }
                files.fail(0, 0);
            }
            try (Stream<Path> all = Files.list(inner)) {
                List<Path> logs =
                        new ArrayList<>(all.filter(path -> path.toString().matches(".*\\.\\d{12}"))
                                .sorted()
                                .toList());
                logs.add(file);
                assertThat(new ChainCheck(keys).check(logs, Path.of(file + ".head")))
                        .isInstanceOf(ChainCheck.Finding.Intact.class);
                long records = 0;
                for (Path log : logs) {
                    records += Files.readAllLines(log).stream()
                            .filter(line -> line.contains("\"resumed\""))
                            .count();
                }
                assertThat(records).isEqualTo(12);
            }
        }
    }

    @Test
    void whatAnotherProcessWritesUntilItLetsGoIsNotCutOff() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        open(file, NEVER).close();
        AppendedFile.Opening late = path -> {
            try (ChainedFile other = open(path, NEVER)) {
                other.write(List.of(EventJson.resumed(Instant.EPOCH, Instant.EPOCH, 7)));
            } catch (Exception e) {
                throw new IOException(e);
            }
            return AppendedFile.Opening.usual(path);
        };
        ChainedFile.open(file, keys, NEVER, late, InstantSource.system()).close();

        assertThat(Files.readString(file)).contains("\"lost\":7");
        assertThat(check(List.of(file))).isInstanceOf(ChainCheck.Finding.Intact.class);
    }
}
