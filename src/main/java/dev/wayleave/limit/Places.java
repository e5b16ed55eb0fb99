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

/**
 * So many places for calls, and a short queue for them. Whoever comes first is the next; but where the queue is full, who has
 * more than a fair share of the places gives way to who has less, so that nobody can take what others need. Of callers without
 * a call nothing is kept.
 */
final class Places {
    private static final int LEAST_QUEUE = 4;
    private static final int QUEUE_SHARE = 8;
    private final int mostWaiting;
    private final long patience;
    private final Map<String, Integer> calls = new HashMap<>();
    private final Map<String, Integer> held = new HashMap<>();
    private final Deque<Waiter> queue = new ArrayDeque<>();
    private int limit;
    private int taken;

    /** @param mostWaiting but never more than an eighth of the places, or four */
    Places(int limit, int mostWaiting, Duration patience) {
        this.limit = limit;
        this.mostWaiting = mostWaiting;
        this.patience = patience.toNanos();
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
            if (taken < limit && queue.isEmpty()) {
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
        boolean room = taken < limit
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

    /** How many share the places, this one included. */
    private int callers(String caller) {
        return calls.size() + (calls.containsKey(caller) ? 0 : 1);
    }

    private int longestQueue() {
        return Math.min(mostWaiting, Math.max(LEAST_QUEUE, limit / QUEUE_SHARE));
    }

    private void seatNext() {
        while (taken < limit && !queue.isEmpty()) {
            Waiter next = queue.remove();
            seat(next.caller);
            next.outcome.complete(Outcome.TAKEN);
        }
    }

    private void seat(String caller) {
        taken++;
        held.merge(caller, 1, Integer::sum);
    }

    private static void decrement(Map<String, Integer> counts, String caller) {
        counts.computeIfPresent(caller, (same, count) -> count == 1 ? null : count - 1);
    }
}
