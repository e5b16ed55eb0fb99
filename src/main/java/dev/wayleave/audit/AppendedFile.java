package dev.wayleave.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that this process alone adds to. What was added and is not forced yet is kept here, too, and written once more after
 * a failure: a system that could not write its pages forgets them, and says of the next attempt that all is well.
 */
final class AppendedFile implements AutoCloseable {
    private final Path file;
    private final Opening opening;
    private final List<byte[]> unforced = new ArrayList<>();
    private FileChannel channel;
    private Object identity;
    private long position;
    private boolean doubtful;

    /** How files are opened. */
    interface Opening {
        /** For reading and writing, and made where there is none. */
        FileChannel of(Path file) throws IOException;

        /** As the system does it. */
        static FileChannel usual(Path file) throws IOException {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
    }

    /** Whoever has it can be sure that nobody else adds to it meanwhile. */
    AppendedFile(Path file, Opening opening) throws IOException {
        this.file = file;
        this.opening = opening;
        this.channel = locked();
        this.identity = identity();
    }

    /** To be read from, not closed: with any channel on the file that is closed its lock is gone. */
    FileChannel channel() {
        return channel;
    }

    /** Where the next bytes go. */
    long position() {
        return position;
    }

    /** How much of it may not be on the disk. */
    long unforced() {
        return unforced.stream().mapToLong(bytes -> bytes.length).sum();
    }

    boolean isGone() {
        return !Files.exists(file);
    }

    /** Goes on there; what stands behind it is cut off. */
    void startAt(long end) throws IOException {
        channel.truncate(end);
        position = end;
    }

    /** All of it or nothing. */
    void add(byte[] bytes) throws IOException {
        if (doubtful) {
            throw new IOException("nobody knows what of it is on the disk");
        }
        checkIdentity();
        if (channel.size() != position) {
            throw new IOException("somebody else has written to the file, or cut it");
        }
        boolean whole = false;
        unforced.add(bytes);
        try {
            write(position, bytes);
            whole = true;
        } finally {
            if (!whole) {
                unforced.removeLast();
                channel.truncate(position);
            }
        }
        position += bytes.length;
    }

    /** Makes durable what was added; once that fails, nothing more is added until it was written again. */
    void force(boolean length) throws IOException {
        doubtful = true;
        channel.force(length);
        doubtful = false;
        unforced.clear();
    }

    /** After a failure: cuts off what an attempt has left, and writes and forces again whatever was not forced. */
    void writeAgain() throws IOException {
        checkIdentity();
        if (channel.size() < position) {
            throw new IOException("somebody has cut the file");
        }
        long at = position - unforced();
        for (byte[] bytes : unforced) {
            write(at, bytes);
            at += bytes.length;
        }
        channel.truncate(position);
        force(true);
    }

    /** Goes on in a new file of the same name. */
    void begin() throws IOException {
        FileChannel next = locked();
        channel.close();
        channel = next;
        identity = identity();
        position = 0;
        unforced.clear();
        doubtful = false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write(long at, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer, at + buffer.position());
        }
    }

    private FileChannel locked() throws IOException {
        FileChannel opened = opening.of(file);
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
