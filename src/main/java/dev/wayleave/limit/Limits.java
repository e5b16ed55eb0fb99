package dev.wayleave.limit;

import dev.wayleave.caller.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What one platform is asked at most, by whom. Each platform has its own, so that none suffers for another. */
public final class Limits {
    /** So many may always be under way. */
    private static final int LEAST = 20;

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String CONCURRENT = "limits.concurrent";
    private final Options options;
    private final LongSupplier nanos;
    private final Places places;
    private final AdaptiveLimit adaptive;
    private final Rates reads;
    private final Rates writes;
    private final LongAdder admitted = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final LongAdder unfair = new LongAdder();
    private final LongAdder tooOften = new LongAdder();

    /** @param nanos time that only goes forward */
    public Limits(Options options, LongSupplier nanos) {
        this.options = options;
        this.nanos = nanos;
        this.places = new Places(options.concurrent(), options.waiting(), options.longestWait(), nanos);
        this.adaptive = new AdaptiveLimit(LEAST, options.concurrent());
        long now = nanos.getAsLong();
        this.reads = new Rates(options.perCaller().reads(), options.together().reads(), now);
        this.writes = new Rates(options.perCaller().writes(), options.together().writes(), now);
    }

    /**
     * How much it is.
     *
     * @param concurrent the most calls at a time
     * @param adaptive whether fewer are let through while the platform is slower than usual
     * @param waiting the most calls that wait for others to end
     * @param longestWait of one that waits
     */
    public record Options(
            int concurrent,
            boolean adaptive,
            int waiting,
            Duration longestWait,
            PerMinute perCaller,
            PerMinute together) {}

    /** Calls in a minute, of those that only read and of the others; zero for any number. */
    public record PerMinute(int reads, int writes) {}

    /**
     * How it stands.
     *
     * @param limit how many calls may be under way just now
     * @param callers who have calls under way
     * @param full how many were refused because there was no room for anybody
     * @param unfair how many were refused to callers who had their share
     * @param tooOften how many were beyond a rate
     */
    public record Reading(
            int limit, int underWay, int callers, int waiting, long admitted, long full, long unfair, long tooOften) {}

    public Reading reading() {
        Places.Reading now = places.reading();
        return new Reading(
                now.limit(),
                now.taken(),
                now.callers(),
                now.waiting(),
                admitted.sum(),
                full.sum(),
                unfair.sum(),
                tooOften.sum());
    }

    /** Asks whether a call may be made, and waits a little for it. */
    public Admission admit(Caller caller, boolean reading) {
        String name = caller.name();
        Admission.Refused beyond = beyondRates(name, reading);
        if (beyond != null) {
            tooOften.increment();
            return beyond;
        }
        Places.Outcome outcome = places.take(name);
        return switch (outcome) {
            case TAKEN -> {
                admitted.increment();
                yield new Taken(name, places.reading().taken());
            }
            case FULL, UNFAIR -> refused(outcome);
        };
    }

    /** What a call of this caller would be told at once, before anything is known of it; empty where it may be made. */
    public Optional<Admission.Refused> foretold(Caller caller) {
        return places.foretold(caller.name()).map(this::refused);
    }

    private Admission.Refused refused(Places.Outcome outcome) {
        boolean own = outcome == Places.Outcome.UNFAIR;
        (own ? unfair : full).increment();
        return new Admission.Refused(own ? 429 : 503, SOON, CONCURRENT, own ? "over_share" : "overloaded");
    }

    private Admission.@Nullable Refused beyondRates(String caller, boolean reading) {
        long now = nanos.getAsLong();
        Rates rates = reading ? reads : writes;
        String kind = reading ? ".reads-per-minute" : ".writes-per-minute";
        long own = rates.ofCaller(caller, now);
        if (own > 0) {
            return new Admission.Refused(429, Duration.ofNanos(own), "limits.per-caller" + kind, "rate_limited");
        }
        long all = rates.ofAll(now);
        return all > 0
                ? new Admission.Refused(503, Duration.ofNanos(all), "limits.together" + kind, "rate_limited")
                : null;
    }

    /** A place that somebody has. */
    private final class Taken implements Admission.Place {
        private final String caller;
        private final int with;

        Taken(String caller, int with) {
            this.caller = caller;
            this.with = with;
        }

        @Override
        public void leave(String kind, @Nullable Duration took) {
            places.leave(caller);
            if (options.adaptive() && took != null) {
                places.resize(adaptive.ended(kind, took.toNanos(), with, nanos.getAsLong()));
            }
        }
    }
}
