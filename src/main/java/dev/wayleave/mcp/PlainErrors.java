package dev.wayleave.mcp;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Map;

/** What Micronaut itself refuses or gets wrong is answered in our words: a JSON-RPC error without details. */
@Singleton
@Primary
class PlainErrors implements ErrorResponseProcessor<byte[]> {
    private final Endpoints endpoints;

    PlainErrors(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public MutableHttpResponse<byte[]> processResponse(ErrorContext context, MutableHttpResponse<?> base) {
        MutableHttpResponse<byte[]> response = base.toMutableResponse().body(null);
        Endpoint endpoint = endpoints.at(context.getRequest().getPath());
        if (endpoint != null) {
            // so that a page of an origin that is let in sees what was wrong
            endpoint.crossOrigin(HttpEdge.head(context.getRequest())).forEach(response::header);
        }
        if (base.code() == 405 && endpoint != null) {
            response.getHeaders().set("Allow", "POST");
        }
        if (context.getRequest().getMethod() == HttpMethod.HEAD) {
            return response;
        }
        ProtocolError error = ProtocolError.http(base.code(), base.status().getReason(), Map.of());
        return response.contentType("application/json").body(JsonRpc.error(null, error));
    }
}
