package dev.wayleave.upstream;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the platform answered.
 *
 * @param headers by lower-case name; the first value of each, but all of those that caches mind, with commas in between
 * @param body empty for none; not copied and not changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record UpstreamResponse(int status, Map<String, String> headers, byte[] body) {
    public UpstreamResponse {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The media type in lower case without its parameters; empty where none is told. */
    public String mediaType() {
        String type = header("content-type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
