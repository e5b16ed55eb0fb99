package dev.wayleave.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainedFileTest {
    private static final long LARGE = 1 << 30;

    @TempDir
    Path folder;

    private Path file;

    @org.junit.jupiter.api.BeforeEach
    void name() {
        file = folder.resolve("audit.jsonl");
    }

    private void write(long maxBytes, int calls) throws AuditUnavailableException {
        try (DurableLog log = Calls.log(file, maxBytes)) {
            for (int i = 0; i < calls; i++) {
                log.started(Calls.began("id-" + i));
                log.ended(Calls.ended("id-" + i), true);
            }
        }
    }

    private ChainCheck.Finding check(Path... files) throws IOException {
        AuditKeys keys = AuditKeys.parsePublic(Files.readString(Path.of(file + ".pub")));
        return new ChainCheck(keys).check(List.of(files), Path.of(file + ".head"));
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> rotated = files.filter(path -> path.toString().matches(".*\\.\\d{12}"))
                    .sorted()
                    .toList();
            return Stream.concat(rotated.stream(), Stream.of(file)).toList();
        }
    }

    @Test
    void theChainGoesOnOverRestarts() throws Exception {
        write(LARGE, 5);
        write(LARGE, 5);

        assertThat(check(file)).isInstanceOfSatisfying(ChainCheck.Finding.Intact.class, intact -> {
            assertThat(intact.first()).isEqualTo(1);
            assertThat(intact.last()).isEqualTo(24);
            assertThat(intact.signed()).isEqualTo(24);
            assertThat(intact.unknown()).isEmpty();
        });
    }

    @Test
    void theChainGoesOnOverFilesThatArePutAside() throws Exception {
        write(3000, 20);
        write(3000, 20);

        List<Path> files = all();
        assertThat(files).hasSizeGreaterThan(5);
        assertThat(check(files.toArray(Path[]::new))).isInstanceOf(ChainCheck.Finding.Intact.class);
        assertThat(check(files.get(2), files.get(4)))
                .isInstanceOfSatisfying(ChainCheck.Finding.Broken.class, broken -> {
                    assertThat(broken.line()).isEqualTo(1);
                    assertThat(broken.what()).contains("are missing here");
                });
    }

    @Test
    void everyLineKeepsToTheSchema() throws Exception {
        write(LARGE, 1);
        try (DurableLog log = Calls.log(file, LARGE)) {
            for (int i = 0; i < 20; i++) {
                log.refused(Calls.refused());
            }
            log.ended(Calls.read("of-a-resource", "r".repeat(3000)), false);
        }
        Files.writeString(file, "{\"seq\":99,\"torn", StandardOpenOption.APPEND);
        write(LARGE, 1);

        Schema schema;
        try (InputStream in = Calls.class.getResourceAsStream("/dev/wayleave/audit/audit.schema.json")) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in, InputFormat.JSON);
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.toString())
                .contains("\"started\"", "\"call\"", "\"suppressed\"", "\"repaired\"", "\"opened\"");
        assertThat(lines.toString())
                .contains("\"kind\":\"resource\",\"tool\":\"get_pet\",\"resource\":\"pets://{id}\"")
                .containsPattern("\"reason\":\"r{2048}[^r]");
        for (String line : lines) {
            assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
        }
        assertThat(schema.validate(lines.getFirst().replace("\"key\"", "\"keys\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void whatACrashTearsOffIsToldAndKept() throws Exception {
        write(LARGE, 2);
        String torn = Files.readAllLines(file).get(1).substring(0, 200);
        Files.writeString(file, torn, StandardOpenOption.APPEND);
        assertThat(check(file))
                .isInstanceOfSatisfying(
                        ChainCheck.Finding.Broken.class,
                        broken -> assertThat(broken.what()).contains("cut off"));

        write(LARGE, 1);

        assertThat(check(file))
                .isInstanceOfSatisfying(
                        ChainCheck.Finding.Intact.class,
                        intact -> assertThat(intact.notes())
                                .singleElement()
                                .asString()
                                .contains("200 bytes"));
        JsonNode repaired = Files.readAllLines(file).stream()
                .map(line -> Chain.read(line.getBytes(StandardCharsets.UTF_8)).orElseThrow())
                .filter(link -> link.type().equals("repaired"))
                .findFirst()
                .orElseThrow()
                .record();
        assertThat(new String(repaired.path("text").binaryValue(), StandardCharsets.UTF_8))
                .isEqualTo(torn);
    }

    @Test
    void aCallWithoutItsEndIsListed() throws Exception {
        try (DurableLog log = Calls.log(file, LARGE)) {
            log.started(Calls.began("lost"));
        }
        assertThat(check(file))
                .isInstanceOfSatisfying(
                        ChainCheck.Finding.Intact.class,
                        intact -> assertThat(intact.unknown()).containsOnlyKeys("lost"));
    }

    @Test
    void aLogThatIsShorterThanItsKeptCheckpointIsNotContinued() throws Exception {
        write(LARGE, 5);
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 6));

        assertThat(check(file))
                .isInstanceOfSatisfying(
                        ChainCheck.Finding.Broken.class,
                        broken -> assertThat(broken.line()).isEqualTo(7));
        assertThatThrownBy(() -> write(LARGE, 1))
                .hasRootCauseMessage(
                        "ends at record 6, but audit.jsonl.head tells that there were 12: bring the file back, or put both"
                                + " away to begin anew");

        Files.delete(file);
        assertThatThrownBy(() -> write(LARGE, 1)).hasRootCauseInstanceOf(BrokenAuditException.class);
    }

    @Test
    void aFileOfSomeoneElseIsNotTouched() throws Exception {
        Files.writeString(file, "{\"time\":\"x\"}\n");
        assertThatThrownBy(() -> write(LARGE, 1)).hasRootCauseInstanceOf(BrokenAuditException.class);
        assertThat(Files.readString(file)).isEqualTo("{\"time\":\"x\"}\n");
    }

    @Test
    void twoProcessesDoNotWriteOneFile() {
        try (DurableLog log = Calls.log(file, LARGE)) {
            assertThat(log.isFailing()).isFalse();
            assertThatThrownBy(() -> Calls.log(file, LARGE)).hasMessageContaining("it is written already");
        }
    }

    @Test
    void theKeyIsItsOwnersAloneAndAnotherKeyVerifiesNothing() throws Exception {
        write(LARGE, 1);
        Path key = Path.of(file + ".key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");

        AuditKeys other = AuditKeys.random(new java.security.SecureRandom());
        assertThat(new ChainCheck(other).check(List.of(file), null))
                .isInstanceOfSatisfying(ChainCheck.Finding.Broken.class, broken -> {
                    assertThat(broken.line()).isEqualTo(1);
                    assertThat(broken.what()).isEqualTo("is not signed with this key");
                });
        assertThat(AuditKeys.parse(Files.readString(key)).name())
                .isEqualTo(AuditKeys.parsePublic(Files.readString(Path.of(file + ".pub")))
                        .name());
    }

    @Test
    void aChainThatIsMadeAnewWithoutTheKeyIsFound() throws Exception {
        write(LARGE, 5);
        List<String> lines = Files.readAllLines(file);
        StringBuilder forged = new StringBuilder(lines.getFirst()).append('\n');
        String prev = Chain.read(lines.getFirst().getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .hash();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            String record = "{" + line.substring(line.indexOf("\"type\""), line.indexOf(",\"hash\":")) + "}";
            byte[] made = Chain.line(i + 1, prev, record.replace("user", "eve").getBytes(StandardCharsets.UTF_8));
            prev = Chain.hashOf(made);
            forged.append(new String(made, StandardCharsets.UTF_8));
        }
        Files.writeString(file, forged);
        AuditKeys keys = AuditKeys.parsePublic(Files.readString(Path.of(file + ".pub")));
        assertThat(new ChainCheck(keys).check(List.of(file), null))
                .isInstanceOfSatisfying(ChainCheck.Finding.Broken.class, broken -> {
                    assertThat(broken.line()).isEqualTo(12);
                    assertThat(broken.what()).isEqualTo("is not signed with this key");
                });
    }
}
