package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.platform.Platform;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** How a platform's server introduces itself: who it is, which versions it speaks and what it has. */
final class Introduction {
    private static final int TTL_MS = 300_000;
    private final Platform platform;
    private final Parts parts;
    private final boolean listens;
    private final String version;

    /**
     * Made once for each platform.
     *
     * @param listens whether clients can be told of changed lists
     * @param version of this server
     */
    Introduction(Platform platform, Parts parts, boolean listens, String version) {
        this.platform = platform;
        this.parts = parts;
        this.listens = listens;
        this.version = version;
    }

    /** What there is beside tools. */
    record Parts(boolean resources, boolean prompts, boolean completions, boolean tasks) {}

    /** The lists that there are, whose changes can be told. */
    Set<Listing> lists() {
        Set<Listing> lists = EnumSet.of(Listing.TOOLS);
        if (parts.resources()) {
            lists.add(Listing.RESOURCES);
        }
        if (parts.prompts()) {
            lists.add(Listing.PROMPTS);
        }
        return lists;
    }

    /** The answer to {@code server/discover}. */
    JsonRpc.Members discovered() {
        return json -> {
            json.writeArrayFieldStart("supportedVersions");
            for (String supported : Era.MODERN) {
                json.writeString(supported);
            }
            json.writeEndArray();
            capabilities(json, true);
            instructions(json);
            Methods.cacheable(json, TTL_MS);
        };
    }

    /** The answer to {@code initialize}. */
    JsonRpc.Members initialized(Message.Call call) throws ProtocolError {
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

    /** Who answers, as each result of the modern era tells it. */
    void writeServer(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("io.modelcontextprotocol/serverInfo");
        serverInfo(json);
        json.writeEndObject();
    }

    /** Only what this platform has; work that goes on, and lists that change, can be followed in the modern era alone. */
    private void capabilities(JsonGenerator json, boolean modern) throws IOException {
        boolean changing = modern && listens;
        json.writeObjectFieldStart("capabilities");
        capability(json, "tools", true, changing);
        capability(json, "resources", parts.resources(), changing);
        capability(json, "prompts", parts.prompts(), changing);
        capability(json, "completions", parts.completions(), false);
        if (modern && parts.tasks()) {
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

    private void serverInfo(JsonGenerator json) throws IOException {
        json.writeStringField("name", platform.name());
        json.writeStringField("title", platform.catalog().title());
        json.writeStringField("version", version);
    }
}
