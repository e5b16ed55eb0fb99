package dev.wayleave.audit;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets many threads write to one sink: what waits is written together and made durable once. A sink that fails, or takes
 * longer than the patience of those who wait, fails for all until it is seen to work again.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int LONGEST_QUEUE = 16_384;
    private static final int LARGEST_GROUP = 1024;
    private static final int MOST_SHELVED = 1000;
    private static final long TICK_MS = 100;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long FORCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AuditSink sink;
    private final Duration patience;
    private final Supplier<List<byte[]>> due;
    private final InstantSource clock;
    private final BlockingQueue<PendingRecord> queue = new LinkedBlockingQueue<>(LONGEST_QUEUE);
    private final ArrayDeque<byte[]> shelf = new ArrayDeque<>();
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer;
    private volatile boolean closing;
    private volatile @Nullable Instant failingSince;
    private long lastTry;
    private long lastForce = System.nanoTime();
    private boolean unforced;

    /**
     * Starts it.
     *
     * @param patience how long anybody waits
     * @param due records that nobody waits for, asked for a few times each second
     */
    GroupCommit(AuditSink sink, Duration patience, Supplier<List<byte[]>> due, InstantSource clock) {
        this.sink = sink;
        this.patience = patience;
        this.due = due;
        this.clock = clock;
        this.writer = Thread.ofPlatform().name("audit").daemon().unstarted(this::run);
        writer.start();
    }

    /**
     * Waits until a record is kept.
     *
     * @param durable whether it must be durable by then
     * @param owed whether it is to be written later, where it cannot be now
     */
    void append(byte[] record, boolean durable, boolean owed) throws AuditUnavailableException {
        if (record.length > Chain.LONGEST_RECORD) {
            LOG.error("a record of {} bytes is longer than any reader takes", record.length);
            lost.addAndGet(owed ? 1 : 0);
            throw new AuditUnavailableException();
        }
        PendingRecord pending = new PendingRecord(record, durable, owed);
        boolean failing = failingSince != null;
        if (closing || (failing && !owed)) {
            throw new AuditUnavailableException();
        }
        if (!queue.offer(pending)) {
            lost.addAndGet(owed ? 1 : 0);
            throw new AuditUnavailableException();
        }
        if (failing) {
            throw new AuditUnavailableException();
        }
        switch (pending.await(patience)) {
            case KEPT -> {}
            case FAILED -> throw new AuditUnavailableException();
            case WAITING, TAKEN, ABANDONED -> {
                pending.abandon();
                fail("does not take records in time");
                throw new AuditUnavailableException();
            }
        }
    }

    boolean isFailing() {
        return failingSince != null;
    }

    int waiting() {
        return queue.size();
    }

    /** Writes what waits, as far as that is possible within some seconds. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!writer.join(patience.plusSeconds(3))) {
                LOG.error("the audit could not be closed in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                stepOver(queue.poll(TICK_MS, TimeUnit.MILLISECONDS));
            }
            stepOver(null);
            sink.close();
        } catch (IOException e) {
            LOG.error("the audit could not be closed: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever happens, an error included: this thread is the only one that writes. */
    private void stepOver(@Nullable PendingRecord first) {
        List<PendingRecord> group = new ArrayList<>();
        try {
            step(first, group);
        } catch (Throwable e) {
            failingSince = failingSince == null ? clock.instant() : failingSince;
            group.forEach(PendingRecord::failed);
        }
    }

    private void step(@Nullable PendingRecord first, List<PendingRecord> group) {
        try {
            if (first != null) {
                group.add(first);
                queue.drainTo(group, LARGEST_GROUP - 1);
            }
            group.removeIf(record -> !record.take());
            if (failingSince != null && !recovered()) {
                shelve(group);
                return;
            }
            shelf.addAll(due.get());
            unshelve();
            write(group);
            force(group);
            sink.tend();
        } catch (Throwable e) {
            fail(e instanceof Error ? e.toString() : String.valueOf(e.getMessage()));
            shelve(group);
        }
    }

    private void unshelve() throws IOException {
        if (!shelf.isEmpty()) {
            sink.write(new ArrayList<>(shelf));
            shelf.clear();
            unforced = true;
        }
    }

    private void write(List<PendingRecord> group) throws IOException {
        if (!group.isEmpty()) {
            sink.write(group.stream().map(PendingRecord::bytes).toList());
            unforced = true;
            group.forEach(PendingRecord::written);
        }
    }

    private void force(List<PendingRecord> group) throws IOException {
        boolean late = unforced && System.nanoTime() - lastForce > FORCE_NANOS;
        if (late || group.stream().anyMatch(PendingRecord::isDurable)) {
            sink.force();
            lastForce = System.nanoTime();
            unforced = false;
        }
        group.forEach(PendingRecord::kept);
    }

    private void fail(String how) {
        if (failingSince == null) {
            failingSince = clock.instant();
            LOG.error("the audit fails: {}", how);
        }
    }

    /** What was not written and is owed waits on a shelf of limited length. */
    private void shelve(List<PendingRecord> group) {
        for (PendingRecord record : group) {
            if (record.isOwed() && !record.isWritten()) {
                if (shelf.size() < MOST_SHELVED) {
                    shelf.add(record.bytes());
                } else {
                    lost.incrementAndGet();
                }
            }
            record.failed();
        }
    }

    private boolean recovered() {
        Instant since = failingSince;
        if (since == null) {
            return true;
        }
        if (System.nanoTime() - lastTry < RETRY_NANOS && !closing) {
            return false;
        }
        lastTry = System.nanoTime();
        long gone = lost.get();
        try {
            sink.recover();
            unshelve();
            sink.write(List.of(EventJson.resumed(clock.instant(), since, gone)));
            // what was written is written again where forcing it fails
            lost.addAndGet(-gone);
            sink.force();
        } catch (IOException e) {
            LOG.debug("the audit still fails: {}", e.getMessage());
            return false;
        }
        failingSince = null;
        LOG.warn("the audit is written again");
        return true;
    }
}
