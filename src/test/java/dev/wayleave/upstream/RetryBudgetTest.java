package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final AtomicLong millis = new AtomicLong(1_000_003);
    private final RetryBudget budget = new RetryBudget(RetryBudget.SHARE, () -> Instant.ofEpochMilli(millis.get()));

    private int taken(int calls, int retriesEach) {
        int taken = 0;
        for (int i = 0; i < calls; i++) {
            budget.called();
            for (int j = 0; j < retriesEach; j++) {
                taken += budget.take() ? 1 : 0;
            }
        }
        return taken;
    }

    @Test
    void whatWentWellBeforeBuysNoRetriesInAnOutage() {
        taken(500, 0);
        assertThat(taken(20, 2)).isBetween(4, 5);
    }

    @Test
    void aFewMayAlwaysBeRepeatedThoughNotMoreInTenSeconds() {
        assertThat(taken(1, 5)).isEqualTo(3);
        millis.addAndGet(9_999);
        assertThat(taken(1, 5)).isZero();
        millis.addAndGet(1);
        assertThat(taken(1, 5)).isEqualTo(3);
    }

    private record Event(long millis, boolean retry) {}

    @RepeatedTest(20)
    void inAnyTenSecondsThereAreATenthMoreThanCallsAndThree() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        int rate = 1 + random.nextInt(200);
        for (int i = 0; i < 2_000; i++) {
            millis.addAndGet(random.nextInt(rate) * (random.nextInt(100) == 0 ? 50L : 1L));
            budget.called();
            events.add(new Event(millis.get(), false));
            boolean sick = (i / 300) % 2 == 1;
            for (int j = 0; sick && j < 2; j++) {
                if (budget.take()) {
                    events.add(new Event(millis.get(), true));
                }
            }
        }
        for (int from = 0; from < events.size(); from++) {
            int calls = 0;
            int retries = 0;
            long end = events.get(from).millis() + 10_000;
            for (int i = from; i < events.size() && events.get(i).millis() < end; i++) {
                calls += events.get(i).retry() ? 0 : 1;
                retries += events.get(i).retry() ? 1 : 0;
            }
            assertThat(10 * retries).as("seed %d from %d", seed, from).isLessThanOrEqualTo(calls + 30);
        }
    }
}
