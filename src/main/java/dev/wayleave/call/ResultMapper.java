package dev.wayleave.call;

import dev.wayleave.caller.Caller;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what the platform answered into what the agent gets; made once for each tool. */
final class ResultMapper {
    private static final Pattern BEARER_ERROR =
            Pattern.compile("(?i)\\berror=\"?(invalid_token|insufficient_scope)\\b");
    private static final Pattern BEARER_SCOPE = Pattern.compile("(?i)\\bscope=\"([\\x21\\x23-\\x5b\\x5d-\\x7e ]*)\"");
    private final AnswerMapper answers;

    ResultMapper(Tool tool, Delivery delivery) {
        this.answers = new AnswerMapper(tool, delivery);
    }

    ToolResult map(ToolCall call, UpstreamResponse response) {
        if (response.isSuccess()) {
            return answers.map(call, response);
        }
        String challenge = response.header("www-authenticate").orElse("");
        Matcher error = BEARER_ERROR.matcher(challenge);
        if (error.find()) {
            boolean scopesMissing = error.group(1).equalsIgnoreCase("insufficient_scope");
            if (response.status() == 401 && !scopesMissing) {
                return new ToolResult.TokenRefused(401, Set.of());
            }
            Matcher scope = BEARER_SCOPE.matcher(challenge);
            if (response.status() == 403 && scopesMissing && scope.find()) {
                return new ToolResult.TokenRefused(
                        403, Set.copyOf(List.of(scope.group(1).strip().split(" +"))));
            }
        }
        return UpstreamErrors.of(response, masked(call.caller(), new String(response.body(), StandardCharsets.UTF_8)));
    }

    static ToolResult map(UpstreamException failure, boolean safe) {
        return UpstreamErrors.of(failure, safe);
    }

    /** Without the caller's token, should the platform have repeated it. */
    static String masked(Caller caller, String text) {
        return caller.token() == null ? text : caller.token().mask(text);
    }
}
