package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.limit.Admission;
import dev.wayleave.platform.Platform;
import dev.wayleave.tool.Prompt;
import dev.wayleave.tool.Resource;
import java.util.List;
import java.util.Locale;

/**
 * Completes arguments of prompts and variables of URI templates from what they may be (MCP 2026-07-28,
 * server/utilities/completion). Nothing is asked of the platform, and nothing is told of what the caller is not offered.
 */
final class Completions {
    private static final int MOST = 100;
    private final Platform platform;
    private final PromptMethods prompts;

    Completions(Platform platform, PromptMethods prompts) {
        this.platform = platform;
        this.prompts = prompts;
    }

    /** Whether there is anything that could be completed, should it be offered. */
    boolean exist() {
        return platform.catalog().prompts().stream()
                        .anyMatch(prompt -> !prompt.arguments().isEmpty())
                || platform.catalog().resources().stream()
                        .anyMatch(resource -> !resource.uri().isFixed());
    }

    /** Counted among the caller's reads: it is work, although the platform has none of it. */
    JsonRpc.Members complete(Era era, Caller caller, Message.Call call) throws ProtocolError {
        switch (platform.limits().admit(caller, true)) {
            case Admission.Refused refused -> throw ToolResults.shed(refused);
            case Admission.Place place -> {
                try {
                    return completed(era, caller, call);
                } finally {
                    place.leave("completion/complete", null);
                }
            }
        }
    }

    private JsonRpc.Members completed(Era era, Caller caller, Message.Call call) throws ProtocolError {
        JsonNode ref = call.params().path("ref");
        JsonNode name = call.params().at("/argument/name");
        JsonNode value = call.params().at("/argument/value");
        if (!name.isTextual() || !value.isTextual()) {
            throw invalid("params.argument must have name and value as strings.");
        }
        List<String> all = switch (ref.path("type").asText()) {
            case "ref/prompt" -> ofPrompt(caller, ref.path("name").asText(), name.textValue());
            case "ref/resource" -> ofTemplate(era, caller, ref.path("uri").asText(), name.textValue());
            default -> throw invalid("params.ref must be a ref/prompt with a name, or a ref/resource with a uri.");
        };
        String begun = value.textValue().toLowerCase(Locale.ROOT);
        List<String> fitting = all.stream()
                .filter(one -> one.toLowerCase(Locale.ROOT).startsWith(begun))
                .toList();
        return json -> {
            json.writeObjectFieldStart("completion");
            json.writeArrayFieldStart("values");
            for (String one : fitting.subList(0, Math.min(MOST, fitting.size()))) {
                json.writeString(one);
            }
            json.writeEndArray();
            json.writeNumberField("total", fitting.size());
            json.writeBooleanField("hasMore", fitting.size() > MOST);
            json.writeEndObject();
        };
    }

    private List<String> ofPrompt(Caller caller, String prompt, String argument) throws ProtocolError {
        for (Prompt.Argument one : prompts.find(caller, prompt).arguments()) {
            if (one.name().equals(argument)) {
                return one.values();
            }
        }
        throw invalid("The prompt has no such argument.");
    }

    private List<String> ofTemplate(Era era, Caller caller, String uri, String variable) throws ProtocolError {
        for (Resource resource : platform.resources().offered(caller)) {
            if (resource.uri().text().equals(uri)) {
                if (!resource.uri().names().contains(variable)) {
                    throw invalid("The template has no such variable.");
                }
                return resource.values().getOrDefault(variable, List.of());
            }
        }
        throw ResourceMethods.unknown(era, uri);
    }

    private static ProtocolError invalid(String text) {
        return ProtocolError.of(200, ProtocolError.INVALID_PARAMS, text);
    }
}
