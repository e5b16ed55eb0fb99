package dev.wayleave.platform;

import dev.wayleave.audit.AuditLog;
import dev.wayleave.call.Asking;
import dev.wayleave.call.ResourceReader;
import dev.wayleave.call.TaskReader;
import dev.wayleave.call.ToolCaller;
import dev.wayleave.caller.MetadataMirror;
import dev.wayleave.caller.ProtectedResource;
import dev.wayleave.caller.TokenVerifier;
import dev.wayleave.limit.Limits;
import dev.wayleave.policy.Policy;
import dev.wayleave.seal.Seal;
import dev.wayleave.tool.Catalog;
import dev.wayleave.upstream.OriginUpstream;
import dev.wayleave.upstream.Origins;
import dev.wayleave.upstream.ReadCache;
import dev.wayleave.upstream.Upstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mounted API: everything that a request to its path needs, decided when it was built.
 *
 * @param generation names the description and the settings that it was built from
 * @param path where it is mounted, such as {@code /mcp}
 * @param resource its RFC 9728 metadata; null where callers are not verified
 * @param mirror the authorization server's metadata on our own origin; null where it is not told there
 * @param leastScopes what a first token should be asked for: enough for the tools that only read
 * @param timeout the longest that one tool call may take
 * @param resources reads what a URI names
 * @param tasks tells how far work is that goes on
 * @param limits how much it is asked at most
 * @param way to it, with what guards it
 * @param asking asks before a prompt is given
 * @param seal closes what clients carry from one request to the next
 * @param pageSize the most entries that one answer lists
 * @param reads what is remembered of its answers
 * @param upstreams what {@code calls}, {@code resources} and {@code tasks} send with
 * @param origins where steps may be sent beside that
 * @param files that describe it
 */
public record Platform(
        String name,
        String generation,
        String path,
        Catalog catalog,
        TokenVerifier verifier,
        @Nullable ProtectedResource resource,
        @Nullable MetadataMirror mirror,
        List<String> leastScopes,
        Policy policy,
        ToolCaller calls,
        ResourceReader resources,
        TaskReader tasks,
        AuditLog audit,
        Duration timeout,
        Limits limits,
        OriginUpstream way,
        Asking asking,
        Seal seal,
        int pageSize,
        ReadCache reads,
        List<Upstream> upstreams,
        Origins origins,
        Set<Path> files)
        implements AutoCloseable {
    public Platform {
        leastScopes = List.copyOf(leastScopes);
        upstreams = List.copyOf(upstreams);
        files = Set.copyOf(files);
    }

    /** Whether it, or another origin that its tools use, has failed so often that it is left alone. */
    public boolean isFailing() {
        return upstreams.stream().anyMatch(Upstream::isFailing) || origins.isFailing();
    }

    /** Lets go of the connections. */
    @Override
    public void close() {
        upstreams.forEach(Upstream::close);
        origins.close();
    }
}
