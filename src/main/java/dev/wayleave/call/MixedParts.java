package dev.wayleave.call;

import dev.wayleave.upstream.UpstreamResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer of the type {@code multipart/mixed} apart (RFC 2046 section 5.1): up to 20 parts with headers of up to 8,192
 * characters each, whose bytes stand as they are.
 */
final class MixedParts {
    static final String TYPE = "multipart/mixed";

    private static final Pattern BOUNDARY = Pattern.compile(
            "(?i);\\s*boundary=(?:\"([ -~&&[^\"\\\\]]{0,69}[!-~&&[^\"\\\\]])\"|([!-~&&[^\"\\\\;,]]{1,70}))\\s*(?:;|$)");
    private static final Set<String> AS_THEY_ARE = Set.of("7bit", "8bit", "binary");
    private static final int MOST_PARTS = 20;
    private static final int LONGEST_HEADERS = 8_192;
    private static final String LINE = "\r\n";
    private final UpstreamResponse whole;
    private final String text;
    private final String delimiter;

    private MixedParts(UpstreamResponse whole, String boundary) {
        this.whole = whole;
        // one character for each byte
        this.text = LINE + new String(whole.body(), StandardCharsets.ISO_8859_1);
        this.delimiter = LINE + "--" + boundary;
    }

    /** The parts in their order, with the answer's status; null where it is not what it says, or beyond the limits. */
    static @Nullable List<UpstreamResponse> of(UpstreamResponse whole) {
        Matcher told = BOUNDARY.matcher(whole.header("content-type").orElse(""));
        if (!told.find()) {
            return null;
        }
        String boundary = told.group(1) == null ? told.group(2) : told.group(1);
        return boundary == null ? null : new MixedParts(whole, boundary).all();
    }

    private @Nullable List<UpstreamResponse> all() {
        List<UpstreamResponse> parts = new ArrayList<>();
        int at = text.indexOf(delimiter);
        while (at >= 0 && parts.size() <= MOST_PARTS) {
            int behind = at + delimiter.length();
            if (text.startsWith("--", behind)) {
                return parts.isEmpty() ? null : parts;
            }
            int line = text.indexOf(LINE, behind);
            if (line < 0 || !text.substring(behind, line).isBlank()) {
                return null;
            }
            at = text.indexOf(delimiter, line);
            UpstreamResponse part = at < 0 ? null : part(line + LINE.length(), at);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return null;
    }

    /** What stands between two delimiters: lines of headers, an empty one, and the bytes. */
    private @Nullable UpstreamResponse part(int begin, int end) {
        int empty = text.indexOf(LINE + LINE, begin - LINE.length());
        int body = empty + LINE.length() + LINE.length();
        if (empty < 0 || body > end || empty - begin > LONGEST_HEADERS) {
            return null;
        }
        Map<String, String> headers = empty < begin ? new HashMap<>() : headers(text.substring(begin, empty));
        if (headers == null
                || headers.containsKey("content-encoding")
                || !AS_THEY_ARE.contains(headers.getOrDefault("content-transfer-encoding", "binary")
                        .toLowerCase(Locale.ROOT))) {
            return null;
        }
        headers.putIfAbsent("content-type", "text/plain");
        return new UpstreamResponse(
                whole.status(), headers, text.substring(body, end).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static @Nullable Map<String, String> headers(String lines) {
        Map<String, String> headers = new HashMap<>();
        for (String line : lines.split(LINE, -1)) {
            int colon = line.indexOf(':');
            if (colon < 1 || Character.isWhitespace(line.charAt(0))) {
                return null;
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (headers.put(name, line.substring(colon + 1).strip()) != null) {
                return null;
            }
        }
        return headers;
    }
}
