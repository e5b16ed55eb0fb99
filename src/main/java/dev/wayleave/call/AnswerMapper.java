package dev.wayleave.call;

import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.UpstreamResponse;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a success into what the agent gets, by its media type. */
final class AnswerMapper {
    private static final Pattern CHARSET = Pattern.compile("(?i)charset=\"?([^\";\\s]+)");
    private static final Pattern FILE_NAME = Pattern.compile("(?i)filename=\"?([A-Za-z0-9._-]{1,100})\"?");
    private static final String JSON = "application/json";
    private static final int MOST_MEDIA_BYTES = 4 << 20;
    private static final int LEAST_CUT = 100;
    private final Tool tool;
    private final Delivery delivery;
    private final JsonAnswer json;

    AnswerMapper(Tool tool, Delivery delivery) {
        this.tool = tool;
        this.delivery = delivery;
        this.json = new JsonAnswer(tool, delivery.maxBytes());
    }

    ToolResult map(ToolCall call, UpstreamResponse response) {
        int status = response.status();
        if (response.body().length == 0) {
            // an object without members is what a promised schema without required ones allows
            String structured = tool.outputSchema() == null ? null : "{}";
            return new ToolResult.Answer(status, text(done(response)), structured, false);
        }
        String encoding = response.header("content-encoding").orElse("identity").strip();
        if (!encoding.equalsIgnoreCase("identity")) {
            return new ToolResult.UpstreamError(
                    status,
                    "upstream_encoding",
                    "The platform answered " + status + ", but in a compressed form that was not asked for and is not"
                            + " opened here.");
        }
        String type = response.mediaType();
        if (type.isEmpty() || FieldEncoding.isJson(type)) {
            ToolResult.Answer answer =
                    json.of(status, type.isEmpty() ? JSON : type, ResultMapper.masked(call.caller(), utf8(response)));
            if (answer != null) {
                return status == 202 ? answer.after(done(response)) : answer;
            }
        }
        ToolResult.Answer whole = new ToolResult.Answer(status, contents(call, response, type), null, false);
        ToolResult.Answer answer = status == 202 ? whole.after(done(response)) : whole;
        return tool.outputSchema() == null
                ? answer
                : answer.differing("/", "it is " + (type.isEmpty() ? "no JSON" : "of type " + type));
    }

    /** What a status without a body says. */
    private String done(UpstreamResponse response) {
        String place = response.header("location").map(delivery::place).orElse("");
        return switch (response.status()) {
            case 202 ->
                "Accepted: the platform works on it (202); it is not done yet."
                        + (place.isEmpty() ? "" : " How far it is can be asked at " + place + ".");
            case 201 -> "Created (201)" + (place.isEmpty() ? "." : ": " + place);
            default -> "Done (" + response.status() + ").";
        };
    }

    /** One block, or one for each part of an answer of several; these share the room that there is for one. */
    private List<Content> contents(ToolCall call, UpstreamResponse response, String type) {
        List<UpstreamResponse> parts = type.equals(MixedParts.TYPE) ? MixedParts.of(response) : null;
        Room room = new Room(delivery.maxBytes(), MOST_MEDIA_BYTES);
        if (parts == null) {
            return List.of(content(call, response, type, call.id(), room));
        }
        List<Content> contents = new ArrayList<>();
        for (UpstreamResponse part : parts) {
            String id = call.id() + "/" + (contents.size() + 1);
            Content content = content(call, part, part.mediaType(), id, room);
            contents.add(content);
            room = room.without(content, part);
        }
        return contents;
    }

    /** How many bytes of text, and of images and sounds, may still be told. */
    private record Room(int text, int media) {
        Room without(Content content, UpstreamResponse part) {
            return switch (content) {
                case Content.Text told -> new Room(Math.max(0, text - bytes(told.text())), media);
                case Content.Media shown -> new Room(text, media - part.body().length);
                case Content.Resource given -> new Room(text - given.blob().length(), media);
            };
        }
    }

    private Content content(ToolCall call, UpstreamResponse response, String type, String id, Room room) {
        boolean vector = type.endsWith("+xml");
        if (!vector && (type.startsWith("image/") || type.startsWith("audio/"))) {
            return response.body().length <= room.media()
                    ? new Content.Media(type.substring(0, 5), type, base64(response))
                    : notShown(response, type);
        }
        if (isText(type)) {
            String text = ResultMapper.masked(call.caller(), decoded(response));
            if (bytes(text) <= room.text()) {
                return HiddenCharacters.without(text).as(type.isEmpty() ? "text/plain" : type);
            }
            return room.text() < LEAST_CUT
                    ? notShown(response, type)
                    : HiddenCharacters.without(cut(text, room.text()));
        }
        if ((response.body().length + 2) / 3 * 4 > room.text()) {
            return notShown(response, type);
        }
        Matcher name = FILE_NAME.matcher(response.header("content-disposition").orElse(""));
        String file = name.find() ? "/" + name.group(1) : "";
        return new Content.Resource("wayleave://answers/" + id + file, type, base64(response));
    }

    private static Content notShown(UpstreamResponse response, String type) {
        return HiddenCharacters.without("The platform answered " + response.status() + " with " + response.body().length
                + " bytes of " + type + ", which are too many to be shown here.");
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The beginning of a text that is too long, and the truth about it. */
    private static String cut(String text, int most) {
        int end = (int) ((long) text.length() * most / bytes(text));
        int line = text.lastIndexOf('\n', end);
        int cut = line > end / 2 ? line : end;
        String shown = text.substring(0, Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut);
        return "The first " + shown.length() + " of " + text.length()
                + " characters shown; the rest is too long. Ask for less, where the tool has a filter or pages.\n"
                + shown;
    }

    private static boolean isText(String type) {
        return type.isEmpty()
                || type.startsWith("text/")
                || type.contains("json")
                || type.contains("xml")
                || type.contains("yaml")
                || type.contains("javascript")
                || type.equals("application/sql")
                || type.equals("application/x-www-form-urlencoded");
    }

    private static String decoded(UpstreamResponse response) {
        Matcher told = CHARSET.matcher(response.header("content-type").orElse(""));
        if (told.find()) {
            try {
                return new String(response.body(), Charset.forName(told.group(1)));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                return utf8(response);
            }
        }
        return utf8(response);
    }

    /** Without the byte order mark that some platforms put in front of it. */
    private static String utf8(UpstreamResponse response) {
        String text = new String(response.body(), StandardCharsets.UTF_8);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static String base64(UpstreamResponse response) {
        return Base64.getEncoder().encodeToString(response.body());
    }

    private static List<Content> text(String text) {
        return List.of(new Content.Text(text, 0));
    }
}
