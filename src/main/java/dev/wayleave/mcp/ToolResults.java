package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.wayleave.call.ToolResult;
import dev.wayleave.caller.Challenge;
import dev.wayleave.caller.ProtectedResource;
import dev.wayleave.platform.Platform;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts what came of a tool call into the words of MCP: a result, a JSON-RPC error, or an HTTP challenge. */
final class ToolResults {
    private final Platform platform;

    ToolResults(Platform platform) {
        this.platform = platform;
    }

    JsonRpc.Members members(Era era, ToolResult result) throws ProtocolError {
        return switch (result) {
            case ToolResult.Answer answer ->
                content(answer.text(), era.knowsStructuredContent() ? answer.structured() : null, false);
            case ToolResult.UpstreamError error -> content(error.text(), null, true);
            case ToolResult.InvalidArguments invalid ->
                content(
                        "The arguments do not fit; nothing was sent.\n- " + String.join("\n- ", invalid.problems()),
                        null,
                        true);
            case ToolResult.UnknownTool unknown ->
                throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "Unknown tool");
            case ToolResult.Denied denied ->
                throw insufficientScope(denied.decision().needed());
            case ToolResult.ClaimMissing missing ->
                content(
                        "Nothing was sent: the token has no claim "
                                + missing.decision().claim() + ", which this tool needs.",
                        null,
                        true);
            case ToolResult.TokenRefused refused ->
                throw refused.status() == 401 ? tokenRefused() : insufficientScope(refused.scopes());
        };
    }

    private static JsonRpc.Members content(String text, @Nullable String structured, boolean isError) {
        return json -> {
            json.writeArrayFieldStart("content");
            writeText(json, text);
            json.writeEndArray();
            if (structured != null) {
                json.writeFieldName("structuredContent");
                json.writeRawValue(structured);
            }
            json.writeBooleanField("isError", isError);
        };
    }

    private static void writeText(JsonGenerator json, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "text");
        json.writeStringField("text", text);
        json.writeEndObject();
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
