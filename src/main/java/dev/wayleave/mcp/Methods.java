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
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The method switch: answers one call of a verified caller, in the era that it was made in. */
final class Methods {
    private static final int LIST_TTL_MS = 60_000;
    private final Platform platform;
    private final Refusals refusals;
    private final Cursors cursors;
    private final Cursors whole;
    private final ToolViews views;
    private final ToolResults results;
    private final ResourceMethods resources;
    private final PromptMethods prompts;
    private final Completions completions;
    private final TaskMethods tasks;
    private final ParameterHeaders parameters;
    private final Introduction introduction;
    private final Supplier<String> ids;

    /**
     * Made once for each platform.
     *
     * @param refusals remembers calls that none could be made of
     * @param listens whether clients can be told of changed lists
     * @param version of this server
     * @param ids makes the ids of calls
     */
    Methods(
            Platform platform,
            Refusals refusals,
            boolean listens,
            String version,
            Supplier<String> ids,
            InstantSource clock) {
        this.platform = platform;
        this.refusals = refusals;
        this.cursors = new Cursors(platform.seal(), platform.path(), platform.pageSize(), clock);
        this.whole = new Cursors(platform.seal(), platform.path(), Integer.MAX_VALUE, clock);
        this.views = new ToolViews(platform.catalog(), platform.policy());
        this.results = new ToolResults(platform);
        this.resources = new ResourceMethods(platform, results, ids);
        this.prompts = new PromptMethods(platform, resources, results);
        this.completions = new Completions(platform, prompts);
        this.tasks = new TaskMethods(platform, results, ids);
        this.parameters = new ParameterHeaders(platform.catalog(), platform.policy());
        this.introduction = new Introduction(
                platform,
                new Introduction.Parts(resources.exist(), prompts.exist(), completions.exist(), tasks.exist()),
                listens,
                version);
        this.ids = ids;
    }

    /** The result's members. */
    JsonRpc.Members answer(Era era, Asked asked, Message.Call call, Request request) throws ProtocolError {
        try {
            return era.isModern() ? modern(era, asked, call, request) : legacy(era, asked, call);
        } catch (ProtocolError e) {
            if (!asked.called().get()) {
                refusals.malformed(asked.caller(), call, request, e);
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
            introduction.writeServer(json);
            json.writeEndObject();
        };
    }

    private JsonRpc.@Nullable Members ofModernEra(Era era, Asked asked, Message.Call call) throws ProtocolError {
        if (tasks.serve(call.method())) {
            return tasks.answer(era, asked, call);
        }
        return call.method().equals("server/discover") ? introduction.discovered() : ofBothEras(era, asked, call);
    }

    /** The result of a subscription that has ended; with what tells which one it was. */
    JsonRpc.Members finished(JsonRpc.Members subscription) {
        return json -> {
            json.writeStringField("resultType", "complete");
            json.writeObjectFieldStart("_meta");
            subscription.write(json);
            introduction.writeServer(json);
            json.writeEndObject();
        };
    }

    /** What a client that listens can be told of what it asks for: neither single resources nor tasks. */
    Set<Listing> wanted(Message.Call call) throws ProtocolError {
        JsonNode filter = call.params().path("notifications");
        if (filter.has("taskIds")) {
            tasks.require(Era.NEWEST, call);
        }
        Set<Listing> wanted = Listing.asked(filter);
        wanted.retainAll(introduction.lists());
        return wanted;
    }

    /** Digests of the lists as this caller sees them. */
    Map<Listing, String> seen(Caller caller) throws ProtocolError {
        Message.Call call =
                new Message.Call(JsonNodeFactory.instance.numberNode(0), "list", JsonNodeFactory.instance.objectNode());
        JsonRpc.Members fixed = resources.list(whole, caller, call);
        JsonRpc.Members templates = resources.templates(whole, caller, call);
        return Map.of(
                Listing.TOOLS, Listing.digest(tools(Era.NEWEST, whole, caller, call)),
                Listing.PROMPTS, Listing.digest(prompts.list(whole, caller, call)),
                Listing.RESOURCES,
                        Listing.digest(json -> {
                            fixed.write(json);
                            templates.write(json);
                        }));
    }

    private JsonRpc.Members legacy(Era era, Asked asked, Message.Call call) throws ProtocolError {
        JsonRpc.Members members = switch (call.method()) {
            case "initialize" -> introduction.initialized(call);
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
            case "tools/list" -> list(era, tools(era, cursors, caller, call));
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
                arguments instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode());
        ToolResult result = platform.calls().call(toolCall.asking(said));
        return results.members(era, result);
    }

    private JsonRpc.Members tools(Era era, Cursors by, Caller caller, Message.Call call) throws ProtocolError {
        Cursors.Page<Tool> page = views.page(by, caller, call);
        return json -> {
            json.writeFieldName("tools");
            json.writeRawValue(views.of(era, page));
            page.writeNext(json);
        };
    }

    static void cacheable(JsonGenerator json, int ttlMs) throws IOException {
        json.writeNumberField("ttlMs", ttlMs);
        json.writeStringField("cacheScope", "private");
    }
}
