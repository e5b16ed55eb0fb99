package dev.wayleave.upstream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Locale;

/** Counts and times each attempt to send a request to one platform, below everything that might make it again or not at all. */
public final class MeasuredUpstream implements Upstream {
    private static final String ATTEMPTS = "wayleave.upstream.attempts";
    private final Upstream upstream;
    private final String platform;
    private final MeterRegistry registry;
    private final Counter retries;

    /** Around the way to a platform of this name. */
    public MeasuredUpstream(Upstream upstream, String platform, MeterRegistry registry) {
        this.upstream = upstream;
        this.platform = platform;
        this.registry = registry;
        this.retries = registry.counter("wayleave.upstream.retries", "platform", platform);
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
        int before = request.trail().attempts();
        long began = System.nanoTime();
        String result = "broken";
        try {
            UpstreamResponse response = upstream.send(request);
            result = response.status() / 100 + "xx";
            return response;
        } catch (UpstreamException e) {
            result = e.kind().name().toLowerCase(Locale.ROOT);
            throw e;
        } finally {
            if (request.trail().attempts() > before) {
                registry.timer(ATTEMPTS, Tags.of("platform", platform, "result", result))
                        .record(Duration.ofNanos(System.nanoTime() - began));
                if (before > 0) {
                    retries.increment();
                }
            }
        }
    }

    @Override
    public void close() {
        upstream.close();
    }
}
