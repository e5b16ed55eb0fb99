package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.call.Inputs;
import dev.wayleave.call.ToolCall;
import dev.wayleave.call.ToolResult;
import dev.wayleave.caller.Caller;
import dev.wayleave.platform.Platform;
import dev.wayleave.policy.Decision;
import dev.wayleave.tool.Tool;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The method switch: answers one call of a verified caller, in the era that it was made in. */
final class Methods {
    private static final int DISCOVER_TTL_MS = 300_000;
    private static final int LIST_TTL_MS = 60_000;
    private final Platform platform;
    private final Refusals refusals;
    private final boolean listens;
    private final Cursors cursors;
    private final Cursors whole;
    private final ToolViews views;
    private final ToolResults results;
    private final ResourceMethods resources;
    private final PromptMethods prompts;
    private final Completions completions;
    private final TaskMethods tasks;
    private final ParameterHeaders parameters;
    private final String version;
    private final Supplier<String> ids;
    private final InstantSource clock;

    /**
     * Made once for each platform.
     *
     * @param listens whether clients can be told of changed lists
     * @param version of this server
     * @param ids makes the ids of calls
     */
    Methods(Platform platform, boolean listens, String version, Supplier<String> ids, InstantSource clock) {
        this.platform = platform;
        this.refusals = new Refusals(platform, ids, clock);
        this.listens = listens;
        this.cursors = new Cursors(platform.seal(), platform.path(), platform.pageSize(), clock);
        this.whole = new Cursors(platform.seal(), platform.path(), Integer.MAX_VALUE, clock);
        this.views = new ToolViews(platform.catalog(), platform.policy());
        this.results = new ToolResults(platform);
        this.resources = new ResourceMethods(platform, results, ids, clock);
        this.prompts = new PromptMethods(platform, resources, results);
        this.completions = new Completions(platform, prompts);
        this.tasks = new TaskMethods(platform, results, ids, clock);
        this.parameters = new ParameterHeaders(platform.catalog(), platform.policy());
        this.version = version;
        this.ids = ids;
        this.clock = clock;
    }

    /** The result's members. */
    JsonRpc.Members answer(Era era, Caller caller, Message.Call call, Request request) throws ProtocolError {
        Asked asked = Asked.of(era, caller, call, request);
        try {
            return era.isModern() ? modern(era, asked, call, request) : legacy(era, asked, call);
        } catch (ProtocolError e) {
            if (!asked.called().get()) {
                refusals.malformed(caller, call, request, e);
            }
            throw e;
        }
    }

    /** Whether the call is one of a tool for which the caller's token has too few scopes. */
    boolean lacksScopes(Caller caller, Message.Call call) {
        String name =
                call.method().equals("tools/call") ? call.params().path("name").textValue() : null;
        Tool tool = name == null ? null : platform.catalog().find(name);
        return tool != null && platform.policy().decide(caller, tool) instanceof Decision.InsufficientScope;
    }

    private JsonRpc.Members modern(Era era, Asked asked, Message.Call call, Request request) throws ProtocolError {
        String name = named(call);
        if (name != null) {
            EraSelector.matchName(request, name);
        }
        if (call.method().equals("tools/call")) {
            parameters.match(asked.caller(), call, request);
        }
        JsonRpc.Members members = ofModernEra(era, asked, call);
        if (members == null) {
            throw ProtocolError.of(404, ProtocolError.METHOD_NOT_FOUND, "Method not found");
        }
        return json -> {
            json.writeStringField("resultType", members.resultType());
            members.write(json);
            json.writeObjectFieldStart("_meta");
            writeServer(json);
            json.writeEndObject();
        };
    }

    private JsonRpc.@Nullable Members ofModernEra(Era era, Asked asked, Message.Call call) throws ProtocolError {
        if (tasks.serve(call.method())) {
            return tasks.answer(era, asked, call);
        }
        return call.method().equals("server/discover") ? discover() : ofBothEras(era, asked, call);
    }

    /** The result of a subscription that has ended; with what tells which one it was. */
    JsonRpc.Members finished(JsonRpc.Members subscription) {
        return json -> {
            json.writeStringField("resultType", "complete");
            json.writeObjectFieldStart("_meta");
            subscription.write(json);
            writeServer(json);
            json.writeEndObject();
        };
    }

    private void writeServer(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("io.modelcontextprotocol/serverInfo");
        serverInfo(json);
        json.writeEndObject();
    }

    /** Digests of the lists as this caller sees them. */
    Map<Listing, String> seen(Caller caller) throws ProtocolError {
        Message.Call call =
                new Message.Call(JsonNodeFactory.instance.numberNode(0), "list", JsonNodeFactory.instance.objectNode());
        JsonRpc.Members fixed = resources.list(whole, caller, call);
        JsonRpc.Members templates = resources.templates(whole, caller, call);
        return Map.of(
                Listing.TOOLS, Listing.digest(tools(whole, caller, call)),
                Listing.PROMPTS, Listing.digest(prompts.list(whole, caller, call)),
                Listing.RESOURCES,
                        Listing.digest(json -> {
                            fixed.write(json);
                            templates.write(json);
                        }));
    }

