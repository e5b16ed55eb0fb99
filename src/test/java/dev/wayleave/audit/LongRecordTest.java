package dev.wayleave.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However much there is to tell of a call, its record is one that can be read again. */
class LongRecordTest {
    @TempDir
    Path folder;

    private static AuditEvent.Began began(List<String> groups, List<AuditEvent.Value> values) {
        AuditEvent.Began usual = Calls.began("long");
        AuditEvent.What what = usual.what();
        return new AuditEvent.Began(
                usual.time(),
                usual.id(),
                usual.request(),
                usual.trace(),
                usual.where(),
                new AuditEvent.Who("https://i", "user", "client", groups, List.of(), null),
                new AuditEvent.What(
                        what.kind(), what.tool(), null, what.operation(), List.of(), List.of("id"), values));
    }

    private static AuditEvent event(AuditEvent.Began began, List<AuditEvent.Step> steps) {
        AuditEvent.Sent sent = new AuditEvent.Sent(2000, 200, 2, Duration.ofMillis(1), "none", null);
        return new AuditEvent(began, "allow", "security", "ok", sent, Duration.ofMillis(2), steps);
    }

    private static List<AuditEvent.Step> steps(int count) {
        return Collections.nCopies(
                count,
                new AuditEvent.Step(
                        "change-each-of-them",
                        "PUT /projects/{project}/pets/{id}",
                        "ok",
                        1,
                        200,
                        "none",
                        Duration.ZERO));
    }

    private static List<AuditEvent.Value> values(int count) {
        List<AuditEvent.Value> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(new AuditEvent.Value("a" + i, "property", "a" + i, TextNode.valueOf("ü".repeat(4090)), null));
        }
        return values;
    }

    /** The record of a call, and of its beginning, read back from a log that is intact and goes on after a restart. */
    private JsonNode written(AuditEvent.Began began, List<AuditEvent.Step> steps) throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (DurableLog log = Calls.log(file, 1 << 30)) {
            log.started(began);
            log.ended(event(began, steps), true);
        }
        List<String> lines = Files.readAllLines(file);
        // as if it had been killed just then
        Files.write(file, lines.subList(0, 3));
        Files.writeString(Path.of(file + ".head"), lines.getFirst());
        Calls.log(file, 1 << 30).close();

        assertThat(Files.readAllLines(file)).startsWith(lines.get(0), lines.get(1), lines.get(2));
        AuditKeys keys = AuditKeys.parsePublic(Files.readString(Path.of(file + ".pub")));
        assertThat(new ChainCheck(keys).check(List.of(file), Path.of(file + ".head")))
                .isInstanceOfSatisfying(
                        ChainCheck.Finding.Intact.class,
                        intact -> assertThat(intact.notes()).isEmpty());
        try (InputStream in = Calls.class.getResourceAsStream("audit.schema.json")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(in, InputFormat.JSON)
                            .validate(lines.get(2), InputFormat.JSON))
                    .isEmpty();
        }
        return Chain.JSON.readTree(lines.get(2));
    }

    @Test
    void ofTwoThousandStepsTheFirstAreToldAndTheOthersCounted() throws Exception {
        JsonNode record = written(began(List.of(), List.of()), steps(2000));

        int told = record.path("steps").size();
        assertThat(told).isGreaterThan(500);
        assertThat(told + record.path("dropped").path("steps").asInt()).isEqualTo(2000);
        assertThat(record.path("attempts").asInt()).isEqualTo(2000);
    }

    @Test
    void valuesThatAreTooLongTogetherAreHashed() throws Exception {
        JsonNode record = written(began(List.of(), values(11)), List.of());

        assertThat(record.path("values")).hasSize(11).allSatisfy(value -> {
            assertThat(value.has("value")).isFalse();
            assertThat(value.path("hmac").asText()).matches("[0-9a-f]{32}");
        });
        assertThat(record.has("dropped")).isFalse();
    }

    @Test
    void whatIsLongInEveryWayIsStillOneRecord() throws Exception {
        List<String> groups = Collections.nCopies(2000, "ü".repeat(300));
        JsonNode record = written(began(groups, values(2000)), steps(5000));

        for (String list : List.of("groups", "values", "steps")) {
            assertThat(record.path(list)).as(list).isNotEmpty();
            assertThat(record.path("dropped").path(list).asInt()).as(list).isPositive();
        }
    }

    @Test
    void whatIsShortIsWrittenAsItIs() throws Exception {
        JsonNode record = written(began(List.of("ops"), values(2)), steps(20));

        assertThat(record.path("values").path(0).path("value").asText()).hasSize(4090);
        assertThat(record.path("steps")).hasSize(20);
        assertThat(record.has("dropped")).isFalse();
    }

    @Test
    void aRecordThatNobodyCouldReadIsNotTaken() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        AuditKeys keys = AuditKeys.random(new java.security.SecureRandom());
        ChainedFile sink = ChainedFile.open(
                file, keys, new ChainedFile.Rotation(1 << 30, 10_000), java.time.InstantSource.system());
        byte[] record = ("{\"type\":\"call\",\"text\":\"" + "x".repeat(Chain.LONGEST_LINE) + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
        try (GroupCommit commit = new GroupCommit(sink, Duration.ofSeconds(2), List::of, () -> Instant.EPOCH)) {
            assertThatThrownBy(() -> commit.append(record, true, true)).isInstanceOf(AuditUnavailableException.class);
            commit.append(EventJson.resumed(Instant.EPOCH, Instant.EPOCH, 0), true, true);
        }
        assertThat(new ChainCheck(keys).check(List.of(file), Path.of(file + ".head")))
                .isInstanceOf(ChainCheck.Finding.Intact.class);
    }
}
