package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.call.Content;
import dev.wayleave.call.ToolCall;
import dev.wayleave.call.ToolResult;
import dev.wayleave.caller.Caller;
import dev.wayleave.platform.Platform;
import dev.wayleave.tool.Resource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What agents ask of resources (MCP 2026-07-28, server/resources). A resource that the caller may not read is, in every
 * answer, one that does not exist.
 */
final class ResourceMethods {
    private static final int LONGEST_ECHO = 256;
    private final Platform platform;
    private final ToolResults results;
    private final Supplier<String> ids;

    ResourceMethods(Platform platform, ToolResults results, Supplier<String> ids) {
        this.platform = platform;
        this.results = results;
        this.ids = ids;
    }

    boolean exist() {
        return !platform.catalog().resources().isEmpty();
    }

    /** Those with one URI each. */
    JsonRpc.Members list(Cursors cursors, Caller caller, Message.Call call) throws ProtocolError {
        return list(cursors, caller, call, true);
    }

    /** Those with variables in their URIs. */
    JsonRpc.Members templates(Cursors cursors, Caller caller, Message.Call call) throws ProtocolError {
        return list(cursors, caller, call, false);
    }

    private JsonRpc.Members list(Cursors cursors, Caller caller, Message.Call call, boolean fixed)
            throws ProtocolError {
        Cursors.Page<Resource> page = cursors.page(
                caller,
                call,
                platform.catalog().resources(),
                resource -> resource.uri().text(),
                resource -> resource.uri().isFixed() == fixed
                        && platform.resources().isOffered(caller, resource));
        return json -> {
            json.writeArrayFieldStart(fixed ? "resources" : "resourceTemplates");
            for (Resource resource : page.entries()) {
                write(json, fixed ? "uri" : "uriTemplate", resource);
            }
            json.writeEndArray();
            page.writeNext(json);
        };
    }

    JsonRpc.Members read(Era era, Asked asked, String uri) throws ProtocolError {
        List<Content> contents = contents(era, asked, uri);
        int ttl = ttl(uri);
        return json -> {
            json.writeArrayFieldStart("contents");
            for (Content content : contents) {
                contents(json, era, uri, content);
            }
            json.writeEndArray();
            if (era.isModern()) {
                Methods.cacheable(json, ttl);
            }
        };
    }

    /** What stands under the URI; what came of asking for it is a fault where it is not that. */
    List<Content> contents(Era era, Asked asked, String uri) throws ProtocolError {
        ToolCall call = asked.call(ids.get(), uri, JsonNodeFactory.instance.objectNode());
        return switch (platform.resources().read(call)) {
            case ToolResult.Answer answer -> whole(answer);
            case ToolResult.UpstreamError error -> throw failed(era, uri, error);
            case ToolResult.TokenRefused refused -> throw results.refused(refused);
            case ToolResult.Shed shed -> throw ToolResults.shed(shed.refused());
            case ToolResult.NotRecorded forgotten -> throw ToolResults.forgotten(forgotten);
            case ToolResult.NotNarrowed refused ->
                throw ProtocolError.of(
                        200,
                        ProtocolError.INTERNAL_ERROR,
                        "Your access could not be narrowed for this. Nothing was sent.");
            case ToolResult.InvalidArguments unfit -> throw unknown(era, uri);
            case ToolResult.UnknownTool unknown -> throw unknown(era, uri);
            case ToolResult.Denied denied -> throw unknown(era, uri);
            case ToolResult.Unanswered unanswered -> throw unknown(era, uri);
            case ToolResult.Started started -> throw unknown(era, uri);
            case ToolResult.Followed followed -> throw unknown(era, uri);
        };
    }

    /** Without our own words about it, unless there are no others. */
    private static List<Content> whole(ToolResult.Answer answer) {
        List<Content> own = answer.content().stream()
                .filter(content -> !(content instanceof Content.Text text) || text.mimeType() != null)
                .toList();
        return own.isEmpty() ? List.of(answer.content().getFirst()) : own;
    }

    /** Writes one of the contents. */
    static void contents(JsonGenerator json, Era era, String uri, Content content) throws IOException {
        json.writeStartObject();
        json.writeStringField("uri", uri);
        switch (content) {
            case Content.Text text -> {
                String type = text.mimeType();
                json.writeStringField("mimeType", type == null ? "text/plain" : type);
                json.writeStringField("text", text.text());
                ContentJson.hidden(json, era, text);
            }
            case Content.Media media -> {
                json.writeStringField("mimeType", media.mimeType());
                json.writeStringField("blob", media.data());
            }
            case Content.Resource bytes -> {
                json.writeStringField("mimeType", bytes.mimeType());
                json.writeStringField("blob", bytes.blob());
            }
        }
        json.writeEndObject();
    }

    /** How long it may be kept, as far as the description's owner said. */
    private int ttl(String uri) {
        for (Resource resource : platform.catalog().resources()) {
            if (resource.uri().match(uri).isPresent()) {
                Duration ttl = resource.tool().handling().cacheTtl();
                return ttl == null ? 0 : (int) Math.min(ttl.toMillis(), Integer.MAX_VALUE);
            }
        }
        return 0;
    }

    /** What is not there for the platform, or not for this caller, is not there. What it says of its own faults is not passed on. */
    private static ProtocolError failed(Era era, String uri, ToolResult.UpstreamError error) {
        Integer status = error.status();
        boolean absent = status != null && (status == 403 || status == 404 || status == 410);
        return absent ? unknown(era, uri) : ProtocolError.of(200, ProtocolError.INTERNAL_ERROR, error.reserved());
    }

    static ProtocolError unknown(Era era, String uri) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("uri", uri.length() <= LONGEST_ECHO ? uri : uri.substring(0, LONGEST_ECHO) + "…");
        int code = era.isModern() ? ProtocolError.INVALID_PARAMS : ProtocolError.RESOURCE_NOT_FOUND;
        return ProtocolError.of(200, code, "There is no such resource", data);
    }

    private static void write(JsonGenerator json, String uri, Resource resource) throws IOException {
        json.writeStartObject();
        json.writeStringField(uri, resource.uri().text());
        json.writeStringField("name", resource.name());
        text(json, "title", resource.title());
        text(json, "description", resource.description());
        text(json, "mimeType", resource.mimeType());
        json.writeEndObject();
    }

    static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
