package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that came as an argument: a data URI (RFC 2397), Base64, or an object of Base64 content, name and type.
 *
 * @param name null where none is told
 * @param type null where none is told
 */
@SuppressWarnings("ArrayRecordComponent")
record FileArgument(
        byte[] content, @Nullable String name, @Nullable String type) {
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+(;[\\x20-\\x7e]*)?");
    private static final String DATA = "data:";

    static FileArgument of(JsonNode value) throws UnfitArgument {
        if (value.isObject()) {
            String name = value.path("name").textValue();
            String type = value.path("type").textValue();
            FileArgument file = text(value.path("content").asText());
            return new FileArgument(
                    file.content, name == null ? file.name : name, type == null ? file.type : mediaType(type));
        }
        return text(value.asText());
    }

    private static FileArgument text(String text) throws UnfitArgument {
        if (!text.regionMatches(true, 0, DATA, 0, DATA.length())) {
            return new FileArgument(base64(text), null, null);
        }
        int comma = text.indexOf(',');
        if (comma < 0) {
            throw new UnfitArgument("must be a data URI such as data:text/plain;base64,SGVsbG8=");
        }
        String[] head = text.substring(DATA.length(), comma).split(";", -1);
        String data = text.substring(comma + 1);
        boolean isBase64 = head[head.length - 1].strip().equalsIgnoreCase("base64");
        String name = null;
        for (String parameter : head) {
            String plain = parameter.strip();
            if (plain.startsWith("name=") || plain.startsWith("filename=")) {
                name = decoded(plain.substring(plain.indexOf('=') + 1));
            }
        }
        byte[] content = isBase64 ? base64(decoded(data)) : decoded(data).getBytes(StandardCharsets.UTF_8);
        return new FileArgument(content, name, head[0].isBlank() ? "text/plain" : mediaType(head[0]));
    }

    private static String decoded(String text) throws UnfitArgument {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnfitArgument("has a data URI that is not percent-encoded right");
        }
    }

    private static byte[] base64(String text) throws UnfitArgument {
        try {
            return Base64.getDecoder()
                    .decode(text.replaceAll("[\r\n]", "").replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new UnfitArgument("must be Base64 or a data URI such as data:text/plain;base64,SGVsbG8=");
        }
    }

    private static String mediaType(String text) throws UnfitArgument {
        String type = text.strip().toLowerCase(Locale.ROOT);
        if (!MEDIA_TYPE.matcher(type).matches()) {
            throw new UnfitArgument("must have a media type such as image/png for its type");
        }
        return type;
    }
}
