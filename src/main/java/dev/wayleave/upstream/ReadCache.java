package dev.wayleave.upstream;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.wayleave.caller.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the way to one platform and remembers what it answered to reads, for each caller apart (RFC 9111, a private
 * cache for each). It is asked only once a call is allowed and has its credential; requests that may change something pass
 * through it too, and make it forget. Safe for use by many threads.
 */
public final class ReadCache {
    private static final int LONGEST_TARGET = 8192;

    /** How long a change may still be going on whose end the platform did not tell. */
    private static final Duration UNSETTLED = Duration.ofMinutes(1);

    /** With these an argument asks for a part of an answer, or for one on a condition. */
    private static final Set<String> NOT_KEPT = Set.of(
            "range",
            "if-range",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "cache-control",
            "pragma");

    private final Upstream upstream;
    private final Terms terms;
    private final Hints hints;
    private final CacheKey.Maker keys;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Changes changes;
    private final KeptAnswers answers;
    private final ConcurrentHashMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<CacheUse, LongAdder> reads = new ConcurrentHashMap<>();
    private final LongAdder changed = new LongAdder();

    /**
     * What an operator decides.
     *
     * @param maxBytes of all that is kept; 0 to keep nothing
     * @param tenantClaim the claim that names a caller's tenant, a dotted path; null where all callers are of one
     * @param shareBodies whether what one caller was answered may be given to another of the tenant, once the platform told
     *     that one by its own token that it is so
     * @param credentialHeader the field that carries the token
     */
    public record Terms(long maxBytes, @Nullable String tenantClaim, boolean shareBodies, String credentialHeader) {
        /** Nothing is kept. */
        public static final Terms OFF = new Terms(0, null, false, "Authorization");
    }

    /** One read that may be remembered. */
    record Read(UpstreamRequest request, CacheKey key, String path, Kept.Owner owner, Duration ttl) {}

    /** An answer, with what is kept of it; null for nothing. */
    private record Asked(
            UpstreamResponse response, @Nullable Kept kept, CacheUse use) {}

    /** One that keeps nothing. */
    public static ReadCache none(Upstream upstream) {
        return new ReadCache(upstream, Terms.OFF, CacheKey::of, () -> Instant.EPOCH, () -> 0);
    }

    /** @param hints tells which answers are failures though they have the status of a success; those are not kept */
    public ReadCache(Upstream upstream, Terms terms, Hints hints, InstantSource clock) {
        this(upstream, terms, hints, CacheKey::of, clock, Ticker.systemTicker());
    }

    ReadCache(Upstream upstream, Terms terms, CacheKey.Maker keys, InstantSource clock, Ticker ticker) {
        this(upstream, terms, Hints.NONE, keys, clock, ticker);
    }

    private ReadCache(
            Upstream upstream, Terms terms, Hints hints, CacheKey.Maker keys, InstantSource clock, Ticker ticker) {
        this.hints = hints;
        this.upstream = upstream;
        this.terms = terms;
        this.keys = keys;
        this.clock = clock;
        this.ticker = ticker;
        this.changes = new Changes(ticker);
        this.answers = new KeptAnswers(terms.maxBytes(), ticker, changes);
    }

    /**
     * Does a request that only reads.
     *
     * @param caller who may make it
     * @param operation method and path template
     * @param ttl how long its owner lets an answer be given again; null for never
     */
    public UpstreamResponse read(UpstreamRequest request, Caller caller, String operation, @Nullable Duration ttl)
            throws UpstreamException {
        String tenant = tenant(caller);
        if (ttl == null || tenant == null || terms.maxBytes() == 0 || !mayBeKept(request)) {
            return upstream.send(request);
        }
        Read read = new Read(
                request,
                keys.of(request, caller, operation, tenant),
                Changes.path(request.target()),
                new Kept.Owner(caller.issuer(), caller.subject()),
                ttl.compareTo(Changes.LONGEST) < 0 ? ttl : Changes.LONGEST);
        return found(read);
    }

    /** Does a request that may change something on the platform. */
    public UpstreamResponse change(UpstreamRequest request, Caller caller) throws UpstreamException {
        return changed(upstream, request, tenant(caller), Changes.path(request.target()));
    }

    /** The same on another origin: nobody knows what that changes here. */
    public UpstreamResponse changeElsewhere(Upstream other, UpstreamRequest request, Caller caller)
            throws UpstreamException {
        return changed(other, request, tenant(caller), "/");
    }

    /** What it has done until now. */
    public CacheFigures figures() {
        Map<CacheUse, Long> sums = new EnumMap<>(CacheUse.class);
        for (CacheUse use : EnumSet.range(CacheUse.HIT, CacheUse.SHARED)) {
            LongAdder sum = reads.get(use);
            sums.put(use, sum == null ? 0 : sum.sum());
        }
        return new CacheFigures(sums, changed.sum(), answers.evicted(), answers.size(), answers.bytes());
    }

