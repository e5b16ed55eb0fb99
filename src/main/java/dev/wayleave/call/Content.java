package dev.wayleave.call;

import org.jspecify.annotations.Nullable;

/** One block of what an agent gets (MCP 2026-07-28, server/tools, ContentBlock). */
public sealed interface Content {
    /**
     * Text for the model.
     *
     * @param hidden how many characters were taken out of it that people do not see
     * @param mimeType what the platform's own text is, passed on whole; null for our words, and for what was cut
     */
    record Text(String text, int hidden, @Nullable String mimeType) implements Content {
        /** Our own words. */
        public Text(String text, int hidden) {
            this(text, hidden, null);
        }

        Text as(String type) {
            return new Text(text, hidden, type);
        }
    }

    /**
     * An image or a sound.
     *
     * @param kind {@code image} or {@code audio}
     * @param data in Base64
     */
    record Media(String kind, String mimeType, String data) implements Content {}

    /**
     * Any other bytes.
     *
     * @param uri names them, and leads nowhere
     * @param blob in Base64
     */
    record Resource(String uri, String mimeType, String blob) implements Content {}
}
