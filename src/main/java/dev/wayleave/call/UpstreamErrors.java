package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.tool.VisibleText;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an agent is told when the platform refuses, fails or is silent: what happened, and what it can do. */
final class UpstreamErrors {
    private static final int LONGEST_MESSAGE = 2048;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
    private static final Pattern NOT_SHOWN = Pattern.compile("(?is)<(script|style|head)\\b.*?</\\1>|<[^>]*>");
    private static final Pattern TITLE = Pattern.compile("(?is)<title\\b[^>]*>([^<]{1,500})");

    private UpstreamErrors() {}

    /**
     * An answer that is not a success.
     *
     * @param body its text, with nothing secret left in it
     */
    static ToolResult of(UpstreamResponse response, String body) {
        int status = response.status();
        StringBuilder text = new StringBuilder("The platform answered ").append(status);
        String message = message(response, body);
        if (!message.isEmpty()) {
            text.append(": ").append(message);
        }
        text.append(!message.isEmpty() && ".!?".indexOf(message.charAt(message.length() - 1)) >= 0 ? "" : ".")
                .append(advice(status, response));
        return new ToolResult.UpstreamError(status, "upstream_" + status, text.toString());
    }

    static ToolResult of(UpstreamException failure, boolean safe) {
        String unknown = safe
                ? " Nothing was changed; the call can be repeated."
                : " Whether it was done is not known: look before you call again.";
        return switch (failure.kind()) {
            case UNREACHABLE ->
                error("upstream_unreachable", "The platform cannot be reached. Nothing was sent; try again later.");
            case FAILING ->
                error(
                        "upstream_failing",
                        "The platform has been failing and is left alone for a moment. Nothing was sent; try again in 5"
                                + " seconds.");
            case NOT_RECORDED ->
                error("audit_unavailable", "Calls cannot be remembered now. Nothing was sent; try again later.");
            case TIMED_OUT -> error("upstream_timeout", "The platform did not answer in time." + unknown);
            case BROKEN -> error("upstream_broken", "The connection to the platform broke." + unknown);
            case TOO_LARGE ->
                error(
                        "upstream_too_large",
                        "The platform's answer is larger than what may be passed on. Ask for less, with a filter or a"
                                + " smaller page.");
            case REFUSED_ADDRESS ->
                error("refused_address", "The arguments would have changed the address of the call. Nothing was sent.");
        };
    }

    /** No narrower token could be had just now. */
    static ToolResult notNarrowedNow() {
        return error(
                "exchange_unavailable",
                "Your access could not be narrowed for this call just now. Nothing was sent; try again in a few seconds.");
    }

    private static ToolResult error(String outcome, String text) {
        return new ToolResult.UpstreamError(null, outcome, text);
    }

    private static String message(UpstreamResponse response, String body) {
        if (body.isBlank()) {
            return "";
        }
        Optional<JsonNode> json = json(body);
        if (json.isPresent()) {
            String words = ErrorWords.of(json.get());
            boolean nothing = json.get().isNull()
                    || (json.get().isContainerNode() && json.get().isEmpty());
            return VisibleText.of(words.isEmpty() && !nothing ? body : words, LONGEST_MESSAGE);
        }
        boolean html =
                response.mediaType().contains("html") || response.mediaType().contains("xml");
        return VisibleText.of(html ? shown(body) : body, LONGEST_MESSAGE);
    }

    /** What a page shows; its title where that is nothing. */
    private static String shown(String page) {
        String plain =
                NOT_SHOWN.matcher(page).replaceAll(" ").replaceAll("\\s+", " ").strip();
        Matcher title = TITLE.matcher(page);
        String text = plain.isEmpty() && title.find() ? title.group(1).strip() : plain;
        return text.replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static Optional<JsonNode> json(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String advice(int status, UpstreamResponse response) {
        Optional<String> seconds = response.header("retry-after")
                .filter(after -> SECONDS.matcher(after).matches());
        String wait = seconds.map(s -> " Try again in " + s + " seconds.").orElse("");
        return switch (status) {
            case 401 -> " The platform did not accept the caller's token for this.";
            case 403 -> " The caller may not do this; the same call will be refused again.";
            case 304 -> " Nothing has changed since.";
            case 404 -> " Check the names and ids in the arguments.";
            case 409 -> " It is in conflict with what is there now: read the current state first.";
            case 429 -> wait.isEmpty() ? " Too many calls: wait before the next one." : wait;
            case 503 -> wait;
            default ->
                status >= 300 && status < 400
                        ? " Redirects are not followed."
                        : status >= 500 ? " The fault is the platform's, not the arguments'." : "";
        };
    }
}
