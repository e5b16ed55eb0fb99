package dev.wayleave.tool;

import dev.wayleave.openapi.Parameter;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which header parameters an agent may set: none that carries credentials or frames the message.
 *
 * @param credential the header that carries the caller's token to this platform, in lower case
 */
record Headers(String credential) {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Set<String> RESERVED = Set.of(
            "accept",
            "accept-encoding",
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "http2-settings",
            "keep-alive",
            "origin",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            "user-agent",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-original-url",
            "x-real-ip",
            "x-rewrite-url");

    boolean mayBeArgument(Parameter parameter) {
        return parameter.in() != Parameter.In.HEADER || mayBeSet(parameter.name());
    }

    /** Whether a header of that name may be anything at all. */
    boolean mayBeSet(String field) {
        String name = field.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        return TOKEN.matcher(field).matches()
                && !RESERVED.contains(name)
                && !name.equals(credential)
                && !name.startsWith("x-forwarded-")
                && !name.startsWith("proxy-");
    }
}
