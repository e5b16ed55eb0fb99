package dev.wayleave.limit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * So many places for calls, and a short queue for them. The next is whose caller has fewest places, and of those whoever came
 * first. Where the queue is full, who has more than a fair share of the places gives way to who has less; and once a second
 * caller was seen, one place is kept for those who have less than their share, so that calls that take long leave others not
 * waiting for one of them to end. Of callers without a call nothing is kept but the last one's name.
 */
final class Places {
    /** For so long somebody else may come again. */
    private static final long LATELY = Duration.ofMinutes(1).toNanos();

    private static final int LEAST_QUEUE = 4;
    private static final int QUEUE_SHARE = 8;
    private final int mostWaiting;
    private final long patience;
    private final LongSupplier nanos;
    private final Map<String, Integer> calls = new HashMap<>();
    private final Map<String, Integer> held = new HashMap<>();
    private final Deque<Waiter> queue = new ArrayDeque<>();
    private int limit;
    private int taken;
    private String last = "";
    private long lastAt;
    private long anotherAt;

    /**
     * All of them free.
     *
     * @param mostWaiting but never more than an eighth of the places, or four
     * @param nanos time that only goes forward
     */
    Places(int limit, int mostWaiting, Duration patience, LongSupplier nanos) {
        this.limit = limit;
        this.mostWaiting = mostWaiting;
        this.patience = patience.toNanos();
        this.nanos = nanos;
        this.lastAt = nanos.getAsLong() - LATELY;
        this.anotherAt = lastAt;
    }

    /** What came of asking for a place. */
    enum Outcome {
        TAKEN,
        /** There is no room for anybody. */
        FULL,
        /** There is no room for a caller who has as much as others do, or more. */
        UNFAIR
    }

    /** A call in the queue. Compared by identity. */
    private static final class Waiter {
        private final String caller;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

        Waiter(String caller) {
            this.caller = caller;
        }
    }

    /** How many places there are, how many of them are taken and by how many callers, and how many calls wait. */
    record Reading(int limit, int taken, int callers, int waiting) {}

    /** Waits a little where there is none. */
    Outcome take(String caller) {
        Waiter waiter = new Waiter(caller);
        synchronized (this) {
            saw(caller);
            if (mayHave(caller)) {
                calls.merge(caller, 1, Integer::sum);
                seat(caller);
                return Outcome.TAKEN;
            }
            if (!makesRoom(caller)) {
                return refusal(caller);
            }
            calls.merge(caller, 1, Integer::sum);
            queue.add(waiter);
        }
        return await(waiter);
    }

    /** Whether asking now would be refused at once, and how; empty where it may go well. */
    synchronized Optional<Outcome> foretold(String caller) {
        saw(caller);
        boolean room = mayHave(caller)
                || queue.size() < longestQueue()
                || givingWay(caller).isPresent();
        return room ? Optional.empty() : Optional.of(refusal(caller));
    }

    synchronized void leave(String caller) {
        taken--;
        decrement(held, caller);
        decrement(calls, caller);
        seatNext();
    }

    synchronized void resize(int places) {
        if (limit != places) {
            limit = places;
            seatNext();
        }
    }

    synchronized Reading reading() {
        return new Reading(limit, taken, held.size(), queue.size());
    }

    private Outcome await(Waiter waiter) {
        boolean interrupted = false;
        try {
            return waiter.outcome.get(patience, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (TimeoutException e) {
            // decided below
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (queue.remove(waiter)) {
                decrement(calls, waiter.caller);
                seatNext();
                return refusal(waiter.caller);
            }
        }
        // somebody decided meanwhile
        return waiter.outcome.join();
    }

    /** Whether one more may wait, perhaps instead of another. */
    private boolean makesRoom(String caller) {
        if (queue.size() < longestQueue()) {
            return true;
        }
        Optional<Waiter> other = givingWay(caller);
        other.ifPresent(waiter -> {
            queue.remove(waiter);
            decrement(calls, waiter.caller);
            waiter.outcome.complete(Outcome.UNFAIR);
        });
        return other.isPresent();
    }

    /** The last to come of those who would have their share without it; nobody gives way to who has that already. */
    private Optional<Waiter> givingWay(String caller) {
        int callers = callers(caller);
        if (calls.getOrDefault(caller, 0) * callers >= limit) {
            return Optional.empty();
        }
        for (Iterator<Waiter> last = queue.descendingIterator(); last.hasNext(); ) {
            Waiter waiter = last.next();
            if ((calls.getOrDefault(waiter.caller, 0) - 1) * callers >= limit) {
                return Optional.of(waiter);
            }
        }
        return Optional.empty();
    }

    private Outcome refusal(String caller) {
        int callers = callers(caller);
        boolean share = callers > 1 && calls.getOrDefault(caller, 0) * callers >= limit;
        return share ? Outcome.UNFAIR : Outcome.FULL;
    }

    /** How many share the places: this one, those with calls, and one who was here lately. */
    private int callers(String caller) {
        int now = calls.size() + (calls.containsKey(caller) ? 0 : 1);
        boolean another = nanos.getAsLong() - (caller.equals(last) ? anotherAt : lastAt) < LATELY;
        return now == 1 && another ? 2 : now;
    }

    private void saw(String caller) {
        if (!caller.equals(last)) {
            last = caller;
            anotherAt = lastAt;
        }
        lastAt = nanos.getAsLong();
    }

    private int longestQueue() {
        return Math.min(mostWaiting, Math.max(LEAST_QUEUE, limit / QUEUE_SHARE));
    }

    /** Whether there is a place: the last one is only for those who have less than their share. */
    private boolean mayHave(String caller) {
        int free = limit - taken;
        return free > 1 || (free == 1 && (limit == 1 || isBelowShare(caller)));
    }

    private boolean isBelowShare(String caller) {
        int callers = callers(caller);
        return callers == 1 || held.getOrDefault(caller, 0) * callers < limit;
    }

    private void seatNext() {
        for (Waiter next = next(); next != null; next = next()) {
            queue.remove(next);
            seat(next.caller);
            next.outcome.complete(Outcome.TAKEN);
        }
    }

    /** Of those who may have a place: who has fewest, and of these the first. */
    private @Nullable Waiter next() {
        Waiter next = null;
        int fewest = Integer.MAX_VALUE;
        for (Waiter waiter : queue) {
            int has = held.getOrDefault(waiter.caller, 0);
            if (has < fewest && mayHave(waiter.caller)) {
                next = waiter;
                fewest = has;
            }
        }
        return next;
    }

    private void seat(String caller) {
        taken++;
        held.merge(caller, 1, Integer::sum);
    }

    private static void decrement(Map<String, Integer> counts, String caller) {
        counts.computeIfPresent(caller, (same, count) -> count == 1 ? null : count - 1);
    }
}
