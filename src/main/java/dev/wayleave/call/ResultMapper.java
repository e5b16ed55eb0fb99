package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.wayleave.caller.Caller;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what the platform answered into what the agent gets. JSON is checked and passed on as it stands. */
final class ResultMapper {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(500).build())
            .build();
    private static final Pattern BEARER_ERROR =
            Pattern.compile("(?i)\\berror=\"?(invalid_token|insufficient_scope)\\b");
    private static final Pattern BEARER_SCOPE = Pattern.compile("(?i)\\bscope=\"([\\x21\\x23-\\x5b\\x5d-\\x7e ]*)\"");

    private ResultMapper() {}

    static ToolResult map(Caller caller, UpstreamResponse response) {
        if (response.isSuccess()) {
            return answer(caller, response);
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
        return UpstreamErrors.of(response, masked(caller, text(response)));
    }

    static ToolResult map(UpstreamException failure, boolean safe) {
        return UpstreamErrors.of(failure, safe);
    }

    private static ToolResult answer(Caller caller, UpstreamResponse response) {
        int status = response.status();
        if (response.body().length == 0) {
            String done = status == 202 ? "Accepted: the platform works on it (202)." : "Done (" + status + ").";
            return new ToolResult.Answer(status, done, null);
        }
        String type = response.mediaType();
        if (type.equals("application/json") || type.endsWith("+json") || type.isEmpty()) {
            JsonToken root = wellFormedRoot(response.body());
            if (root != null) {
                String json = masked(caller, text(response));
                String structured = root == JsonToken.START_OBJECT ? json : "{\"result\":" + json + "}";
                return new ToolResult.Answer(status, json, structured);
            }
        }
        if (isText(type)) {
            return new ToolResult.Answer(status, masked(caller, text(response)), null);
        }
        return new ToolResult.Answer(
                status,
                "The platform answered " + status + " with " + response.body().length + " bytes of " + type
                        + ", which cannot be shown here.",
                null);
    }

    /** The first token of a body that is one whole JSON text; null where it is not. */
    private static @Nullable JsonToken wellFormedRoot(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            JsonToken root = parser.nextToken();
            if (root != null && root.isStructStart()) {
                parser.skipChildren();
            }
            return parser.nextToken() == null ? root : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isText(String type) {
        return type.isEmpty()
                || type.startsWith("text/")
                || type.contains("json")
                || type.contains("xml")
                || type.equals("application/x-www-form-urlencoded")
                || type.equals("application/yaml");
    }

    private static String text(UpstreamResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String masked(Caller caller, String text) {
        return caller.token() == null ? text : caller.token().mask(text);
    }
}
