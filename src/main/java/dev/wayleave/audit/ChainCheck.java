package dev.wayleave.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads logs that follow each other, line by line, and stops at the first line that is not what was written: edited, missing,
 * moved, inserted, doubled, or cut off. It needs no configuration, and the public half of a key only.
 */
public final class ChainCheck {
    private static final int MOST_NOTES = 100;
    private final AuditKeys keys;
    private final BiPredicate<Chain.Link, Chain.Link> follows;
    private final Map<String, Long> started = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private Chain.@Nullable Link last;
    private Chain.@Nullable Link head;
    private boolean met;
    private long signed;
    private long first;

    public ChainCheck(AuditKeys keys) {
        this(keys, (link, before) -> link.prev().equals(before.hash()));
    }

    /** @param follows whether a line names the one before it */
    ChainCheck(AuditKeys keys, BiPredicate<Chain.Link, Chain.Link> follows) {
        this.keys = keys;
        this.follows = follows;
    }

    /** What was found. */
    public sealed interface Finding {
        /**
         * Every line is what was written.
         *
         * @param signed the number of the last record that a signature covers
         * @param unknown calls that were about to be sent and of whose end nothing is told, by the record that says so
         * @param notes what the log itself tells of faults
         */
        record Intact(long first, long last, long signed, Map<String, Long> unknown, List<String> notes)
                implements Finding {}

        /**
         * A line is not what was written.
         *
         * @param line its number in the file, from 1; for something that is missing at the end, the one that would follow
         */
        record Broken(Path file, long line, String what) implements Finding {}
    }

    /**
     * Reads them all.
     *
     * @param logs in the order in which they were written
     * @param kept where the last checkpoint is kept; null where it is nowhere
     */
    public Finding check(List<Path> logs, @Nullable Path kept) throws IOException {
        if (kept != null) {
            byte[] line = AuditKeys.text(kept).stripTrailing().getBytes(StandardCharsets.US_ASCII);
            head = Chain.read(line)
                    .filter(Chain.Link::whole)
                    .filter(link -> Chain.isSigned(line, link, keys))
                    .orElse(null);
            if (head == null) {
                return new Finding.Broken(kept, 1, "is no checkpoint that is signed with this key");
            }
        }
        long lines = 0;
        for (Path log : logs) {
            lines = 0;
            try (InputStream in = new BufferedInputStream(Files.newInputStream(log))) {
                LineReader reader = new LineReader(in);
                for (byte[] line = reader.next(); line != null; line = reader.next()) {
                    lines++;
                    String wrong = reader.ended() ? wrong(line, lines == 1) : "is cut off in its middle";
                    if (wrong != null) {
                        return misplaced(line, lines, reader.next())
                                ? new Finding.Broken(log, 1, "does not begin this log: older lines stand behind it")
                                : new Finding.Broken(log, lines, wrong);
                    }
                }
            }
            if (lines == 0) {
                return new Finding.Broken(log, 1, "is missing: a log begins with a signed line");
            }
        }
        Chain.Link end = last;
        if (head != null && !met && (end == null || head.seq() >= first)) {
            return new Finding.Broken(
                    logs.getLast(),
                    lines + 1,
                    "is missing: the kept checkpoint tells that there were records up to " + head.seq());
        }
        return new Finding.Intact(first, end == null ? 0 : end.seq(), signed, started, notes);
    }

    /** What is wrong with a line; null for nothing. */
    private @Nullable String wrong(byte[] line, boolean begins) {
        Optional<Chain.Link> read = Chain.read(line);
        if (read.isEmpty()) {
            return "is no record: it was edited or inserted";
        }
        Chain.Link link = read.get();
        if (!link.whole()) {
            return "was edited: its hash does not fit";
        }
        String wrong = place(link, begins);
        if (wrong == null && link.isSigned() && !Chain.isSigned(line, link, keys)) {
            wrong = "is not signed with this key";
        }
        if (wrong == null && head != null && head.seq() == link.seq()) {
            met = true;
            wrong = head.hash().equals(link.hash()) ? null : "is not the checkpoint that was kept";
        }
        if (wrong == null) {
            take(link);
        }
        return wrong;
    }

    /** Whether it is not this second line that is wrong, but the one before it: nothing follows that, and this is older. */
    private boolean misplaced(byte[] line, long number, byte @Nullable [] next) {
        Chain.Link before = last;
        return number == 2
                && before != null
                && Chain.read(line)
                        .filter(link -> link.whole() && link.seq() < before.seq())
                        .isPresent()
                && (next == null
                        || Chain.read(next)
                                .filter(link -> link.prev().equals(before.hash()))
                                .isEmpty());
    }

    private @Nullable String place(Chain.Link link, boolean begins) {
        Chain.Link before = last;
        if (begins && !link.type().equals("opened")) {
            return "does not begin a log: lines before it are missing";
        }
        if (before == null) {
            first = link.seq();
            boolean fits = link.seq() > 1 || (link.seq() == 1 && link.prev().equals(Chain.BEGINNING));
            return fits ? null : "does not begin a log";
        }
        if (link.hash().equals(before.hash())) {
            return "is the line before it once more";
        }
        if (link.seq() > before.seq() + 1) {
            return "does not follow: records " + (before.seq() + 1) + " to " + (link.seq() - 1) + " are missing here";
        }
        if (link.seq() <= before.seq()) {
            return "does not follow: record " + link.seq() + " stands behind record " + before.seq();
        }
        return follows.test(link, before) ? null : "does not follow: the line before it, or this one, was replaced";
    }

    private void take(Chain.Link link) {
        last = link;
        JsonNode record = link.record();
        String id = record.path("id").asText();
        switch (link.type()) {
            case "started" -> started.put(id, link.seq());
            case "call" -> started.remove(id);
            case "opened", "checkpoint" -> signed = link.seq();
            case "repaired" ->
                note(link, "an unfinished record of " + record.path("bytes").asLong() + " bytes was cut off");
            case "resumed" ->
                note(
                        link,
                        "nothing could be remembered since "
                                + record.path("from").asText() + "; "
                                + record.path("lost").asLong() + " calls were refused without a record");
            default -> {}
        }
    }

    private void note(Chain.Link link, String what) {
        if (notes.size() < MOST_NOTES) {
            notes.add("record " + link.seq() + ": " + what);
        }
    }
}
