package dev.wayleave.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file whose records are chained and now and then signed; the last signed line is kept beside it, too. A file that has
 * grown large is put aside under the number of its last record, and the chain goes on in a new one.
 */
final class ChainedFile implements AuditSink {
    private static final Logger LOG = LoggerFactory.getLogger(ChainedFile.class);
    private static final Duration SIGNED_EVERY = Duration.ofSeconds(5);
    private static final int SHOWN_OF_TORN = 4096;
    private static final long MOST_UNFORCED = 8 << 20;

    private final Path file;
    private final AppendedFile log;
    private final Path head;
    private final AuditKeys keys;
    private final Rotation rotation;
    private final InstantSource clock;
    private long seq;
    private String prev;
    private long unsigned;
    private Instant signed;

    /**
     * When something is done about the length of a log.
     *
     * @param bytes after which a file is put aside
     * @param records after which one is signed
     */
    record Rotation(long bytes, long records) {}

    private ChainedFile(
            Path file, AppendedFile log, AuditKeys keys, Rotation rotation, ChainEnd end, InstantSource clock) {
        this.file = file;
        this.log = log;
        this.head = Path.of(file + ".head");
        this.keys = keys;
        this.rotation = rotation;
        this.clock = clock;
        this.seq = end.seq();
        this.prev = end.hash();
        this.signed = clock.instant();
    }

    /** Continues the log in this file, or begins it. */
    static ChainedFile open(Path file, AuditKeys keys, Rotation rotation, InstantSource clock)
            throws IOException, BrokenAuditException {
        return open(file, keys, rotation, AppendedFile.Opening::usual, clock);
    }

    /** The end is looked for when nobody else can write any more: whoever wrote until now has written all of it. */
    static ChainedFile open(
            Path file, AuditKeys keys, Rotation rotation, AppendedFile.Opening opening, InstantSource clock)
            throws IOException, BrokenAuditException {
        AppendedFile log = new AppendedFile(file, opening);
        try {
            ChainEnd end = ChainEnd.of(file, log.channel(), keys);
            log.startAt(end.position());
            keys.publish(file);
            ChainedFile opened = new ChainedFile(file, log, keys, rotation, end, clock);
            opened.sign("opened");
            if (end.torn().length > 0) {
                LOG.warn("{} ended in {} bytes of an unfinished record", file, end.torn().length);
                opened.write(List.of(EventJson.repaired(clock.instant(), end.torn(), SHOWN_OF_TORN)));
                opened.force();
            }
            return opened;
        } catch (IOException | BrokenAuditException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    @Override
    public void write(List<byte[]> records) throws IOException {
        if (!records.isEmpty()) {
            if (log.unforced() > MOST_UNFORCED) {
                log.force(false);
            }
            ByteArrayOutputStream lines = new ByteArrayOutputStream(1024 * records.size());
            String last = prev;
            long number = seq;
            for (byte[] record : records) {
                byte[] line = Chain.line(++number, last, record);
                last = Chain.hashOf(line);
                lines.writeBytes(line);
            }
            log.add(lines.toByteArray());
            prev = last;
            seq = number;
            unsigned += records.size();
        }
    }

    @Override
    public void force() throws IOException {
        log.force(false);
    }

    @Override
    public void tend() throws IOException {
        boolean due = unsigned >= rotation.records()
                || (unsigned > 0 && clock.instant().isAfter(signed.plus(SIGNED_EVERY)));
        if (log.position() > rotation.bytes()) {
            rotate();
        } else if (due) {
            sign("checkpoint");
        }
    }

    /** Where the file is gone, the chain goes on in a new one. */
    @Override
    public void recover() throws IOException {
        if (log.isGone()) {
            begin();
            return;
        }
        log.writeAgain();
        if (log.position() == 0) {
            sign("opened");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (unsigned > 0) {
                sign("checkpoint");
            }
        } finally {
            log.close();
        }
    }

    private void rotate() throws IOException {
        if (unsigned > 0 || log.unforced() > 0) {
            sign("checkpoint");
        }
        Files.move(file, Path.of("%s.%012d".formatted(file, seq)));
        begin();
    }

    /** A new file, which the chain goes on in. */
    private void begin() throws IOException {
        log.begin();
        sign("opened");
    }

    private void sign(String type) throws IOException {
        byte[] line = Chain.signed(seq + 1, prev, EventJson.signed(type, clock.instant()), keys);
        String hash = Chain.hashOf(line);
        log.add(line);
        prev = hash;
        seq++;
        unsigned = 0;
        signed = clock.instant();
        log.force(true);
        Path next = Path.of(head + ".new");
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(next, head, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
