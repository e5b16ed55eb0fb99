package dev.wayleave.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The members that a text may have for a platform that parses it again. */
sealed interface EmbeddedMembers {
    /** JSON that everyone reads alike. */
    record Read(JsonNode json) implements EmbeddedMembers {}

    /** It begins like JSON, or is the content of a data URI, and readers differ about it. */
    record Unreadable(String text) implements EmbeddedMembers {}

    /** Neither. */
    record Plain() implements EmbeddedMembers {}

    static EmbeddedMembers in(String text) {
        String content = Texts.content(text);
        String stripped = Texts.AROUND.matcher(content == null ? text : content).replaceAll("");
        if (stripped.startsWith("{") || stripped.startsWith("[")) {
            try {
                return new Read(Texts.JSON.readTree(stripped));
            } catch (JsonProcessingException notJson) {
                return new Unreadable(stripped);
            }
        }
        return content == null ? new Plain() : new Unreadable(content);
    }

    /** Whether a text may give a member of that name a value, as JSON, YAML, a form or XML do. */
    static boolean mentions(String text, List<String> name) {
        String plain = MemberNames.folded(Texts.decoded(text).replaceAll("\\s", " "));
        String last = Pattern.quote(name.getLast());
        String member =
                "(?<![\\p{L}\\p{N}_-])" + last + "[\\s\"'\\[\\])]*[=:]|<(?:[^\\s<>/:]+:)?" + last + "(?=[\\s/>])";
        return Texts.ESCAPED.matcher(plain).find()
                || (name.stream().allMatch(plain::contains)
                        && Pattern.compile(member).matcher(plain).find());
    }

    /** What texts are made of. */
    final class Texts {
        static final JsonMapper JSON = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        static final Pattern AROUND = Pattern.compile("^[\\s\\p{Cc}\\p{Cf}\\p{Z}]+|[\\s\\p{Cc}\\p{Cf}\\p{Z}]+$");
        static final Pattern ESCAPED = Pattern.compile("\\\\u[0-9a-f]{4}");

        private Texts() {}

        static String decoded(String text) {
            try {
                return URLDecoder.decode(text, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notEncoded) {
                return text;
            }
        }

        /** That of a data URI (RFC 2397); null for what is none, or cannot be one. */
        static @Nullable String content(String text) {
            int comma = text.indexOf(',');
            if (!text.regionMatches(true, 0, "data:", 0, 5) || comma < 0) {
                return null;
            }
            String data = decoded(text.substring(comma + 1).replace("+", "%2B"));
            if (!text.substring(0, comma).strip().toLowerCase(Locale.ROOT).endsWith(";base64")) {
                return data;
            }
            try {
                return new String(
                        Base64.getMimeDecoder().decode(data.replace('-', '+').replace('_', '/')),
                        StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notBase64) {
                return null;
            }
        }
    }
}
