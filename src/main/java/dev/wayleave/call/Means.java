package dev.wayleave.call;

import dev.wayleave.policy.Policy;
import dev.wayleave.upstream.Origins;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the work of all tools of a platform is done with.
 *
 * @param origins where steps may be sent beside the platform
 * @param asking asks before something is done
 * @param tasks gives tasks their ids
 * @param boundaries makes what divides the parts of a multipart body
 */
public record Means(
        Policy policy,
        Sender sender,
        Origins origins,
        Delivery delivery,
        Asking asking,
        TaskIds tasks,
        Supplier<String> boundaries,
        InstantSource clock) {}
