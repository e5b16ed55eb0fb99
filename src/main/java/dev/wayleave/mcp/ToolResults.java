package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.call.Content;
import dev.wayleave.call.ToolResult;
import dev.wayleave.caller.Challenge;
import dev.wayleave.caller.ProtectedResource;
import dev.wayleave.limit.Admission;
import dev.wayleave.platform.Platform;
import dev.wayleave.policy.Decision;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/** Puts what came of a tool call into the words of MCP: a result, a JSON-RPC error, or an HTTP challenge. */
final class ToolResults {
    private final Platform platform;

    ToolResults(Platform platform) {
        this.platform = platform;
    }

    JsonRpc.Members members(Era era, ToolResult result) throws ProtocolError {
        return switch (result) {
            case ToolResult.Answer answer -> answer(era, answer);
            case ToolResult.Started started -> new TaskMethods.Created(started.task());
            case ToolResult.Followed followed -> throw new IllegalStateException("only tasks are followed");
            case ToolResult.UpstreamError error -> error(error.text());
            case ToolResult.InvalidArguments invalid ->
                error("The arguments do not fit; nothing was sent.\n- " + String.join("\n- ", invalid.problems()));
            case ToolResult.UnknownTool unknown ->
                throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "Unknown tool");
            case ToolResult.Denied denied -> denied(denied.decision());
            case ToolResult.NotNarrowed refused ->
                error("Your access could not be narrowed for this call. Nothing was sent.");
            case ToolResult.NotRecorded forgotten -> throw forgotten(forgotten);
            case ToolResult.TokenRefused refused -> throw refused(refused);
            case ToolResult.Shed shed -> throw shed(shed.refused());
            case ToolResult.InputRequired asked -> new Questions(asked);
            case ToolResult.CannotAsk impossible -> cannotAsk(era, impossible);
            case ToolResult.NotAgreed declined -> error(declined.text());
            case ToolResult.RefusedRetry refused ->
                throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, refused.text());
        };
    }

    /** What the client is to answer before it asks again. */
    private record Questions(ToolResult.InputRequired asked) implements JsonRpc.Members {
        @Override
        public String resultType() {
            return "input_required";
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeObjectFieldStart("inputRequests");
            for (var request : asked.requests().entrySet()) {
                json.writeFieldName(request.getKey());
                json.writeTree(request.getValue());
            }
            json.writeEndObject();
            json.writeStringField("requestState", asked.state());
        }
    }

    private static JsonRpc.Members cannotAsk(Era era, ToolResult.CannotAsk impossible) throws ProtocolError {
        if (!era.isModern()) {
            return error(impossible.text());
        }
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ObjectNode required = data.putObject("requiredCapabilities");
        impossible.lacking().forEach(ability -> ClientInputs.require(ability, required));
        throw ProtocolError.of(400, ProtocolError.MISSING_CAPABILITY, impossible.text(), data);
    }

    /** What the platform says of the token, as our own challenge. */
    ProtocolError refused(ToolResult.TokenRefused refused) {
        return refused.status() == 401 ? tokenRefused() : insufficientScope(refused.scopes());
    }

    private JsonRpc.Members denied(Decision.Denied decision) throws ProtocolError {
        return switch (decision) {
            case Decision.InsufficientScope insufficient -> throw insufficientScope(insufficient.needed());
            case Decision.MissingClaim missing ->
                error("Nothing was sent: the token has no claim " + missing.claim() + ", which this tool needs.");
            case Decision.Forbidden forbidden -> throw ProtocolError.http(403, forbidden.told(), Map.of());
            case Decision.Refused refused -> error(refused.told());
        };
    }

    /** That there is no room for it. */
    static ProtocolError shed(Admission.Refused refused) {
        long seconds = Math.max(1, Math.ceilDiv(refused.after().toMillis(), 1000L));
        return ProtocolError.http(
                refused.status(),
                (refused.status() == 429
                                ? "You have more calls than there is room for."
                                : "There is no room for more calls.")
                        + " Nothing was sent; try again in " + seconds + (seconds == 1 ? " second." : " seconds."),
                Map.of("Retry-After", String.valueOf(seconds)));
    }

    /** That it cannot be remembered, or its answer is withheld. */
    static ProtocolError forgotten(ToolResult.NotRecorded forgotten) {
        String sent = "The call was sent, but it could not be remembered, so its answer is withheld."
                + (forgotten.safe() ? "" : " Whether it was done is not known: look before you call again.");
        return ProtocolError.http(
                503,
                forgotten.sent() ? sent : "Calls cannot be remembered now. Nothing was sent; try again later.",
                Map.of("Retry-After", "5"));
    }

    private static JsonRpc.Members answer(Era era, ToolResult.Answer answer) {
        return json -> {
            json.writeArrayFieldStart("content");
            for (Content content : answer.content()) {
                ContentJson.write(json, era, content);
            }
            json.writeEndArray();
            if (answer.structured() != null && era.knowsStructuredContent()) {
                json.writeFieldName("structuredContent");
                json.writeRawValue(answer.structured());
            }
            json.writeBooleanField("isError", answer.differs());
        };
    }

    private static JsonRpc.Members error(String text) {
        return json -> {
            json.writeArrayFieldStart("content");
            ContentJson.writeText(json, text);
            json.writeEndArray();
            json.writeBooleanField("isError", true);
        };
    }

    private ProtocolError insufficientScope(Collection<String> scopes) {
        return challenge(
                403,
                "The token does not have the scopes that this needs.",
                resource -> Challenge.insufficientScope(
                        resource.metadataUrl(), scopes, "The token does not have the scopes that this needs"));
    }

    private ProtocolError tokenRefused() {
        return challenge(
                401,
                "The platform does not accept the token.",
                resource -> Challenge.invalidToken(resource.metadataUrl(), platform.leastScopes()));
    }

    private ProtocolError challenge(int status, String text, Function<ProtectedResource, String> challenge) {
        ProtectedResource resource = platform.resource();
        return ProtocolError.http(
                status, text, resource == null ? Map.of() : Map.of("WWW-Authenticate", challenge.apply(resource)));
    }
}
