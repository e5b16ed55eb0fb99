package dev.wayleave.audit;

import java.io.IOException;
import java.util.List;

/** Where records end up: a file, a stream, or something further away. Used by one thread only, and may block. */
interface AuditSink extends AutoCloseable {
    /** Takes all of them, each a JSON object, in this order, or none: whoever is given an exception gives them again. */
    void write(List<byte[]> records) throws IOException;

    /**
     * Makes durable what was taken. Where it throws, what was taken since the last time that it did not is written once more in
     * {@link #recover}.
     */
    void force() throws IOException;

    /** Does what is due, a few times each second. */
    default void tend() throws IOException {}

    /** After a failure: gets ready to take records again. */
    void recover() throws IOException;

    @Override
    void close() throws IOException;
}