    private JsonRpc.Members legacy(Era era, Asked asked, Message.Call call) throws ProtocolError {
        JsonRpc.Members members = switch (call.method()) {
            case "initialize" -> initialize(call);
            case "ping" -> json -> {};
            case "logging/setLevel" -> LegacyStubs.level(call);
            case "resources/subscribe", "resources/unsubscribe" -> LegacyStubs.subscription(call);
            default -> ofBothEras(era, asked, call);
        };
        if (members == null) {
            throw ProtocolError.of(200, ProtocolError.METHOD_NOT_FOUND, "Method not found");
        }
        return members;
    }

    /** Null where it is not served here. */
    private JsonRpc.@Nullable Members ofBothEras(Era era, Asked asked, Message.Call call) throws ProtocolError {
        Caller caller = asked.caller();
        return switch (call.method()) {
            case "tools/list" -> list(era, tools(cursors, caller, call));
            case "tools/call" -> call(era, asked, call);
            case "resources/list" -> resources.exist() ? list(era, resources.list(cursors, caller, call)) : null;
            case "resources/templates/list" ->
                resources.exist() ? list(era, resources.templates(cursors, caller, call)) : null;
            case "resources/read" -> resources.exist() ? resources.read(era, asked, call.text("uri")) : null;
            case "prompts/list" -> prompts.exist() ? list(era, prompts.list(cursors, caller, call)) : null;
            case "prompts/get" -> prompts.exist() ? prompts.get(era, asked, call) : null;
            case "completion/complete" -> completions.exist() ? completions.complete(era, caller, call) : null;
            default -> null;
        };
    }

    /** What {@code Mcp-Name} must say too; null where nothing is named, or the method is not served. */
    private @Nullable String named(Message.Call call) throws ProtocolError {
        return switch (call.method()) {
            case "tools/call" -> call.text("name");
            case "resources/read" -> resources.exist() ? call.text("uri") : null;
            case "prompts/get" -> prompts.exist() ? call.text("name") : null;
            default -> tasks.serve(call.method()) ? call.text("taskId") : null;
        };
    }

    private JsonRpc.Members discover() {
        return json -> {
            json.writeArrayFieldStart("supportedVersions");
            for (String supported : Era.MODERN) {
                json.writeString(supported);
            }
            json.writeEndArray();
            capabilities(json, true);
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
            capabilities(json, false);
            json.writeObjectFieldStart("serverInfo");
            serverInfo(json);
            json.writeEndObject();
            instructions(json);
        };
    }

    private static JsonRpc.Members list(Era era, JsonRpc.Members members) {
        return json -> {
            members.write(json);
            if (era.isModern()) {
                cacheable(json, LIST_TTL_MS);
            }
        };
    }

    private JsonRpc.Members call(Era era, Asked asked, Message.Call call) throws ProtocolError {
        JsonNode arguments = call.params().path("arguments");
        if (!arguments.isMissingNode() && !arguments.isNull() && !arguments.isObject()) {
            throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "params.arguments must be an object.");
        }
        Inputs said = ClientInputs.read(era, call);
        ToolCall toolCall = asked.call(
                ids.get(),
                call.text("name"),
                arguments instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode(),
                clock.instant().plus(platform.timeout()));
        ToolResult result = platform.calls().call(toolCall.asking(said));
        return results.members(era, result);
    }

    private JsonRpc.Members tools(Cursors by, Caller caller, Message.Call call) throws ProtocolError {
        Cursors.Page<Tool> page = views.page(by, caller, call);
        return json -> {
            json.writeFieldName("tools");
            json.writeRawValue(views.of(page));
            page.writeNext(json);
        };
    }

    /** Only what this platform has; work that goes on, and lists that change, can be followed in the modern era alone. */
    private void capabilities(JsonGenerator json, boolean modern) throws IOException {
        boolean changing = modern && listens;
        json.writeObjectFieldStart("capabilities");
        capability(json, "tools", true, changing);
        capability(json, "resources", resources.exist(), changing);
        capability(json, "prompts", prompts.exist(), changing);
        capability(json, "completions", completions.exist(), false);
        if (modern && tasks.exist()) {
            json.writeObjectFieldStart("extensions");
            capability(json, TaskMethods.EXTENSION, true, false);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void capability(JsonGenerator json, String name, boolean exists, boolean changing)
            throws IOException {
        if (exists) {
            json.writeObjectFieldStart(name);
            if (changing) {
                json.writeBooleanField("listChanged", true);
            }
            json.writeEndObject();
        }
    }

    private void instructions(JsonGenerator json) throws IOException {
        String instructions = platform.catalog().instructions();
        if (instructions != null) {
            json.writeStringField("instructions", instructions);
        }
    }

    static void cacheable(JsonGenerator json, int ttlMs) throws IOException {
        json.writeNumberField("ttlMs", ttlMs);
        json.writeStringField("cacheScope", "private");
    }

    private void serverInfo(JsonGenerator json) throws IOException {
        json.writeStringField("name", platform.name());
        json.writeStringField("title", platform.catalog().title());
        json.writeStringField("version", version);
    }
}
