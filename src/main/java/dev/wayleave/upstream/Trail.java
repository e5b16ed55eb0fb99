package dev.wayleave.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one tool call leaves behind on its way to the platform: each request of it that is sent passes here. */
public final class Trail {
    private final Announcement announcement;
    private boolean announced;
    private boolean refused;
    private int attempts;
    private @Nullable Integer status;
    private long bytes;
    private long began;
    private long ended;

    /** What must be done before the first byte is sent. */
    public interface Announcement {
        /** Whether it could be done; nothing may be sent otherwise. */
        boolean made();
    }

    public Trail(Announcement announcement) {
        this.announcement = announcement;
    }

    /** One that nobody looks at. */
    public static Trail none() {
        return new Trail(() -> true);
    }

    /** To be called before each attempt. */
    void sending() throws UpstreamException {
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
    void answered(int answered, long length) {
        status = answered;
        bytes = length;
    }

    /** To be called after each attempt. */
    void ended() {
        ended = System.nanoTime();
    }

    /** Whether nothing was sent because it could not be announced. */
    public boolean isRefused() {
        return refused;
    }

    /** How often a request was sent. */
    public int attempts() {
        return attempts;
    }

    /** What the platform answered last; null where it did not. */
    public @Nullable Integer status() {
        return status;
    }

    /** The length of the last answer's body. */
    public long bytes() {
        return bytes;
    }

    /** From the first attempt to the end of the last one. */
    public Duration duration() {
        return Duration.ofNanos(Math.max(0, ended - began));
    }
}
