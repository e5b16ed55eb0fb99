package dev.wayleave.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The limit in front of a platform that is only calculated, so that a minute takes no time. */
class AdaptiveLimitTest {
    private static final long MS = 1_000_000;
    private static final int LEAST = 10;
    private static final int MOST = 512;
    private final Random random = new Random(7);

    /** A call under way. */
    private static final class Job {
        private final long began;
        private final int with;
        private final String kind;
        private final long service;
        private long ends;

        Job(long began, int with, String kind, long service) {
            this.began = began;
            this.with = with;
            this.kind = kind;
            this.service = service;
        }
    }

    /** What is called in one second of the simulation: so many a second, of a kind that takes so long. */
    private record Load(double perSecond, String kind, long service) {}

    /** What came of one second. */
    private record Second(int limit, int done, int refused, long p99) {}

    private List<Second> run(int places, int seconds, IntFunction<Load> loads) {
        AdaptiveLimit adaptive = new AdaptiveLimit(LEAST, MOST);
        PriorityQueue<Job> running = new PriorityQueue<>(Comparator.comparingLong(job -> job.ends));
        Deque<Job> queue = new ArrayDeque<>();
        List<Second> told = new ArrayList<>();
        List<Long> took = new ArrayList<>();
        int limit = MOST;
        int underWay = 0;
        int refused = 0;
        long now = 0;
        long next = 0;
        while (told.size() < seconds) {
            Load load = loads.apply(told.size());
            if (running.isEmpty() || next < running.peek().ends) {
                now = next;
                next += (long) (-Math.log(1 - random.nextDouble()) / load.perSecond() * 1e9);
                if (underWay < limit) {
                    Job job = new Job(now, ++underWay, load.kind(), load.service());
                    queue.add(job);
                } else {
                    refused++;
                }
            } else {
                Job job = running.remove();
                now = job.ends;
                underWay--;
                took.add(now - job.began);
                limit = adaptive.ended(job.kind, now - job.began, job.with, now);
            }
            while (running.size() < places && !queue.isEmpty()) {
                Job job = queue.remove();
                job.ends = now + job.service;
                running.add(job);
            }
            if (now > (told.size() + 1L) * 1_000 * MS) {
                Collections.sort(took);
                told.add(new Second(
                        limit, took.size(), refused, took.isEmpty() ? 0 : took.get(took.size() * 99 / 100) / MS));
                took.clear();
                refused = 0;
            }
        }
        return told;
    }

    @Test
    void twiceTheCapacityIsCutDownToItWithinASecondAndHeldForAnHour() {
        List<Second> seconds = run(20, 3_600, second -> new Load(second < 10 ? 200 : 800, "a", 50 * MS));
        assertThat(seconds.subList(0, 10))
                .allSatisfy(second -> assertThat(second.refused()).isZero());
        assertThat(seconds.subList(12, 3_600)).allSatisfy(second -> {
            assertThat(second.limit()).isBetween(20, 40);
            assertThat(second.done()).isGreaterThan(360);
            assertThat(second.p99()).isLessThan(120);
        });
    }

    @Test
    void aPlatformThatBecomesBetterIsUsedAgain() {
        List<Second> slow = run(20, 30, second -> new Load(second < 5 ? 100 : second < 15 ? 800 : 300, "a", 50 * MS));
        assertThat(slow.subList(18, 30).stream().mapToInt(Second::refused).sum())
                .isLessThan(12 * 300 / 100);
    }

    @Test
    void otherCallsThatTakeLongerAreNoOverload() {
        List<Second> seconds = run(
                1_000, 120, second -> second < 40 ? new Load(60, "fast", 10 * MS) : new Load(60, "slow", 1_000 * MS));
        assertThat(seconds).allSatisfy(second -> assertThat(second.refused()).isZero());
    }

    @Test
    void aPlatformThatIsSlowForGoodIsTakenForWhatItIs() {
        List<Second> seconds = run(1_000, 120, second -> new Load(100, "a", second < 20 ? 100 * MS : 500 * MS));
        assertThat(seconds.subList(60, 120))
                .allSatisfy(second -> assertThat(second.refused()).isZero());
    }

    @Test
    void fewCallsAreAlwaysLetThrough() {
        List<Second> seconds = run(1, 60, second -> new Load(50, "a", 1_000 * MS));
        assertThat(seconds.getLast().limit()).isGreaterThanOrEqualTo(LEAST);
    }
}
