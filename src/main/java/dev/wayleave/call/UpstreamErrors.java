package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.wayleave.tool.ErrorRule;
import dev.wayleave.tool.VisibleText;
import dev.wayleave.upstream.Hints;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamResponse;
import dev.wayleave.workflow.Exchange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an agent is told when the platform refuses, fails or is silent: what happened, and what it can do. */
final class UpstreamErrors {
    private static final int LONGEST_MESSAGE = 2048;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
    private static final Pattern NOT_SHOWN = Pattern.compile("(?is)<(script|style|head)\\b.*?</\\1>|<[^>]*>");
    private static final Pattern TITLE = Pattern.compile("(?is)<title\\b[^>]*>([^<]{1,500})");

    /** A code that a program can act on, and not a sentence. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_./:-]{1,63}");

    private static final List<String> CODES = List.of("/errorCode", "/error/code", "/code", "/error/errorCode");
    /** What came of an answer whose status is a success, and which tells a failure in the owner's words. */
    static final String WITHIN = "upstream_error_within";

    private static final String TOO_LARGE = "upstream_too_large";
    private static final String REFUSED_ADDRESS = "refused_address";
    private static final String PRIVATE_ADDRESS = "private_address";

    /** What came of requests without an answer that would come of them again. */
    static final Set<String> LASTING = Set.of(TOO_LARGE, REFUSED_ADDRESS, PRIVATE_ADDRESS);

    private final List<ErrorRule> rules;
    private final String unaccepted;

    /**
     * With what the owner knows of some of them; the first rule that fits counts.
     *
     * @param unaccepted what is told of the credential where the platform does not accept it
     */
    UpstreamErrors(List<ErrorRule> rules, String unaccepted) {
        this.rules = rules;
        this.unaccepted = unaccepted;
    }

    /** Whether an answer that is a success by its status is none by what it says. */
    boolean areIn(UpstreamResponse response) {
        return response.isSuccess() && hint(response).particular();
    }

