package dev.wayleave.audit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Remembers calls in a file, or on a stream: no answer goes out before its record is kept. */
public final class DurableLog implements AuditLog {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int SIGNED_EVERY = 10_000;
    private final AuditKeys keys;
    private final boolean mayForget;
    private final RefusalSample refusals;
    private final GroupCommit commit;
    private volatile boolean closing;

    /**
     * How it is kept.
     *
     * @param file null for standard output
     * @param keys null for those beside the file, made where they are missing
     * @param mayForget whether calls go on where they cannot be remembered
     * @param maxBytes after which a file is put aside
     * @param refusals how many of one caller are remembered one by one each second
     */
    public record Options(
            @Nullable Path file, @Nullable AuditKeys keys, boolean mayForget, long maxBytes, int refusals) {}

    DurableLog(AuditSink sink, AuditKeys keys, boolean mayForget, int refusals, InstantSource clock) {
        this.keys = keys;
        this.mayForget = mayForget;
        this.refusals = new RefusalSample(refusals, clock);
        this.commit = new GroupCommit(sink, PATIENCE, () -> this.refusals.due(closing), clock);
    }

    /**
     * Opens it.
     *
     * @throws IOException where the file cannot be written
     * @throws BrokenAuditException where it cannot be continued
     */
    public static DurableLog open(Options options, SecureRandom random, InstantSource clock)
            throws IOException, BrokenAuditException {
        Path file = options.file();
        AuditKeys given = options.keys();
        if (file == null || (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file))) {
            AuditSink stream =
                    file == null ? StreamSink.to(new FileOutputStream(FileDescriptor.out)) : StreamSink.special(file);
            AuditKeys keys = given == null ? AuditKeys.random(random) : given;
            return new DurableLog(stream, keys, options.mayForget(), options.refusals(), clock);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        AuditKeys keys = given == null ? AuditKeys.beside(file, random) : given;
        AuditSink sink =
                ChainedFile.open(file, keys, new ChainedFile.Rotation(options.maxBytes(), SIGNED_EVERY), clock);
        return new DurableLog(sink, keys, options.mayForget(), options.refusals(), clock);
    }

    @Override
    public void started(AuditEvent.Began call) throws AuditUnavailableException {
        append(BoundedRecord.started(call, keys), true, false);
    }

    @Override
    public void ended(AuditEvent event, boolean unsafe) throws AuditUnavailableException {
        append(BoundedRecord.ended(event, keys), unsafe && event.sent().attempts() > 0, true);
    }

    @Override
    public void refused(AuditEvent event) {
        if (refusals.admits(RefusalSample.Source.of(event), event.outcome())) {
            try {
                commit.append(BoundedRecord.ended(event, keys), false, false);
            } catch (AuditUnavailableException e) {
                refusals.count(event.outcome());
            }
        }
    }

    @Override
    public boolean admitsCalls() {
        return mayForget || !commit.isFailing();
    }

    @Override
    public boolean isFailing() {
        return commit.isFailing();
    }

    @Override
    public int waiting() {
        return commit.waiting();
    }

    @Override
    public String fingerprint(byte[] secret) {
        return keys.fingerprint(secret);
    }

    @Override
    public void close() {
        closing = true;
        commit.close();
    }

    private void append(byte[] record, boolean durable, boolean owed) throws AuditUnavailableException {
        try {
            commit.append(record, durable, owed);
        } catch (AuditUnavailableException e) {
            if (!mayForget) {
                throw e;
            }
        }
    }
}
