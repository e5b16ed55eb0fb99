package dev.wayleave.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a log that was written before ends.
 *
 * @param seq of the last whole record; 0 where there is none
 * @param hash of that record
 * @param position in bytes, behind it
 * @param torn what stands behind it, unfinished
 */
@SuppressWarnings("ArrayRecordComponent")
record ChainEnd(long seq, String hash, long position, byte[] torn) {
    private static final int LOOKED_AT = 4 * Chain.LONGEST_LINE;

    /**
     * Finds it in the file, or where that is empty in the last one that was put aside.
     *
     * @param channel on the file; it is read and stays open
     * @throws BrokenAuditException where records that were there are gone or may be, or cannot be told from others
     */
    static ChainEnd of(Path file, FileChannel channel, AuditKeys keys) throws IOException, BrokenAuditException {
        ChainEnd end = read(channel);
        Path before = end.seq == 0 ? lastRotated(file) : null;
        if (before != null) {
            ChainEnd rotated;
            try (FileChannel aside = FileChannel.open(before, StandardOpenOption.READ)) {
                rotated = read(aside);
            }
            end = new ChainEnd(rotated.seq, rotated.hash, 0, end.torn);
        }
        Optional<Chain.Link> head = head(file, keys);
        // the first line of all is written before there can be a head
        if (head.isEmpty() && end.seq > 1) {
            throw new BrokenAuditException("has records up to " + end.seq + ", but " + file.getFileName()
                    + ".head is gone, without which nobody could see that more were cut off: bring it back, or put the"
                    + " file away, with those that were put aside, to begin anew");
        }
        if (head.isPresent() && head.get().seq() > end.seq) {
            throw new BrokenAuditException("ends at record " + end.seq + ", but " + file.getFileName()
                    + ".head tells that there were " + head.get().seq()
                    + ": bring the file back, or put both away to begin anew");
        }
        return end;
    }

    /** The last checkpoint, as it is kept beside the log; nothing where there is none. */
    static Optional<Chain.Link> head(Path file, AuditKeys keys) throws IOException, BrokenAuditException {
        Path head = Path.of(file + ".head");
        if (!Files.exists(head)) {
            return Optional.empty();
        }
        byte[] line = AuditKeys.text(head).stripTrailing().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Optional<Chain.Link> link = Chain.read(line).filter(Chain.Link::whole);
        if (link.isEmpty() || !Chain.isSigned(line, link.get(), keys)) {
            throw new BrokenAuditException("has a " + head.getFileName()
                    + " that is not signed with its key: put both away to begin anew, or bring back the key");
        }
        return link;
    }

    private static ChainEnd read(FileChannel channel) throws IOException, BrokenAuditException {
        long size = channel.size();
        int length = (int) Math.min(size, LOOKED_AT);
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, size - length + buffer.position()) >= 0) {
            // until all of it is there
        }
        return find(buffer.array(), size);
    }

    /**
     * The last line that has its end; what was torn off by a crash stands behind it and has none. A line that has its end and
     * is not whole was acknowledged, and is not what was written any more.
     */
    private static ChainEnd find(byte[] bytes, long size) throws BrokenAuditException {
        int end = lastIndexOf(bytes, bytes.length);
        if (end < 0 && size < LOOKED_AT && !startsLikeAnother(bytes)) {
            return new ChainEnd(0, Chain.BEGINNING, 0, bytes);
        }
        Optional<Chain.Link> link = end < 0
                ? Optional.empty()
                : Chain.read(Arrays.copyOfRange(bytes, lastIndexOf(bytes, end) + 1, end))
                        .filter(Chain.Link::whole);
        byte[] torn = Arrays.copyOfRange(bytes, end + 1, bytes.length);
        return link.map(last -> new ChainEnd(last.seq(), last.hash(), size - torn.length, torn))
                .orElseThrow(
                        () -> new BrokenAuditException("does not end like an audit of this version, or its last line"
                                + " was edited: bring the file back, or put it and its .head away to begin anew"));
    }

    /** What a crash can leave of the very first line begins like one; anything else belongs to someone. */
    private static boolean startsLikeAnother(byte[] bytes) {
        byte[] ours = "{\"seq\":".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        int length = Math.min(ours.length, bytes.length);
        return !Arrays.equals(bytes, 0, length, ours, 0, length);
    }

    private static int lastIndexOf(byte[] bytes, int before) {
        int at = before - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }

    private static @Nullable Path lastRotated(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return null;
        }
        String prefix = file.getFileName() + ".";
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> {
                        String name = path.getFileName().toString();
                        return name.startsWith(prefix)
                                && name.substring(prefix.length()).matches("\\d{12,19}");
                    })
                    .max(Comparator.comparing(path -> path.getFileName().toString()))
                    .orElse(null);
        }
    }
}
