package dev.wayleave.call;

import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamResponse;
import dev.wayleave.workflow.Exchange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what the platform answered into what the agent gets; made once for each tool. */
final class ResultMapper {
    private static final Pattern BEARER_ERROR =
            Pattern.compile("(?i)\\berror=\"?(invalid_token|insufficient_scope)\\b");
    private static final Pattern BEARER_SCOPE = Pattern.compile("(?i)\\bscope=\"([\\x21\\x23-\\x5b\\x5d-\\x7e ]*)\"");
    private static final int MOST_SCOPES = 32;
    private static final int LONGEST_SCOPE = 128;
    private final AnswerMapper answers;
    private final UpstreamErrors errors;
    private final Afterwards afterwards;

    /** @param afterwards what is told of calls that were lost on the way */
    ResultMapper(Tool tool, Delivery delivery, Afterwards afterwards) {
        this(
                tool,
                delivery,
                afterwards,
                tool.work() instanceof Work.OneCall one && one.origin() != null
                        ? "A credential is asked for there, and none is sent."
                        : "The platform did not accept the caller's token for this.");
    }

    /** @param unaccepted what is told of the credential where it is not accepted */
    ResultMapper(Tool tool, Delivery delivery, Afterwards afterwards, String unaccepted) {
        this.afterwards = afterwards;
        this.answers = new AnswerMapper(tool, delivery);
        this.errors = new UpstreamErrors(delivery.errors(), unaccepted);
    }

    /**
     * What came of a request.
     *
     * @param call with the token that was sent
     * @param own whether that is the token which the client has; what the platform says of another is nothing to it
     */
    ToolResult map(ToolCall call, boolean own, UpstreamResponse response) {
        return HeapRoom.within(response.body().length, () -> mapped(call, own, response));
    }

    private ToolResult mapped(ToolCall call, boolean own, UpstreamResponse response) {
        if (isSuccess(response)) {
            return answers.map(call, response);
        }
        String challenge = response.header("www-authenticate").orElse("");
        Matcher error = BEARER_ERROR.matcher(challenge);
        if (own && error.find()) {
            boolean scopesMissing = error.group(1).equalsIgnoreCase("insufficient_scope");
            if (response.status() == 401 && !scopesMissing) {
                return new ToolResult.TokenRefused(401, Set.of());
            }
            Set<String> scopes = scopes(masked(call.caller(), challenge));
            if (response.status() == 403 && scopesMissing && !scopes.isEmpty()) {
                return new ToolResult.TokenRefused(403, scopes);
            }
        }
        return errors.of(
                response,
                masked(call.caller(), new String(response.body(), StandardCharsets.UTF_8)),
                afterwards.safe() ? "" : afterwards.words(call.caller()));
    }

    /** By its status, and by what the owner knows of failures that come with such a status. */
    boolean isSuccess(UpstreamResponse response) {
        return response.isSuccess() && !errors.areIn(response);
    }

    /** When what was refused for now would do; null where that is not told. */
    @Nullable
    Duration after(Exchange exchange) {
        return errors.after(exchange);
    }

    /** The scopes that a challenge asks for, as far as they can be scopes; none where there are too many. */
    private static Set<String> scopes(String challenge) {
        Matcher scope = BEARER_SCOPE.matcher(challenge);
        if (!scope.find()) {
            return Set.of();
        }
        Set<String> scopes = new TreeSet<>(List.of(scope.group(1).split(" ", -1)));
        scopes.removeIf(one -> one.isEmpty() || one.length() > LONGEST_SCOPE || one.contains(BearerToken.MASK));
        return scopes.size() > MOST_SCOPES ? Set.of() : scopes;
    }

    ToolResult map(Caller caller, UpstreamException failure) {
        return UpstreamErrors.of(failure, afterwards.words(caller), afterwards.safe());
    }

    /** Without the caller's token, should the platform have repeated it. */
    static String masked(Caller caller, String text) {
        return caller.token() == null ? text : caller.token().mask(text);
    }
}
