package dev.wayleave.upstream;

import dev.wayleave.caller.BearerToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to the platform, built from scratch.
 *
 * @param target path and query, encoded, beginning with a slash; below the platform's base path
 * @param body null for none
 * @param credential the caller's own token; null for none
 * @param repeatable whether it may be sent again where nobody knows whether it arrived, as one that only reads
 * @param safe whether it only reads, so that it can be broken off when nobody waits for it any more
 * @param deadline when the caller stops waiting
 * @param trail of the tool call that it is a part of
 */
public record UpstreamRequest(
        String method,
        String target,
        List<Header> headers,
        @Nullable Body body,
        @Nullable BearerToken credential,
        boolean repeatable,
        boolean safe,
        Instant deadline,
        Trail trail) {
    public UpstreamRequest {
        headers = List.copyOf(headers);
    }

    /** One that is repeated only because it only reads. */
    public UpstreamRequest(
            String method,
            String target,
            List<Header> headers,
            @Nullable Body body,
            @Nullable BearerToken credential,
            boolean safe,
            Instant deadline,
            Trail trail) {
        this(method, target, headers, body, credential, safe, safe, deadline, trail);
    }

    /** One that is no tool call's. */
    public UpstreamRequest(
            String method,
            String target,
            List<Header> headers,
            @Nullable Body body,
            @Nullable BearerToken credential,
            boolean repeatable,
            Instant deadline) {
        this(method, target, headers, body, credential, repeatable, deadline, Trail.none());
    }

    /** The same with one more header. */
    UpstreamRequest with(Header header) {
        List<Header> more = new ArrayList<>(headers);
        more.add(header);
        return new UpstreamRequest(method, target, more, body, credential, repeatable, safe, deadline, trail);
    }

    /** A header field that an argument set; its name comes from the description. */
    public record Header(String name, String value) {}

    /** The bytes of a body and their media type. The array is not copied and not changed. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Body(String contentType, byte[] bytes) {}
}
