package dev.wayleave.upstream;

import dev.wayleave.caller.Caller;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be the same for one answer to be that to another request: the request as it was built, and who asks. All of it
 * is compared.
 *
 * @param operation method and path template
 * @param contentType null for no body
 * @param asker null for a body that callers of the tenant may come to share
 */
record CacheKey(
        String tenant,
        String operation,
        String method,
        String target,
        List<UpstreamRequest.Header> headers,
        @Nullable String contentType,
        @Nullable ByteBuffer body,
        @Nullable Asker asker) {

    /** Makes keys of requests. */
    interface Maker {
        CacheKey of(UpstreamRequest request, Caller caller, String operation, String tenant);
    }

    static CacheKey of(UpstreamRequest request, Caller caller, String operation, String tenant) {
        UpstreamRequest.Body body = request.body();
        return new CacheKey(
                tenant,
                operation,
                request.method(),
                request.target(),
                request.headers(),
                body == null ? null : body.contentType(),
                body == null ? null : ByteBuffer.wrap(body.bytes()).asReadOnlyBuffer(),
                Asker.of(caller, request.credential()));
    }

    /** The same of nobody in particular. */
    CacheKey ofNobody() {
        return new CacheKey(tenant, operation, method, target, headers, contentType, body, null);
    }

    /** About how many bytes it takes. */
    int weight() {
        int weight = 2 * (target.length() + operation.length() + tenant.length());
        for (UpstreamRequest.Header header : headers) {
            weight += 2 * (header.name().length() + header.value().length());
        }
        weight += body == null ? 0 : body.remaining();
        return weight + (asker == null ? 0 : 2 * asker.claims().toString().length());
    }

    @Override
    public String toString() {
        return "CacheKey[" + operation + "]";
    }
}
