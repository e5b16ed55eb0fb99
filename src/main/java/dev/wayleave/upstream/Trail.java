package dev.wayleave.upstream;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one tool call leaves behind on its way to the platform: each request of it that is sent passes here. */
public final class Trail {
    private final Announcement announcement;
    private final @Nullable Trail whole;
    private final Cancellation cancellation;
    private boolean announced;
    private boolean refused;
    private int attempts;
    private @Nullable Integer status;
    private long bytes;
    /** In bytes; less than nothing where nobody will say that the call is done. */
    private long held = -1;

    private long began;
    private long ended;
    private CacheUse cache = CacheUse.NONE;
    private @Nullable Duration age;
    private final Set<Object> read = new HashSet<>();

    /** What must be done before the first byte is sent. */
    public interface Announcement {
        /** Whether it could be done; nothing may be sent otherwise. */
        boolean made();
    }

    /** @param cancellation of the call */
    public Trail(Announcement announcement, Cancellation cancellation) {
        this(announcement, null, cancellation);
    }

    private Trail(Announcement announcement, @Nullable Trail whole, Cancellation cancellation) {
        this.announcement = announcement;
        this.whole = whole;
        this.cancellation = cancellation;
    }

    /** That of a part of the call, which may go beside others; whatever passes it has passed this one too. */
    public Trail part() {
        return new Trail(() -> true, this, cancellation);
    }

    /**
     * The same call's, with what must be done before its first byte is sent; whatever passes it has passed this one too. Its
     * answers have room in memory until it is {@linkplain #done done}.
     */
    public Trail announcing(Announcement before) {
        Trail announcing = new Trail(before, this, cancellation);
        announcing.held = 0;
        return announcing;
    }

    /** One that nobody looks at. */
    public static Trail none() {
        return new Trail(() -> true, new Cancellation());
    }

    /** Tells when nobody waits for the call any more. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** To be called before each attempt. */
    synchronized void sending() throws UpstreamException {
        if (whole != null) {
            whole.sending();
        }
        if (!announced) {
            announced = announcement.made();
            refused = !announced;
            if (refused) {
                throw new UpstreamException(UpstreamException.Kind.NOT_RECORDED);
            }
        }
        began = attempts == 0 ? System.nanoTime() : began;
        attempts++;
        status = null;
        bytes = 0;
    }

    /** To be called after each answer. */
    synchronized void answered(int answered, long length) {
        if (whole != null) {
            whole.answered(answered, length);
        }
        status = answered;
        bytes = length;
    }

    /** To be called with the length of each answer, which is in memory from now on. */
    synchronized void holds(int length) {
        if (held >= 0) {
            BodyRoom.ANSWERS.keep(length);
            held += length;
        } else if (whole != null) {
            whole.holds(length);
        }
    }

    /** To be called at the end of the call: nothing of its answers is needed any more. */
    public synchronized void done() {
        BodyRoom.ANSWERS.give(Math.max(0, held));
        held = -1;
    }

    /** To be called after each attempt. */
    synchronized void ended() {
        if (whole != null) {
            whole.ended();
        }
        ended = System.nanoTime();
    }

    /** Whether the call has not read this before. */
    synchronized boolean isFirst(Object key) {
        return whole == null ? read.add(key) : whole.isFirst(key);
    }

    /**
     * To be called once for each read that the cache was asked for.
     *
     * @param old since when the platform was not asked for what was told; null where it was asked
     */
    synchronized void remembered(CacheUse use, @Nullable Duration old) {
        if (whole != null) {
            whole.remembered(use, old);
        }
        cache = cache.and(use);
        age = age == null || (old != null && old.compareTo(age) > 0) ? old : age;
    }

    /** What the cache did for it. */
    public synchronized CacheUse cache() {
        return cache;
    }

    /** How old the oldest is that was told without asking the platform; null where it was asked for all. */
    public synchronized @Nullable Duration age() {
        return age;
    }

    /** Whether nothing was sent because it could not be announced. */
    public synchronized boolean isRefused() {
        return refused;
    }

    /** How often a request was sent. */
    public synchronized int attempts() {
        return attempts;
    }

    /** What the platform answered last; null where it did not. */
    public synchronized @Nullable Integer status() {
        return status;
    }

    /** The length of the last answer's body. */
    public synchronized long bytes() {
        return bytes;
    }

    /** From the first attempt to the end of the last one. */
    public synchronized Duration duration() {
        return Duration.ofNanos(Math.max(0, ended - began));
    }
}
