package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.wayleave.call.Content;
import java.io.IOException;

/** Content blocks in the words of MCP (2026-07-28, server/tools); they are the same in every era. */
final class ContentJson {
    private static final String HIDDEN = "dev.wayleave/hiddenCharacters";

    private ContentJson() {}

    static void write(JsonGenerator json, Era era, Content content) throws IOException {
        switch (content) {
            case Content.Text text -> {
                json.writeStartObject();
                json.writeStringField("type", "text");
                json.writeStringField("text", text.text());
                hidden(json, era, text);
                json.writeEndObject();
            }
            case Content.Media media -> {
                json.writeStartObject();
                json.writeStringField("type", media.kind());
                json.writeStringField("data", media.data());
                json.writeStringField("mimeType", media.mimeType());
                json.writeEndObject();
            }
            case Content.Resource resource -> {
                json.writeStartObject();
                json.writeStringField("type", "resource");
                json.writeObjectFieldStart("resource");
                json.writeStringField("uri", resource.uri());
                json.writeStringField("mimeType", resource.mimeType());
                json.writeStringField("blob", resource.blob());
                json.writeEndObject();
                json.writeEndObject();
            }
        }
    }

    /** Tells how much was taken out of it, in the eras that have a place for that. */
    static void hidden(JsonGenerator json, Era era, Content.Text text) throws IOException {
        if (text.hidden() > 0 && era.knowsStructuredContent()) {
            json.writeObjectFieldStart("_meta");
            json.writeNumberField(HIDDEN, text.hidden());
            json.writeEndObject();
        }
    }

    static void writeText(JsonGenerator json, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "text");
        json.writeStringField("text", text);
        json.writeEndObject();
    }
}
