package dev.wayleave.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What browsers are told, so that pages of the origins that are let in may call (Fetch Standard, CORS protocol). No cookies
 * are involved: what counts is the token that the page itself sends.
 */
final class Cors {
    private static final List<String> ALLOWED = List.of(
            "Authorization",
            "Content-Type",
            "Accept",
            "MCP-Protocol-Version",
            "Mcp-Method",
            "Mcp-Name",
            "Mcp-Session-Id",
            "Last-Event-ID",
            "traceparent",
            "tracestate",
            "baggage");
    private static final Pattern PARAMETER = Pattern.compile("(?i)mcp-param-[!#$%&'*+.^_`|~0-9a-z-]{1,64}");
    private static final int MOST_PARAMETERS = 32;

    private Cors() {}

    /** Asks before the request itself is sent, without the token. */
    static boolean isPreflight(Request request) {
        return request.verb().equals("OPTIONS")
                && request.header("Origin") != null
                && request.header("Access-Control-Request-Method") != null;
    }

    /** For an origin that was let in. */
    static Reply preflight(Request request) {
        List<String> allowed = new ArrayList<>(ALLOWED);
        for (String asked :
                String.join(",", request.all("Access-Control-Request-Headers")).split(",", -1)) {
            if (PARAMETER.matcher(asked.strip()).matches() && allowed.size() < ALLOWED.size() + MOST_PARAMETERS) {
                allowed.add(asked.strip());
            }
        }
        return Reply.empty(204)
                .with(told(request))
                .with(Map.of(
                        "Access-Control-Allow-Methods",
                        "POST",
                        "Access-Control-Allow-Headers",
                        String.join(", ", allowed),
                        "Access-Control-Max-Age",
                        "3600"));
    }

    /** What a page of an origin that was let in may see of the answer; nothing where no page asks. */
    static Map<String, String> told(Request request) {
        String origin = request.header("Origin");
        return origin == null
                ? Map.of()
                : Map.of(
                        "Access-Control-Allow-Origin",
                        origin,
                        "Access-Control-Expose-Headers",
                        "WWW-Authenticate, MCP-Protocol-Version, Mcp-Session-Id, Retry-After",
                        "Vary",
                        "Origin");
    }
}
