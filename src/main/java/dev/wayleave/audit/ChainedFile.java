package dev.wayleave.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    private final Path file;
    private final Path head;
    private final AuditKeys keys;
    private final Rotation rotation;
    private final InstantSource clock;
    private FileChannel channel;
    private Object identity;
    private long position;
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

    private ChainedFile(Path file, AuditKeys keys, Rotation rotation, ChainEnd end, InstantSource clock)
            throws IOException {
        this.file = file;
        this.head = Path.of(file + ".head");
        this.keys = keys;
        this.rotation = rotation;
        this.clock = clock;
        this.seq = end.seq();
        this.prev = end.hash();
        this.position = end.position();
        this.signed = clock.instant();
        this.channel = open();
        this.identity = identity();
    }

    /** Continues the log in this file, or begins it. */
    static ChainedFile open(Path file, AuditKeys keys, Rotation rotation, InstantSource clock)
            throws IOException, BrokenAuditException {
        ChainEnd end = ChainEnd.of(file, keys);
        ChainedFile opened = new ChainedFile(file, keys, rotation, end, clock);
        try {
            opened.channel.truncate(end.position());
            keys.publish(file);
            opened.sign("opened");
            if (end.torn().length > 0) {
                LOG.warn("{} ended in {} bytes of an unfinished record", file, end.torn().length);
                opened.write(List.of(EventJson.repaired(clock.instant(), end.torn(), SHOWN_OF_TORN)));
                opened.force();
            }
            return opened;
        } catch (IOException e) {
            opened.channel.close();
            throw e;
        }
    }

    @Override
    public void write(List<byte[]> records) throws IOException {
        if (!records.isEmpty()) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream(1024 * records.size());
            String last = prev;
            long number = seq;
            for (byte[] record : records) {
                byte[] line = Chain.line(++number, last, record);
                last = Chain.hashOf(line);
                lines.writeBytes(line);
            }
            put(lines.toByteArray());
            prev = last;
            seq = number;
            unsigned += records.size();
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void tend() throws IOException {
        boolean due = unsigned >= rotation.records()
                || (unsigned > 0 && clock.instant().isAfter(signed.plus(SIGNED_EVERY)));
        if (position > rotation.bytes()) {
            rotate();
        } else if (due) {
            sign("checkpoint");
        }
    }

    /** Cuts off what a failed attempt has left; where the file is gone, the chain goes on in a new one. */
    @Override
    public void recover() throws IOException {
        if (!Files.exists(file)) {
            begin();
            return;
        }
        checkIdentity();
        if (channel.size() < position) {
            throw new IOException("somebody has cut the file");
        }
        channel.truncate(position);
        if (position == 0) {
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
            channel.close();
        }
    }

    private void rotate() throws IOException {
        if (unsigned > 0) {
            sign("checkpoint");
        }
        Files.move(file, Path.of("%s.%012d".formatted(file, seq)));
        begin();
    }

    /** A new file, which the chain goes on in. */
    private void begin() throws IOException {
        FileChannel next = open();
        channel.close();
        channel = next;
        identity = identity();
        position = 0;
        sign("opened");
    }

    private void sign(String type) throws IOException {
        byte[] line = Chain.signed(seq + 1, prev, EventJson.signed(type, clock.instant()), keys);
        put(line);
        prev = Chain.hashOf(line);
        seq++;
        unsigned = 0;
        signed = clock.instant();
        channel.force(true);
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

    /** All of it or nothing. */
    private void put(byte[] lines) throws IOException {
        checkIdentity();
        if (channel.size() != position) {
            throw new IOException("somebody else has written to the file, or cut it");
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(lines);
            while (bytes.hasRemaining()) {
                channel.write(bytes, position + bytes.position());
            }
        } catch (IOException e) {
            channel.truncate(position);
            throw e;
        }
        position += lines.length;
    }

    private FileChannel open() throws IOException {
        FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (opened.tryLock() == null) {
                opened.close();
                throw new IOException("another process writes it");
            }
            return opened;
        } catch (OverlappingFileLockException e) {
            opened.close();
            throw new IOException("it is written already", e);
        }
    }

    private void checkIdentity() throws IOException {
        if (!identity.equals(identity())) {
            throw new IOException("another file has taken its place");
        }
    }

    private Object identity() throws IOException {
        @Nullable
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? "" : key;
    }
}