    /** When the same request would do, of an answer that refused it for now; null where that is not told. */
    @Nullable
    Duration after(Exchange exchange) {
        String asked = exchange.answerHeaders().getOrDefault("retry-after", "");
        if (SECONDS.matcher(asked).matches()) {
            return Duration.ofSeconds(Long.parseLong(asked));
        }
        String words = ErrorWords.of(exchange.answer());
        ErrorRule rule = rule(exchange.status(), exchange.answer(), words);
        Integer seconds = rule == null ? null : rule.retryAfter(exchange.answer(), words);
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    /**
     * An answer that is not a success.
     *
     * @param body its text, with nothing secret left in it
     * @param lost what is told where nobody knows whether the platform acted
     */
    ToolResult of(UpstreamResponse response, String body, String lost) {
        int status = response.status();
        JsonNode json = tree(body);
        String words = message(response, body, json);
        ErrorRule rule = rule(status, json, words);
        String message = rule != null && rule.message() != null ? rule.message() : words;
        String code = code(json);
        String advice = advice(status, rule, wait(response, rule, json, words));
        String unknown = rule == null && mayBeDone(response) ? lost : "";
        String text = told(status, code, message) + advice + unknown;
        boolean callers = (status >= 400 && status < 500) || (rule != null && rule.isParticular());
        return new ToolResult.UpstreamError(
                status,
                response.isSuccess() ? WITHIN : "upstream_" + status,
                text,
                callers ? text : told(status, code, "") + advice + unknown,
                null);
    }

    private static String told(int status, String code, String message) {
        String what = code.isEmpty() || message.contains(code) ? "" : " " + code;
        String end = !message.isEmpty() && ".!?".indexOf(message.charAt(message.length() - 1)) >= 0 ? "" : ".";
        return "The platform answered " + status + what + (message.isEmpty() ? "" : ": " + message) + end;
    }

    /** A gateway that lost the answer, or a platform that stopped half-way; one that says when to come back did nothing. */
    private static boolean mayBeDone(UpstreamResponse response) {
        int status = response.status();
        return status == 502
                || status == 504
                || (status == 503 && response.header("retry-after").isEmpty());
    }

    /** What the first rule that fits says of an answer; nothing where there is none. */
    Hints.Hint hint(UpstreamResponse response) {
        if (rules.stream().noneMatch(one -> one.statuses().contains(response.status()))) {
            return Hints.Hint.NOTHING;
        }
        String body = new String(response.body(), StandardCharsets.UTF_8);
        JsonNode json = tree(body);
        String words = message(response, body, json);
        ErrorRule rule = rule(response.status(), json, words);
        if (rule == null) {
            return Hints.Hint.NOTHING;
        }
        Integer seconds = rule.retryAfter(json, words);
        return new Hints.Hint(
                rule.isParticular(), rule.retryable(), seconds == null ? null : Duration.ofSeconds(seconds));
    }

    private @Nullable ErrorRule rule(int status, JsonNode json, String words) {
        return rules.stream()
                .filter(one -> one.fits(status, json, words))
                .findFirst()
                .orElse(null);
    }

    private static JsonNode tree(String body) {
        return body.isBlank() ? MissingNode.getInstance() : json(body).orElse(MissingNode.getInstance());
    }

    private static String code(JsonNode json) {
        for (String pointer : CODES) {
            JsonNode code = json.at(pointer);
            if (code.isTextual() && CODE.matcher(code.textValue()).matches()) {
                return code.textValue();
            }
        }
        return "";
    }

    /**
     * No answer.
     *
     * @param lost what is told where nobody knows whether the platform acted
     * @param safe whether it only reads
     */
    static ToolResult of(UpstreamException failure, String lost, boolean safe) {
        return switch (failure.kind()) {
            case UNREACHABLE ->
                error("upstream_unreachable", "The platform cannot be reached. Nothing was sent; try again later.");
            case FAILING ->
                error(
                        "upstream_failing",
                        "The platform has been failing and is left alone for a moment. Nothing was sent; try again in "
                                + seconds(failure.retryAfter()) + ".");
            case NOT_RECORDED ->
                error("audit_unavailable", "Calls cannot be remembered now. Nothing was sent; try again later.");
            case INSECURE ->
                error(
                        "upstream_insecure",
                        "No secure connection to the platform came about. Nothing was sent; if that does not pass, only"
                                + " the operator can change it.");
            case TIMED_OUT, SILENT -> error("upstream_timeout", "The platform did not answer in time." + lost);
            case EXPIRED -> error("upstream_timeout", "There was no time left for this call. Nothing was sent.");
            case CANCELLED -> error("cancelled", "The call was given up." + lost);
            case BROKEN, CUT_OFF -> error("upstream_broken", "The connection to the platform broke." + lost);
            case MALFORMED ->
                error(
                        "upstream_malformed",
                        "The platform's answer breaks the rules of HTTP and cannot be passed on." + lost);
            case TOO_LARGE ->
                error(
                        TOO_LARGE,
                        "The platform's answer is larger than what may be passed on."
                                + (safe ? " Ask for less, with a filter or a smaller page." : lost));
            case NO_ROOM ->
                error(
                        "upstream_no_room",
                        "There is no room for the platform's answer just now; too many large ones are under way."
                                + (safe ? " Try again in a few seconds, or ask for less." : lost));
            case REFUSED_ADDRESS ->
                error(REFUSED_ADDRESS, "The arguments would have changed the address of the call. Nothing was sent.");
            case PRIVATE_ADDRESS ->
                error(
                        PRIVATE_ADDRESS,
                        "The platform's name leads into a private network, where calls do not go. Nothing was sent; only"
                                + " the operator can change that.");
        };
    }

    static String seconds(Duration wait) {
        long seconds = Math.max(1, Math.ceilDiv(wait.toMillis(), 1000L));
        return seconds == 1 ? "1 second" : seconds + " seconds";
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

    private static String message(UpstreamResponse response, String body, JsonNode json) {
        if (body.isBlank()) {
            return "";
        }
        if (!json.isMissingNode()) {
            String words = ErrorWords.of(json);
            boolean nothing = json.isNull() || (json.isContainerNode() && json.isEmpty());
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

    /** When to try again: what the header says, else what the rule finds; empty where neither tells. */
    private static String wait(UpstreamResponse response, @Nullable ErrorRule rule, JsonNode json, String words) {
        Integer found = rule == null ? null : rule.retryAfter(json, words);
        return response.header("retry-after")
                .filter(after -> SECONDS.matcher(after).matches())
                .or(() -> Optional.ofNullable(found).map(String::valueOf))
                .map(after -> " Try again in " + seconds(Duration.ofSeconds(Long.parseLong(after))) + ".")
                .orElse("");
    }

    private String advice(int status, @Nullable ErrorRule rule, String wait) {
        if (rule != null) {
            String advice = rule.advice() == null ? "" : " " + rule.advice();
            if (Boolean.FALSE.equals(rule.retryable())) {
                return advice + " The same call will fail again.";
            }
            boolean later = Boolean.TRUE.equals(rule.retryable()) && wait.isEmpty();
            if (rule.advice() != null || later || !wait.isEmpty()) {
                return advice + (later ? " Try again later." : wait);
            }
        }
        return switch (status) {
            case 401 -> " " + unaccepted;
            case 402 -> " It needs a payment or another plan: the same call will be refused until that has changed.";
            case 403 -> " The caller may not do this; the same call will be refused again.";
            case 304 -> " Nothing has changed since.";
            case 404 -> " Check the names and ids in the arguments.";
            case 409 -> " It is in conflict with what is there now: read the current state first.";
            case 413 -> " What was sent is too large for the platform: send less at once.";
            case 422 -> " The platform understood the arguments and does not accept them: change what it names.";
            case 429 -> wait.isEmpty() ? " Too many calls: wait before the next one." : wait;
            case 503 -> wait;
            default ->
                status >= 300 && status < 400
                        ? " Redirects are not followed."
                        : status >= 500 ? " The fault is the platform's, not the arguments'." : "";
        };
    }
}
