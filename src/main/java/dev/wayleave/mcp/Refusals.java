package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.audit.AuditEvent;
import dev.wayleave.caller.Caller;
import dev.wayleave.platform.Platform;
import dev.wayleave.tool.Prompt;
import dev.wayleave.tool.Resource;
import dev.wayleave.tool.Tool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Remembers what got no further than the door, and what was asked for in a way that no call could be made of it. */
final class Refusals {
    private static final Map<String, String> KINDS = Map.of(
            "tools/call", "tool",
            "resources/read", "resource",
            "prompts/get", "prompt",
            "tasks/get", "task",
            "tasks/update", "task",
            "tasks/cancel", "task");

    private final Platform platform;
    private final Supplier<String> ids;
    private final InstantSource clock;

    Refusals(Platform platform, Supplier<String> ids, InstantSource clock) {
        this.platform = platform;
        this.ids = ids;
        this.clock = clock;
    }

    /** A request of which nothing was read. */
    void atDoor(@Nullable Caller caller, String reason, String outcome) {
        remember(caller, null, null, AuditEvent.What.NOTHING, reason, outcome);
    }

    /** A message that asks for a call, if it does, and is at fault. */
    void malformed(Caller caller, JsonNode body, Request request, ProtocolError fault) {
        ObjectNode params =
                body.path("params") instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        malformed(caller, new Message.Call(body.path("id"), body.path("method").asText(), params), request, fault);
    }

    /** The same, where it is a call that is served. */
    void malformed(Caller caller, Message.Call call, Request request, ProtocolError fault) {
        String kind = KINDS.get(call.method());
        if (kind != null && fault.code() != ProtocolError.METHOD_NOT_FOUND && reachesPlatform(call)) {
            JsonNode id = call.id();
            remember(
                    caller,
                    id.isTextual() || id.isIntegralNumber() ? id.asText() : null,
                    TraceParent.traceOf(call, request),
                    what(kind, call),
                    fault.text(),
                    "malformed");
        }
    }

    /** A prompt is put together without the platform, unless it embeds a resource. */
    private boolean reachesPlatform(Message.Call call) {
        return !call.method().equals("prompts/get")
                || platform.catalog().prompts().stream()
                        .filter(prompt ->
                                prompt.name().equals(call.params().path("name").textValue()))
                        .flatMap(prompt -> prompt.messages().stream())
                        .anyMatch(Prompt.Embedded.class::isInstance);
    }

    private AuditEvent.What what(String kind, Message.Call call) {
        String name = call.params().path("name").asText();
        String uri = call.params().path("uri").asText();
        Tool tool = kind.equals("tool") ? platform.catalog().find(name) : null;
        if (tool != null) {
            return what(kind, tool, null);
        }
        for (Resource resource : kind.equals("resource") ? platform.catalog().resources() : List.<Resource>of()) {
            if (resource.uri().match(uri).isPresent()) {
                return what(kind, resource.tool(), resource.uri().text());
            }
        }
        return AuditEvent.What.none(kind);
    }

    private static AuditEvent.What what(String kind, Tool tool, @Nullable String resource) {
        return new AuditEvent.What(kind, tool.name(), resource, tool.work().label(), List.of(), List.of(), List.of());
    }

    private void remember(
            @Nullable Caller caller,
            @Nullable String request,
            @Nullable String trace,
            AuditEvent.What what,
            String reason,
            String outcome) {
        AuditEvent.Where where = new AuditEvent.Where(platform.name(), platform.generation());
        AuditEvent.Began began =
                new AuditEvent.Began(clock.instant(), ids.get(), request, trace, where, who(caller), what);
        platform.audit()
                .refused(new AuditEvent(
                        began, "deny", reason, outcome, AuditEvent.Sent.NOTHING, Duration.ZERO, List.of()));
    }

    private AuditEvent.Who who(@Nullable Caller caller) {
        return caller == null
                ? AuditEvent.Who.NOBODY
                : new AuditEvent.Who(
                        caller.issuer(),
                        caller.subject(),
                        caller.clientId(),
                        platform.policy().groups(caller),
                        caller.scopes().stream().sorted().toList(),
                        null);
    }
}
