package dev.wayleave.call;

import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.openapi.Parameter.Style;

/**
 * How text is escaped in one place of a request. {@code allowReserved} never lets through what would end the value there:
 * the specification leaves that to the caller, and here the caller is a model.
 *
 * @param raw whether nothing is escaped at all
 * @param kept the reserved characters that stay as they are
 */
record Encoder(boolean raw, String kept) {
    static final Encoder RAW = new Encoder(true, "");
    static final Encoder STRICT = new Encoder(false, "");

    /** In a query, {@code & + #} would end a value or change it, and brackets may not stand there (RFC 3986 §3.4). */
    static final Encoder RESERVED_IN_QUERY = new Encoder(false, ":/?@!$'()*,;=");

    /** In a path, a value may not hold {@code / ? #} as they are (OpenAPI 3.2 §4.8.2). */
    static final Encoder RESERVED_IN_PATH = new Encoder(false, ":@!$&'()*+,;=");

    private static final Encoder RESERVED_IN_COOKIE = new Encoder(false, ":/?#[]@!$&'()*+=");

    static Encoder of(Parameter parameter) {
        if (parameter.in() == In.HEADER || parameter.style() == Style.COOKIE) {
            return RAW;
        }
        if (!parameter.allowReserved()) {
            return STRICT;
        }
        return switch (parameter.in()) {
            case PATH -> RESERVED_IN_PATH;
            case COOKIE -> RESERVED_IN_COOKIE;
            case QUERY, QUERYSTRING, HEADER -> RESERVED_IN_QUERY;
        };
    }

    /** The name of a parameter or of a member: never with a reserved character. */
    String name(String text) {
        return raw ? text : PercentEncoding.encode(text);
    }

    /**
     * A value, which must not hold what divides it from others.
     *
     * @param delimiters reserved characters that end it there
     */
    String value(String text, String delimiters) {
        if (raw) {
            return text;
        }
        StringBuilder left = new StringBuilder(kept);
        for (int at = 0; at < left.length(); at++) {
            if (delimiters.indexOf(left.charAt(at)) >= 0) {
                left.deleteCharAt(at--);
            }
        }
        return PercentEncoding.encode(text, left.toString());
    }
}
