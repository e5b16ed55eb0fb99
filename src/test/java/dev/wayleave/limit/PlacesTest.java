package dev.wayleave.limit;

import static dev.wayleave.limit.Places.Outcome.FULL;
import static dev.wayleave.limit.Places.Outcome.TAKEN;
import static dev.wayleave.limit.Places.Outcome.UNFAIR;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Asks on another thread, and returns when the call waits or is decided. */
    private CompletableFuture<Places.Outcome> ask(Places places, String caller) throws InterruptedException {
        int before = places.reading().waiting();
        CompletableFuture<Places.Outcome> outcome = CompletableFuture.supplyAsync(() -> places.take(caller), threads);
        for (int i = 0; i < 200 && !outcome.isDone() && places.reading().waiting() <= before; i++) {
            Thread.sleep(5);
        }
        return outcome;
    }

    private static void fill(Places places, String caller, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(places.take(caller)).isEqualTo(TAKEN);
        }
    }

    @Test
    void oneCallerMayTakeAllThatNobodyElseWants() {
        Places places = new Places(10, 0, LONG, System::nanoTime);
        fill(places, "a", 10);
        assertThat(places.take("a")).isEqualTo(FULL);
        assertThat(places.reading()).isEqualTo(new Places.Reading(10, 10, 1, 0));
    }

    @Test
    void aPlaceThatIsGivenBackGoesToWhoHasFewestAndOfTheseToWhoCameFirst() throws Exception {
        Places places = new Places(4, 4, LONG, System::nanoTime);
        fill(places, "a", 4);
        CompletableFuture<Places.Outcome> greedy = ask(places, "a");
        CompletableFuture<Places.Outcome> first = ask(places, "b");
        CompletableFuture<Places.Outcome> second = ask(places, "b");
        places.leave("a");
        assertThat(first.get()).isEqualTo(TAKEN);
        assertThat(second).isNotDone();
        places.leave("a");
        assertThat(second.get()).isEqualTo(TAKEN);
        assertThat(greedy).isNotDone();
        assertThat(places.reading()).isEqualTo(new Places.Reading(4, 4, 2, 1));
        places.leave("b");
        assertThat(greedy).as("a has its share, and b may come again").isNotDone();
        places.leave("a");
        assertThat(greedy.get()).isEqualTo(TAKEN);
    }

    @Test
    void whoComesSeldomFindsAPlaceAMinuteLongAndThenAnybodyTakesIt() {
        AtomicLong now = new AtomicLong();
        Places places = new Places(10, 0, LONG, now::get);
        fill(places, "a", 10);
        assertThat(places.take("b")).isEqualTo(FULL);
        now.addAndGet(Duration.ofSeconds(50).toNanos());
        places.leave("a");
        assertThat(places.take("a")).isEqualTo(UNFAIR);
        assertThat(places.foretold("a")).contains(UNFAIR);
        assertThat(places.take("b")).isEqualTo(TAKEN);
        places.leave("b");
        now.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(places.take("a")).isEqualTo(TAKEN);
    }

    /** A tenth of the times as they are by default: calls of two seconds, and 40 ms of patience. */
    @ParameterizedTest
    @CsvSource({"1, 10", "5, 50"})
    void whoKeepsFiftySlowCallsGoingLeavesOthersHalfOfTheirShareAtLeast(int atATime, int wanted) throws Exception {
        Places places = new Places(10, 64, Duration.ofMillis(4), System::nanoTime);
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> hogs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            hogs.add(CompletableFuture.runAsync(() -> slowCalls(places, "hog", 4, over), threads));
        }
        Thread.sleep(300);
        AtomicInteger served = new AtomicInteger();
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 0; i < atATime; i++) {
            others.add(CompletableFuture.runAsync(() -> served.addAndGet(slowCalls(places, "b", 100, over)), threads));
        }
        Thread.sleep(4_000);
        over.set(true);
        CompletableFuture.allOf(others.toArray(CompletableFuture<?>[]::new)).get();
        CompletableFuture.allOf(hogs.toArray(CompletableFuture<?>[]::new)).get();
        System.out.println("beside fifty slow calls: " + served + " of " + 20 * atATime);
        assertThat(served.get()).isGreaterThanOrEqualTo(wanted);
    }

    /** One after another, and again after a pause where there was no room; how many were made. */
    private static int slowCalls(Places places, String caller, int pause, AtomicBoolean over) {
        int made = 0;
        while (!over.get()) {
            boolean taken = places.take(caller) == TAKEN;
            LockSupport.parkNanos((taken ? 200 : pause) * 1_000_000L);
            if (taken) {
                places.leave(caller);
                made++;
            }
        }
        return made;
    }

    @Test
    void whoHasMoreThanAShareGivesWayInTheQueue() throws Exception {
        Places places = new Places(4, 4, LONG, System::nanoTime);
        fill(places, "greedy", 4);
        List<CompletableFuture<Places.Outcome>> more = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            more.add(ask(places, "greedy"));
        }
        assertThat(places.take("greedy")).as("alone").isEqualTo(FULL);
        assertThat(places.foretold("greedy")).contains(FULL);
        assertThat(places.foretold("modest")).isEmpty();
        CompletableFuture<Places.Outcome> modest = ask(places, "modest");
        assertThat(more.getLast().get()).isEqualTo(UNFAIR);
        assertThat(places.take("greedy")).isEqualTo(UNFAIR);
        CompletableFuture<Places.Outcome> again = ask(places, "modest");
        assertThat(more.get(2).get()).isEqualTo(UNFAIR);
        assertThat(places.foretold("modest")).as("who has a share").contains(UNFAIR);
        for (int i = 0; i < 4; i++) {
            places.leave("greedy");
        }
        assertThat(modest.get()).isEqualTo(TAKEN);
        assertThat(again.get()).isEqualTo(TAKEN);
    }

    /** One asks for twenty times as much as nine others together, who get what they ask for all the same. */
    @Test
    void whoAsksForTooMuchTakesNothingFromOthers() throws Exception {
        Places places = new Places(20, 8, LONG, System::nanoTime);
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> hogs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            hogs.add(CompletableFuture.runAsync(
                    () -> {
                        while (!over.get()) {
                            call(places, "hog");
                        }
                    },
                    threads));
        }
        List<CompletableFuture<Integer>> others = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            String caller = "c" + i;
            others.add(CompletableFuture.supplyAsync(
                    () -> IntStream.range(0, 50)
                            .map(again -> call(places, caller) ? 1 : 0)
                            .sum(),
                    threads));
        }
        CompletableFuture.allOf(others.toArray(CompletableFuture<?>[]::new)).join();
        over.set(true);
        for (CompletableFuture<Integer> other : others) {
            assertThat(other.get()).isGreaterThanOrEqualTo(45);
        }
        CompletableFuture.allOf(hogs.toArray(CompletableFuture<?>[]::new)).get();
    }

    private static boolean call(Places places, String caller) {
        boolean taken = places.take(caller) == TAKEN;
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (taken) {
            places.leave(caller);
        }
        return taken;
    }

    @Test
    void nobodyWaitsForLong() {
        Places places = new Places(1, 4, Duration.ofMillis(30), System::nanoTime);
        fill(places, "a", 1);
        long began = System.nanoTime();
        assertThat(places.take("b")).isEqualTo(FULL);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(places.reading().waiting()).isZero();
        places.leave("a");
        assertThat(places.reading()).isEqualTo(new Places.Reading(1, 0, 0, 0));
    }

    @Test
    void morePlacesSeatThoseWhoWaitAndFewerTakeNobodysAway() throws Exception {
        Places places = new Places(1, 4, LONG, System::nanoTime);
        fill(places, "a", 1);
        CompletableFuture<Places.Outcome> waiting = ask(places, "b");
        places.resize(2);
        assertThat(waiting.get()).isEqualTo(TAKEN);
        places.resize(1);
        assertThat(places.reading().taken()).isEqualTo(2);
        places.leave("a");
        assertThat(places.foretold("c")).isEmpty();
        assertThat(places.reading()).isEqualTo(new Places.Reading(1, 1, 1, 0));
    }

    @Test
    void manyCallersLeaveNothingBehindAndNeverHaveMorePlacesThanThereAre() throws Exception {
        Places places = new Places(8, 64, Duration.ofMillis(5), System::nanoTime);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            String caller = "c" + i % 97;
            all.add(CompletableFuture.runAsync(
                    () -> {
                        if (places.take(caller) == TAKEN) {
                            assertThat(places.reading().taken()).isLessThanOrEqualTo(8);
                            LockSupport.parkNanos(1_000);
                            places.leave(caller);
                        }
                    },
                    threads));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).get();
        assertThat(places.reading()).isEqualTo(new Places.Reading(8, 0, 0, 0));
    }
}
