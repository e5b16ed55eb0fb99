package dev.wayleave.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, a pipe or a device: lines that are not chained, since whoever reads them may mix them with others. A
 * stream that was opened here is opened when it is first needed, because that alone may block.
 */
final class StreamSink implements AuditSink {
    private final @Nullable Path file;
    private @Nullable OutputStream out;

    private StreamSink(@Nullable Path file, @Nullable OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** A stream that belongs to someone else. */
    static StreamSink to(OutputStream out) {
        return new StreamSink(null, out);
    }

    /** A file that is none: a pipe, or a device. */
    static StreamSink special(Path file) {
        return new StreamSink(file, null);
    }

    @Override
    public void write(List<byte[]> records) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(1024);
        for (byte[] record : records) {
            lines.writeBytes(record);
            lines.write('\n');
        }
        OutputStream to = stream();
        to.write(lines.toByteArray());
        to.flush();
    }

    @Override
    public void force() {
        // whoever reads it keeps it
    }

    @Override
    public void recover() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        OutputStream open = out;
        if (file != null && open != null) {
            out = null;
            open.close();
        }
    }

    private OutputStream stream() throws IOException {
        OutputStream open = out;
        if (open == null) {
            if (file == null) {
                throw new IllegalStateException("a stream of someone else is never closed here");
            }
            open = Files.newOutputStream(file, StandardOpenOption.WRITE);
            out = open;
        }
        return open;
    }
}
