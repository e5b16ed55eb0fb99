package dev.wayleave.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a log one by one, as bytes. */
final class LineReader {
    private final InputStream in;
    private boolean ended = true;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next one without its end, cut where it is too long to be one of ours; null after the last. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.size() <= Chain.LONGEST_LINE) {
                line.write(next);
            }
            next = in.read();
        }
        ended = next == '\n';
        return line.toByteArray();
    }

    /** Whether the last one had an end. */
    boolean ended() {
        return ended;
    }
}
