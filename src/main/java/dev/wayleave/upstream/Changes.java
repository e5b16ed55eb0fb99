package dev.wayleave.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which paths of which tenants were changed, in their order. An answer counts if nothing on its path, above it or below it
 * was changed since its request began. It is bounded: what it must forget of one path it remembers of all.
 */
final class Changes {
    /** For longer than that no answer is kept. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final long MAX_WEIGHT = 4L << 20;
    private static final int OVERHEAD = 128;
    private static final int LONGEST_PATH = 1024;

    /** A path; or, with {@code below}, what is below it. */
    private record Place(String tenant, String path, boolean below) {}

    /** The number of a change, and until when it may still be going on. */
    private record Mark(long number, long until) {
        Mark later(Mark other) {
            return new Mark(Math.max(number, other.number), until - other.until > 0 ? until : other.until);
        }

        boolean touches(long began, long now) {
            return number > began || until - now > 0;
        }
    }

    private final Ticker ticker;
    private final AtomicLong last = new AtomicLong();
    private final AtomicReference<Mark> everywhere;
    private final Cache<Place, Mark> marks;

    Changes(Ticker ticker) {
        this.ticker = ticker;
        this.everywhere = new AtomicReference<>(new Mark(0, ticker.read()));
        this.marks = Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(LONGEST.plusHours(1))
                .maximumWeight(MAX_WEIGHT)
                .weigher((Place place, Mark mark) ->
                        OVERHEAD + 2 * (place.path().length() + place.tenant().length()))
                .evictionListener((@Nullable Place place, @Nullable Mark mark, RemovalCause cause) -> {
                    if (mark != null && cause == RemovalCause.SIZE) {
                        everywhere.accumulateAndGet(mark, Mark::later);
                    }
                })
                .executor(Runnable::run)
                .build();
    }

    /** The number of the last change. */
    long now() {
        return last.get();
    }

    /**
     * Something on this path is about to be changed, or was.
     *
     * @param tenant null where nobody knows whose it is
     * @param unsettled for how long the platform may still be at it
     */
    void mark(@Nullable String tenant, String path, Duration unsettled) {
        Mark mark = new Mark(last.incrementAndGet(), ticker.read() + unsettled.toNanos());
        if (tenant == null) {
            everywhere.accumulateAndGet(mark, Mark::later);
            return;
        }
        List<String> way = way(path);
        put(new Place(tenant, way.removeLast(), false), mark);
        way.forEach(above -> put(new Place(tenant, above, true), mark));
    }

    /** Whether that path, one above it or one below it was changed since then, or may be changing now. */
    boolean since(String tenant, String path, long began) {
        long now = ticker.read();
        return everywhere.get().touches(began, now)
                || touches(new Place(tenant, path, true), began, now)
                || way(path).stream().anyMatch(above -> touches(new Place(tenant, above, false), began, now));
    }

    private void put(Place place, Mark mark) {
        marks.asMap().merge(place, mark, Mark::later);
    }

    private boolean touches(Place place, long began, long now) {
        Mark mark = marks.getIfPresent(place);
        return mark != null && mark.touches(began, now);
    }

    /** The paths from the root to this one. */
    private static List<String> way(String path) {
        List<String> way = new ArrayList<>();
        way.add("/");
        for (int end = path.indexOf('/', 1); end >= 0; end = path.indexOf('/', end + 1)) {
            way.add(path.substring(0, end));
        }
        if (path.length() > 1) {
            way.add(path);
        }
        return way;
    }

    /**
     * The path of a target as it is compared. Spellings that a platform may take for the same are the same here; that of two
     * which it tells apart one is forgotten with the other does no harm. A long one is cut to one above it.
     */
    static String path(String target) {
        int query = target.indexOf('?');
        StringBuilder path = new StringBuilder();
        for (String segment : (query < 0 ? target : target.substring(0, query)).split("/", -1)) {
            int parameters = segment.indexOf(';');
            String name = decoded(parameters < 0 ? segment : segment.substring(0, parameters));
            if (path.length() + name.length() >= LONGEST_PATH) {
                break;
            }
            if (!name.isEmpty()) {
                path.append('/').append(name);
            }
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    /** Without percent-encoding, but for a slash within the segment. */
    private static String decoded(String segment) {
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            int value = low < 0 ? bytes[i] & 0xff : 16 * high + low;
            i += low < 0 ? 0 : 2;
            text.append(value == '/' ? "%2f" : String.valueOf((char) value));
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }
}
