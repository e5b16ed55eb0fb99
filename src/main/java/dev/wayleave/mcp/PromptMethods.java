package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.call.Asking;
import dev.wayleave.call.Content;
import dev.wayleave.call.ResourceReader;
import dev.wayleave.call.ToolResult;
import dev.wayleave.caller.Caller;
import dev.wayleave.platform.Platform;
import dev.wayleave.policy.Decision;
import dev.wayleave.tool.Prompt;
import dev.wayleave.tool.Resource;
import dev.wayleave.tool.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What agents ask of prompts (MCP 2026-07-28, server/prompts). A prompt that speaks of what the caller may not use is one
 * that does not exist.
 */
final class PromptMethods {
    private static final int LONGEST_VALUE = 8_192;
    private final Platform platform;
    private final ResourceMethods resources;
    private final ToolResults results;

    PromptMethods(Platform platform, ResourceMethods resources, ToolResults results) {
        this.platform = platform;
        this.results = results;
        this.resources = resources;
    }

    boolean exist() {
        return !platform.catalog().prompts().isEmpty();
    }

    JsonRpc.Members list(Cursors cursors, Caller caller, Message.Call call) throws ProtocolError {
        Predicate<Prompt> offered = offered(caller);
        Cursors.Page<Prompt> page =
                cursors.page(caller, call, platform.catalog().prompts(), Prompt::name, offered);
        return json -> {
            json.writeArrayFieldStart("prompts");
            for (Prompt prompt : page.entries()) {
                json.writeStartObject();
                described(json, prompt.name(), prompt);
                json.writeArrayFieldStart("arguments");
                for (Prompt.Argument argument : prompt.arguments()) {
                    json.writeStartObject();
                    json.writeStringField("name", argument.name());
                    ResourceMethods.text(json, "title", argument.title());
                    ResourceMethods.text(json, "description", argument.description());
                    json.writeBooleanField("required", argument.required());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            page.writeNext(json);
        };
    }

    private static void described(JsonGenerator json, String name, Prompt prompt) throws IOException {
        json.writeStringField("name", name);
        ResourceMethods.text(json, "title", prompt.title());
        ResourceMethods.text(json, "description", prompt.description());
    }

    JsonRpc.Members get(Era era, Asked asked, Message.Call call) throws ProtocolError {
        Caller caller = asked.caller();
        Prompt prompt = find(caller, call.text("name"));
        JsonNode arguments = call.params().path("arguments");
        Map<String, String> values = values(prompt, arguments);
        return switch (platform.asking()
                .prompt(prompt.name(), prompt.asks(), arguments, caller, ClientInputs.read(era, call))) {
            case Asking.Asked.Stopped stopped -> unanswered(era, stopped.result());
            case Asking.Asked.Answered answered -> given(era, asked, prompt, values, answered);
        };
    }

    /** A prompt has no result that says so; what cannot be given is an error. */
    private JsonRpc.Members unanswered(Era era, ToolResult.Unanswered result) throws ProtocolError {
        return switch (result) {
            case ToolResult.NotAgreed declined -> throw invalid(declined.text());
            case ToolResult.CannotAsk impossible when !era.isModern() -> throw invalid(impossible.text());
            case ToolResult.CannotAsk impossible -> results.members(era, impossible);
            case ToolResult.InputRequired questions -> results.members(era, questions);
            case ToolResult.RefusedRetry refused -> results.members(era, refused);
        };
    }

    private JsonRpc.Members given(
            Era era, Asked asked, Prompt prompt, Map<String, String> values, Asking.Asked.Answered answered)
            throws ProtocolError {
        List<JsonRpc.Members> messages = new ArrayList<>();
        for (Prompt.Message message : prompt.messages()) {
            switch (message) {
                case Prompt.Text text -> {
                    String filled = text.text().filled(name -> {
                        String value = values.get(name);
                        return value == null ? answered.value(name) : value;
                    });
                    messages.add(json -> message(json, text.role(), () -> ContentJson.writeText(json, filled)));
                }
                case Prompt.Embedded embedded -> {
                    String uri = ResourceReader.uri(embedded.uri(), values);
                    for (Content content : resources.contents(era, asked, uri)) {
                        messages.add(json -> message(json, embedded.role(), () -> {
                            if (embedded.inline()) {
                                ContentJson.write(json, era, content);
                            } else {
                                embed(json, era, uri, content);
                            }
                        }));
                    }
                }
            }
        }
        return json -> {
            ResourceMethods.text(json, "description", prompt.description());
            json.writeArrayFieldStart("messages");
            for (JsonRpc.Members message : messages) {
                message.write(json);
            }
            json.writeEndArray();
        };
    }

    /** The prompt of that name, where the caller is offered it. */
    Prompt find(Caller caller, String name) throws ProtocolError {
        return platform.catalog().prompts().stream()
                .filter(prompt -> prompt.name().equals(name))
                .filter(offered(caller))
                .findFirst()
                .orElseThrow(() -> invalid("There is no such prompt."));
    }

    private Predicate<Prompt> offered(Caller caller) {
        List<Resource> readable = platform.resources().offered(caller);
        return prompt -> prompt.tools().stream().allMatch(tool -> isOffered(caller, tool))
                && prompt.messages().stream()
                        .allMatch(message -> !(message instanceof Prompt.Embedded embedded)
                                || readable.stream()
                                        .anyMatch(resource -> resource.uri().equals(embedded.uri())));
    }

    private boolean isOffered(Caller caller, String name) {
        Tool tool = platform.catalog().find(name);
        return tool != null && platform.policy().decide(caller, tool) instanceof Decision.Allowed;
    }

    /** Those of its arguments that are given, all of them known, of a kind, and what they may be. */
    private static Map<String, String> values(Prompt prompt, JsonNode given) throws ProtocolError {
        if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
            throw invalid("params.arguments must be an object of strings.");
        }
        Map<String, String> values = new HashMap<>();
        for (Prompt.Argument argument : prompt.arguments()) {
            JsonNode value = given.path(argument.name());
            if (value.isMissingNode() || value.isNull()) {
                if (argument.required()) {
                    throw invalid("The argument " + argument.name() + " is required.");
                }
                continue;
            }
            if (!value.isTextual() || value.textValue().length() > LONGEST_VALUE) {
                throw invalid("The argument " + argument.name() + " must be a string of at most " + LONGEST_VALUE
                        + " characters.");
            }
            if (!argument.values().isEmpty() && !argument.values().contains(value.textValue())) {
                throw invalid("The argument " + argument.name() + " must be one of "
                        + String.join(", ", argument.values()) + ".");
            }
            values.put(argument.name(), value.textValue());
        }
        for (var member : given.properties()) {
            if (prompt.arguments().stream()
                    .noneMatch(argument -> argument.name().equals(member.getKey()))) {
                throw invalid("The prompt has no such argument; it has "
                        + String.join(
                                ", ",
                                prompt.arguments().stream()
                                        .map(Prompt.Argument::name)
                                        .toList())
                        + ".");
            }
        }
        return values;
    }

    /** Writes a content block. */
    private interface Block {
        void write() throws IOException;
    }

    private static void message(JsonGenerator json, String role, Block content) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeFieldName("content");
        content.write();
        json.writeEndObject();
    }

    private static void embed(JsonGenerator json, Era era, String uri, Content content) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "resource");
        json.writeFieldName("resource");
        ResourceMethods.contents(json, era, uri, content);
        json.writeEndObject();
    }

    private static ProtocolError invalid(String text) {
        return ProtocolError.of(200, ProtocolError.INVALID_PARAMS, text);
    }
}