    /** Before it is sent, so that nothing old is told meanwhile; and after it, for what was read meanwhile. */
    private UpstreamResponse changed(Upstream way, UpstreamRequest request, @Nullable String tenant, String path)
            throws UpstreamException {
        if (terms.maxBytes() == 0) {
            return way.send(request);
        }
        changed.increment();
        changes.mark(tenant, path, Duration.ZERO);
        boolean settled = false;
        try {
            UpstreamResponse response = way.send(request);
            settled = response.status() < 500 && response.status() != 202;
            return response;
        } finally {
            changes.mark(tenant, path, settled ? Duration.ZERO : UNSETTLED);
        }
    }

    /** Empty text where all callers are of one; null where the caller's is not known. */
    private @Nullable String tenant(Caller caller) {
        return terms.tenantClaim() == null
                ? ""
                : caller.claim(terms.tenantClaim()).map(String::valueOf).orElse(null);
    }

    private static boolean mayBeKept(UpstreamRequest request) {
        return request.target().length() <= LONGEST_TARGET
                && request.headers().stream()
                        .noneMatch(header -> NOT_KEPT.contains(header.name().toLowerCase(Locale.ROOT)));
    }

    /** What one call reads twice it wants to have news of: then the platform is asked. */
    private UpstreamResponse found(Read read) throws UpstreamException {
        boolean again = !read.request().trail().isFirst(read.key());
        for (int turn = 0; !again && turn < 2; turn++) {
            Kept kept = answers.fresh(read.key());
            if (kept != null) {
                return told(read, CacheUse.HIT, kept);
            }
            Flight mine = new Flight(changes.now());
            Flight flight = flights.compute(
                    read.key(), (same, other) -> other == null || isOvertaken(read, other) ? mine : other);
            if (flight == mine) {
                return led(read, mine);
            }
            Kept joined = flight.await(
                    Duration.between(clock.instant(), read.request().deadline()),
                    read.request().trail().cancellation());
            if (joined != null && answers.isFresh(joined)) {
                return told(read, CacheUse.JOINED, joined);
            }
        }
        return asked(read, changes.now()).response();
    }

    /** What it will tell may be older than what this caller was told already. */
    private boolean isOvertaken(Read read, Flight flight) {
        return changes.since(read.key().tenant(), read.path(), flight.began());
    }

    private UpstreamResponse led(Read read, Flight flight) throws UpstreamException {
        Kept kept = null;
        try {
            // whoever led before may just have landed
            kept = answers.fresh(read.key());
            if (kept != null) {
                return told(read, CacheUse.HIT, kept);
            }
            Asked asked = asked(read, flight.began());
            kept = asked.kept();
            return asked.response();
        } finally {
            flights.remove(read.key(), flight);
            flight.land(kept);
        }
    }

    private UpstreamResponse told(Read read, CacheUse use, Kept kept) {
        reads.computeIfAbsent(use, first -> new LongAdder()).increment();
        read.request().trail().remembered(use, answers.age(kept));
        return kept.response();
    }

    private Asked asked(Read read, long began) throws UpstreamException {
        CacheUse use = CacheUse.MISS;
        try {
            Asked asked = ask(read, began);
            use = asked.use();
            return asked;
        } finally {
            reads.computeIfAbsent(use, first -> new LongAdder()).increment();
            read.request().trail().remembered(use, null);
        }
    }

    private Asked ask(Read read, long began) throws UpstreamException {
        boolean conditional = read.request().method().equals("GET");
        Kept own = conditional ? answers.find(read.key()) : null;
        Kept known = own != null || !conditional || !terms.shareBodies()
                ? own
                : answers.find(read.key().ofNobody());
        String etag = known == null ? null : known.etag();
        if (known != null && etag != null) {
            long sent = ticker.read();
            UpstreamResponse response =
                    upstream.send(read.request().with(new UpstreamRequest.Header("If-None-Match", etag)));
            if (response.status() != 304) {
                return whole(read, response, began, sent);
            }
            UpstreamResponse now = known.renewedBy(response, own != null);
            Kept renewed = Kept.of(read, now, freshness(read, now), began, sent);
            boolean same = response.header("etag").map(etag::equals).orElse(own != null);
            if (same && (own != null || renewed.freshness().shareable())) {
                keep(read, renewed);
                return new Asked(now, renewed, own != null ? CacheUse.REVALIDATED : CacheUse.SHARED);
            }
        }
        long sent = ticker.read();
        return whole(read, upstream.send(read.request()), began, sent);
    }

    /** Keeps an answer of 200; any other says no more than that what is kept is in doubt, unless the platform fails. */
    private Asked whole(Read read, UpstreamResponse response, long began, long sent) {
        if (response.status() != 200 || hints.of(response).particular()) {
            if (response.status() < 500) {
                answers.drop(read.key());
            }
            return new Asked(response, null, CacheUse.MISS);
        }
        Kept kept = Kept.of(read, response, freshness(read, response), began, sent);
        keep(read, kept);
        return new Asked(response, kept, CacheUse.MISS);
    }

    private void keep(Read read, Kept kept) {
        answers.keep(read.key(), kept);
        if (terms.shareBodies() && kept.freshness().shareable()) {
            answers.keep(read.key().ofNobody(), kept);
        }
    }

    private Freshness freshness(Read read, UpstreamResponse response) {
        return Freshness.of(response, read.ttl(), terms.credentialHeader(), clock.instant());
    }
}
