package dev.wayleave.call;

import dev.wayleave.tool.Served;
import dev.wayleave.tool.Tool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts and times calls, and tells how old what they were told from the cache was. What a client made up is no label: a tool
 * that is not in the catalog has no name here.
 */
public final class MeasuredCaller implements ToolCaller {
    private static final String CALLS = "wayleave.calls";
    private final String platform;
    private final Served served;
    private final ToolCaller calls;
    private final MeterRegistry registry;
    private final Timer ages;

    /** Around the calls of one platform, of its tools or of what is behind its resources. */
    public MeasuredCaller(String platform, Served served, ToolCaller calls, MeterRegistry registry) {
        this.platform = platform;
        this.served = served;
        this.calls = calls;
        this.registry = registry;
        this.ages = registry.timer("wayleave.cache.age", "platform", platform);
    }

    @Override
    public ToolResult call(ToolCall call) {
        long began = System.nanoTime();
        String outcome = "internal_error";
        try {
            ToolResult result = calls.call(call);
            outcome = result.outcome();
            return result;
        } finally {
            Duration age = call.trail().age();
            if (age != null) {
                ages.record(age);
            }
            Tool tool = served.find(call.tool());
            String kind = served.kind().name().toLowerCase(Locale.ROOT);
            String name = tool == null ? "-" : tool.name();
            registry.timer(CALLS, Tags.of("platform", platform, "kind", kind, "tool", name, "outcome", outcome))
                    .record(Duration.ofNanos(System.nanoTime() - began));
        }
    }
}
