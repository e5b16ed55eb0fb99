package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.tool.BodyChoice;
import dev.wayleave.upstream.UpstreamRequest;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the body of one operation in the media type that was chosen for it. */
interface BodyWriter {
    UpstreamRequest.Body write(JsonNode value) throws UnfitArgument;

    /**
     * Made once for each tool.
     *
     * @param boundaries makes what divides the parts of a multipart body
     */
    static BodyWriter of(BodyChoice choice, Supplier<String> boundaries) {
        MediaType type = choice.type();
        return switch (choice.kind()) {
            case JSON -> {
                String name = type.name().indexOf('*') < 0 ? type.name() : "application/json";
                yield value -> utf8(name, value.toString());
            }
            case JSON_LINES -> value -> utf8(type.name(), lines(value));
            case FORM -> {
                FormFields form = new FormFields(type.encoding());
                yield value -> utf8(type.name(), form.write(value));
            }
            case MULTIPART -> new MultipartBody(choice, boundaries);
            case TEXT, XML -> value -> text(type, PlainText.of(value));
            case BINARY -> value -> bytes(type, FileArgument.of(value));
        };
    }

    private static UpstreamRequest.Body utf8(String type, String text) {
        return new UpstreamRequest.Body(type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String lines(JsonNode value) {
        StringBuilder lines = new StringBuilder();
        for (JsonNode line : value.isArray() ? value : List.of(value)) {
            lines.append(line).append('\n');
        }
        return lines.toString();
    }

    /** In the described charset; what is not ASCII says its own where none is described. */
    private static UpstreamRequest.Body text(MediaType type, String text) throws UnfitArgument {
        String name = type.name().indexOf('*') < 0 ? type.name() : "text/plain";
        Matcher told = Pattern.compile("charset=\"?([^\";\\s]+)").matcher(name);
        if (!told.find()) {
            boolean ascii = text.chars().allMatch(c -> c < 0x80);
            return utf8(ascii || !name.startsWith("text/") ? name : name + "; charset=utf-8", text);
        }
        try {
            Charset charset = Charset.forName(told.group(1));
            if (charset.newEncoder().canEncode(text)) {
                return new UpstreamRequest.Body(name, text.getBytes(charset));
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException | UnsupportedOperationException e) {
            // refused below
        }
        throw new UnfitArgument("cannot be written in " + told.group(1).toUpperCase(Locale.ROOT));
    }

    private static UpstreamRequest.Body bytes(MediaType type, FileArgument file) throws UnfitArgument {
        if (type.name().indexOf('*') < 0) {
            String other = file.type();
            boolean any = type.essence().endsWith("/octet-stream");
            if (other != null && !any && !other.split(";", 2)[0].strip().equals(type.essence())) {
                throw new UnfitArgument("must be of type " + type.essence() + ", not " + other);
            }
            return new UpstreamRequest.Body(type.name(), file.content());
        }
        String range = type.essence().substring(0, type.essence().indexOf('*'));
        String told = file.type();
        if (told == null || !told.startsWith(range)) {
            throw new UnfitArgument("must be a data URI that tells its type, " + type.essence());
        }
        return new UpstreamRequest.Body(told, file.content());
    }
}
