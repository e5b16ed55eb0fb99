package dev.wayleave.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found at a start, after whatever happened to the files: nothing that was acknowledged is cut off or left out. */
class RecoveryTest {
    private static final long LARGE = 1 << 30;

    @TempDir
    Path folder;

    private Path file;
    private Path head;

    @BeforeEach
    void name() {
        file = folder.resolve("audit.jsonl");
        head = folder.resolve("audit.jsonl.head");
    }

    private void write(long maxBytes, int calls) throws AuditUnavailableException {
        try (DurableLog log = Calls.log(file, maxBytes)) {
            for (int i = 0; i < calls; i++) {
                log.started(Calls.began("id-" + i));
                log.ended(Calls.ended("id-" + i), true);
            }
        }
    }

    private ChainCheck.Finding check(List<Path> files) throws IOException {
        AuditKeys keys = AuditKeys.parsePublic(Files.readString(Path.of(file + ".pub")));
        return new ChainCheck(keys).check(files, head);
    }

    private List<Path> rotated() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().matches(".*\\.\\d{12}"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aFinishedLineThatWasEditedIsNotTakenForOneThatACrashToreOff() throws Exception {
        write(LARGE, 3);
        String whole = Files.readString(file);
        List<String> lines = whole.lines().toList();
        for (int kept = 2; kept < lines.size(); kept++) {
            String cut = String.join("\n", lines.subList(0, kept)) + "\n";
            String edited = cut.substring(0, cut.lastIndexOf("\"time\"")) + "\"tame\""
                    + cut.substring(cut.lastIndexOf("\"time\"") + 6);
            Files.writeString(file, edited);
            Files.writeString(head, lines.getFirst());

            assertThatThrownBy(() -> write(LARGE, 1)).hasRootCauseInstanceOf(BrokenAuditException.class);
            assertThat(Files.readString(file)).isEqualTo(edited);
        }
    }

    @Test
    void theOnlyLineOfALogIsNotCutOffWhereItWasEdited() throws Exception {
        write(LARGE, 0);
        String edited = Files.readString(file).replace("\"time\"", "\"tame\"");
        Files.writeString(file, edited);
        Files.delete(head);

        assertThatThrownBy(() -> write(LARGE, 1)).hasRootCauseInstanceOf(BrokenAuditException.class);
        assertThat(Files.readString(file)).isEqualTo(edited);
    }

    @Test
    void whereverAWriteIsTornEachLineBeforeItStays() throws Exception {
        write(LARGE, 2);
        String whole = Files.readString(file);
        String opened = whole.lines().findFirst().orElseThrow();
        for (int length = opened.length() + 1; length < whole.length(); length += 17) {
            Files.writeString(file, whole.substring(0, length));
            Files.writeString(head, opened);
            List<String> finished = whole.substring(0, whole.lastIndexOf('\n', length - 1) + 1)
                    .lines()
                    .toList();
            write(LARGE, 0);

            assertThat(Files.readAllLines(file)).startsWith(finished.toArray(String[]::new));
            assertThat(check(List.of(file))).isInstanceOf(ChainCheck.Finding.Intact.class);
        }
    }

    @Test
    void aLogWhoseKeptCheckpointIsGoneIsNotContinued() throws Exception {
        write(LARGE, 3);
        String whole = Files.readString(file);
        Files.delete(head);

        assertThatThrownBy(() -> write(LARGE, 1))
                .hasRootCauseInstanceOf(BrokenAuditException.class)
                .rootCause()
                .hasMessageContaining("audit.jsonl.head");
        assertThat(Files.readString(file)).isEqualTo(whole);
        assertThat(head).doesNotExist();
    }

    @Test
    void aLogThatIsGoneWithItsKeptCheckpointIsMissedByTheFilesThatWerePutAside() throws Exception {
        write(3000, 20);
        Files.delete(file);
        Files.delete(head);

        assertThatThrownBy(() -> write(3000, 1)).hasRootCauseInstanceOf(BrokenAuditException.class);
    }

    @Test
    void aLogThatWasKilledBeforeItsFirstCheckpointWasKeptIsContinued() throws Exception {
        write(LARGE, 0);
        Files.delete(head);
        write(LARGE, 1);

        assertThat(check(List.of(file))).isInstanceOf(ChainCheck.Finding.Intact.class);
    }

    @Test
    void aCutTailIsFoundBehindEachLineAndInEachFile() throws Exception {
        write(3000, 20);
        write(3000, 4);
        List<Path> files = new ArrayList<>(rotated());
        files.add(file);
        Path kept = Files.copy(head, folder.resolve("kept"));
        int cuts = 0;
        for (int number = 0; number < files.size(); number++) {
            Path cut = files.get(number);
            List<String> lines = Files.readAllLines(cut);
            for (int left = 0; left < lines.size(); left++) {
                Files.write(cut, lines.subList(0, left));
                assertThat(check(files)).isInstanceOf(ChainCheck.Finding.Broken.class);
                assertThat(check(files.subList(0, number + 1))).isInstanceOf(ChainCheck.Finding.Broken.class);
                cuts++;
            }
            Files.write(cut, lines);
            if (number < files.size() - 1) {
                assertThat(check(files.subList(0, number + 1)))
                        .as("the files behind it are gone")
                        .isInstanceOf(ChainCheck.Finding.Broken.class);
            }
        }
        Files.copy(kept, head, StandardCopyOption.REPLACE_EXISTING);
        assertThat(cuts).isGreaterThan(50);
        assertThat(check(files)).isInstanceOf(ChainCheck.Finding.Intact.class);
    }
}
