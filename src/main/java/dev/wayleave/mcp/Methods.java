package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.call.ToolCall;
import dev.wayleave.call.ToolResult;
import dev.wayleave.caller.Caller;
import dev.wayleave.platform.Platform;
import dev.wayleave.upstream.Trail;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The method switch: answers one call of a verified caller, in the era that it was made in. */
final class Methods {
    private static final int DISCOVER_TTL_MS = 300_000;
    private static final int LIST_TTL_MS = 60_000;
    private final Platform platform;
    private final ToolViews views;
    private final ToolResults results;
    private final String version;
    private final Supplier<String> ids;
    private final InstantSource clock;

    /**
     * Made once for each platform.
     *
     * @param version of this server
     * @param ids makes the ids of calls
     */
    Methods(Platform platform, String version, Supplier<String> ids, InstantSource clock) {
        this.platform = platform;
        this.views = new ToolViews(platform.catalog(), platform.policy());
        this.results = new ToolResults(platform);
        this.version = version;
        this.ids = ids;
        this.clock = clock;
    }

    /** The result's members. */
    JsonRpc.Members answer(Era era, Caller caller, Message.Call call, Request request) throws ProtocolError {
        return era.isModern() ? modern(era, caller, call, request) : legacy(era, caller, call, request);
    }

    private JsonRpc.Members modern(Era era, Caller caller, Message.Call call, Request request) throws ProtocolError {
        JsonRpc.Members members = switch (call.method()) {
            case "server/discover" -> discover();
            case "tools/list" -> list(caller, call);
            case "tools/call" -> {
                EraSelector.matchName(request, toolName(call));
                yield call(era, caller, call, request);
            }
            default -> throw ProtocolError.of(404, ProtocolError.METHOD_NOT_FOUND, "Method not found");
        };
        return json -> {
            json.writeStringField("resultType", "complete");
            members.write(json);
            json.writeObjectFieldStart("_meta");
            json.writeObjectFieldStart("io.modelcontextprotocol/serverInfo");
            serverInfo(json);
            json.writeEndObject();
            json.writeEndObject();
        };
    }

    private JsonRpc.Members legacy(Era era, Caller caller, Message.Call call, Request request) throws ProtocolError {
        return switch (call.method()) {
            case "initialize" -> initialize(call);
            case "ping" -> json -> {};
            case "tools/list" -> {
                refuseCursor(call);
                yield json -> tools(json, caller);
            }
            case "tools/call" -> call(era, caller, call, request);
            default -> throw ProtocolError.of(200, ProtocolError.METHOD_NOT_FOUND, "Method not found");
        };
    }

    private JsonRpc.Members discover() {
        return json -> {
            json.writeArrayFieldStart("supportedVersions");
            for (String supported : Era.MODERN) {
                json.writeString(supported);
            }
            json.writeEndArray();
            capabilities(json);
            instructions(json);
            cacheable(json, DISCOVER_TTL_MS);
        };
    }

    private JsonRpc.Members initialize(Message.Call call) throws ProtocolError {
        JsonNode asked = call.params().path("protocolVersion");
        if (!asked.isTextual()) {
            throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "params.protocolVersion must be a string.");
        }
        String agreed = Era.LEGACY.contains(asked.textValue()) ? asked.textValue() : Era.LEGACY.getFirst();
        return json -> {
            json.writeStringField("protocolVersion", agreed);
            capabilities(json);
            json.writeObjectFieldStart("serverInfo");
            serverInfo(json);
            json.writeEndObject();
            instructions(json);
        };
    }

    private JsonRpc.Members list(Caller caller, Message.Call call) throws ProtocolError {
        refuseCursor(call);
        return json -> {
            tools(json, caller);
            cacheable(json, LIST_TTL_MS);
        };
    }

    private JsonRpc.Members call(Era era, Caller caller, Message.Call call, Request request) throws ProtocolError {
        JsonNode arguments = call.params().path("arguments");
        if (!arguments.isMissingNode() && !arguments.isNull() && !arguments.isObject()) {
            throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "params.arguments must be an object.");
        }
        ToolCall toolCall = new ToolCall(
                ids.get(),
                caller,
                toolName(call),
                arguments instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode(),
                call.id().asText(),
                TraceParent.traceOf(call, request),
                clock.instant().plus(platform.timeout()),
                Trail.none());
        ToolResult result = platform.calls().call(toolCall);
        return results.members(era, result);
    }

    private static String toolName(Message.Call call) throws ProtocolError {
        JsonNode name = call.params().path("name");
        if (!name.isTextual()) {
            throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "params.name must be a string.");
        }
        return name.textValue();
    }

    /** The list has one page, so that no cursor of ours exists. */
    private static void refuseCursor(Message.Call call) throws ProtocolError {
        if (call.params().hasNonNull("cursor")) {
            throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "There is no such cursor.");
        }
    }

    private void tools(JsonGenerator json, Caller caller) throws IOException {
        json.writeFieldName("tools");
        json.writeRawValue(views.of(caller));
    }

    private static void capabilities(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("capabilities");
        json.writeObjectFieldStart("tools");
        json.writeEndObject();
        json.writeEndObject();
    }

    private void instructions(JsonGenerator json) throws IOException {
        String instructions = platform.catalog().instructions();
        if (instructions != null) {
            json.writeStringField("instructions", instructions);
        }
    }

    private static void cacheable(JsonGenerator json, int ttlMs) throws IOException {
        json.writeNumberField("ttlMs", ttlMs);
        json.writeStringField("cacheScope", "private");
    }

    private void serverInfo(JsonGenerator json) throws IOException {
        json.writeStringField("name", platform.name());
        json.writeStringField("title", platform.catalog().title());
        json.writeStringField("version", version);
    }
}
