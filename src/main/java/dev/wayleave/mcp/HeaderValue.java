package dev.wayleave.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A header value that may carry what headers cannot: {@code =?base64?…?=} around UTF-8 (MCP 2026-07-28, headers). */
final class HeaderValue {
    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";

    private HeaderValue() {}

    /** The value meant; null where it is not one. */
    static @Nullable String decode(String header) {
        if (!header.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0x7e))) {
            return null;
        }
        boolean wrapped = header.startsWith(PREFIX)
                && header.endsWith(SUFFIX)
                && header.length() >= PREFIX.length() + SUFFIX.length();
        if (!wrapped) {
            return header;
        }
        String encoded = header.substring(PREFIX.length(), header.length() - SUFFIX.length());
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            boolean canonical = Base64.getEncoder().encodeToString(bytes).equals(encoded);
            return canonical
                    ? StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString()
                    : null;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }
}
