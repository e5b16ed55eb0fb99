package dev.wayleave.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The requests that are under way, by the name that each has in a header of its own until it reaches its connection. The HTTP
 * client itself tells nobody which connection that is, and keeps it until its read timeout whoever gave the answer up.
 */
final class Lines {
    /** It goes no further than to the guard of the connection. */
    static final String HEADER = "wayleave-line";

    private static final Line OVER = new Line(null, false);

    static {
        OVER.giveUp();
    }

    private final AtomicLong last = new AtomicLong();
    private final Map<String, Line> open = new ConcurrentHashMap<>();

    /** Its name, until {@link #end}. */
    String begin(Line line) {
        String name = Long.toString(last.incrementAndGet());
        open.put(name, line);
        return name;
    }

    void end(String name) {
        open.remove(name);
    }

    /** The one that these headers name, and name no longer; one that was given up where it is over, null where they name none. */
    @Nullable
    Line taken(HttpHeaders headers) {
        String name = headers.get(HEADER);
        if (name == null) {
            return null;
        }
        headers.remove(HEADER);
        return open.getOrDefault(name, OVER);
    }
}
