package dev.wayleave.upstream;

import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpParameters;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is sent as it is. Of a form, the client would take the bytes for an object and write it anew; so it
 * is not told that there is one, except by the header that it sends.
 */
final class BytesRequest extends HttpRequestWrapper<byte[]> implements MutableHttpRequest<byte[]> {
    private final MutableHttpRequest<byte[]> request;

    BytesRequest(MutableHttpRequest<byte[]> request) {
        super(request);
        this.request = request;
    }

    @Override
    public Optional<MediaType> getContentType() {
        return Optional.of(MediaType.APPLICATION_OCTET_STREAM_TYPE);
    }

    @Override
    public MutableHttpHeaders getHeaders() {
        return request.getHeaders();
    }

    @Override
    public MutableHttpParameters getParameters() {
        return request.getParameters();
    }

    @Override
    public MutableHttpRequest<byte[]> uri(URI uri) {
        request.uri(uri);
        return this;
    }

    @Override
    public MutableHttpRequest<byte[]> cookie(Cookie cookie) {
        request.cookie(cookie);
        return this;
    }

    @Override
    public <T> MutableHttpRequest<T> body(@Nullable T body) {
        return request.body(body);
    }

    @Override
    public void setConversionService(ConversionService conversions) {
        request.setConversionService(conversions);
    }
}
