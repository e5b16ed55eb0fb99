package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.wayleave.call.Content;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ContentJsonTest {
    private static String json(String version, Content content) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            ContentJson.write(json, new Era(version), content);
        }
        return text.toString();
    }

    @Test
    void eachKindIsInTheWordsOfMcp() throws IOException {
        assertThat(json("2026-07-28", new Content.Text("x", 0))).isEqualTo("{\"type\":\"text\",\"text\":\"x\"}");
        assertThat(json("2026-07-28", new Content.Media("audio", "audio/mpeg", "AAAA")))
                .isEqualTo("{\"type\":\"audio\",\"data\":\"AAAA\",\"mimeType\":\"audio/mpeg\"}");
        assertThat(json("2025-03-26", new Content.Resource("wayleave://answers/1", "application/pdf", "AAAA")))
                .isEqualTo("{\"type\":\"resource\",\"resource\":{\"uri\":\"wayleave://answers/1\","
                        + "\"mimeType\":\"application/pdf\",\"blob\":\"AAAA\"}}");
    }

    @Test
    void hiddenCharactersAreCountedForThoseWhoKnowMeta() throws IOException {
        assertThat(json("2026-07-28", new Content.Text("x", 3)))
                .isEqualTo("{\"type\":\"text\",\"text\":\"x\",\"_meta\":{\"dev.wayleave/hiddenCharacters\":3}}");
        assertThat(json("2025-03-26", new Content.Text("x", 3))).isEqualTo("{\"type\":\"text\",\"text\":\"x\"}");
    }
}
