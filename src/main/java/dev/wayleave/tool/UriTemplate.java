package dev.wayleave.tool;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URI, or a template of RFC 6570 level 1 for URIs, under a scheme of its own. Behind each variable stands a character
 * that no value can have, so that a URI fits in one way or in none.
 *
 * @param parts text at even places, the names of variables at odd ones
 */
public record UriTemplate(List<String> parts) {
    /** The longest URI that is looked at, in characters. */
    public static final int LONGEST = 2_048;

    /** What clients would fetch themselves, or run, and what names answers of tools. */
    private static final Set<String> NOT_OURS = Set.of(
            "http", "https", "ws", "wss", "ftp", "file", "data", "javascript", "blob", "about", "ui", "wayleave");

    private static final Pattern BEGINNING = Pattern.compile("([a-z][a-z0-9+.-]{1,31})://.*");
    private static final Pattern TEXT = Pattern.compile("(?!.*%(?![0-9A-Fa-f]{2}))[A-Za-z0-9._~:/?@!$&'()*+,;=%-]*+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");

    public UriTemplate {
        parts = List.copyOf(parts);
    }

    /** Null where it is none. */
    static @Nullable UriTemplate parse(String text) {
        List<String> parts = PathTemplate.of(text).parts();
        var beginning = BEGINNING.matcher(parts.getFirst());
        if (text.length() > LONGEST || !beginning.matches() || NOT_OURS.contains(beginning.group(1))) {
            return null;
        }
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            boolean ends = i == parts.size() - 1;
            boolean parted = i == 0 || i % 2 == 1 || (part.isEmpty() ? ends : !mayBeInValue(part.charAt(0)));
            if (!parted || !(i % 2 == 1 ? NAME : TEXT).matcher(part).matches()) {
                return null;
            }
        }
        UriTemplate template = new UriTemplate(parts);
        return Set.copyOf(template.names()).size() == template.names().size() ? template : null;
    }

    /** As it was written. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            text.append(i % 2 == 1 ? "{" + parts.get(i) + "}" : parts.get(i));
        }
        return text.toString();
    }

    /** The names of its variables, in order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i < parts.size(); i += 2) {
            names.add(parts.get(i));
        }
        return names;
    }

    /** Whether it is one URI. */
    public boolean isFixed() {
        return parts.size() == 1;
    }

    /** The same for every template that fits the same URIs. */
    String shape() {
        return expand(name -> "{}");
    }

    /** The URI with these values, which are to be encoded already. */
    public String expand(UnaryOperator<String> encoded) {
        StringBuilder uri = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            uri.append(i % 2 == 1 ? encoded.apply(parts.get(i)) : parts.get(i));
        }
        return uri.toString();
    }

    /** The values in a URI that fits from end to end, percent-decoded once; empty where it does not. */
    public Optional<Map<String, String>> match(String uri) {
        if (uri.length() > LONGEST) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (i % 2 == 0) {
                if (!uri.startsWith(parts.get(i), at)) {
                    return Optional.empty();
                }
                at += parts.get(i).length();
                continue;
            }
            int end = at;
            while (end < uri.length() && mayBeInValue(uri.charAt(end))) {
                end++;
            }
            String value = decoded(uri.substring(at, end));
            if (value == null) {
                return Optional.empty();
            }
            values.put(parts.get(i), value);
            at = end;
        }
        return at == uri.length() ? Optional.of(values) : Optional.empty();
    }

    private static boolean mayBeInValue(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~'
                || c == '%';
    }

    /** Null for nothing, for what is no UTF-8, and for controls. */
    static @Nullable String decoded(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) != '%') {
                bytes.write(encoded.charAt(i));
                continue;
            }
            if (i + 2 >= encoded.length()) {
                return null;
            }
            int high = Character.digit(encoded.charAt(i + 1), 16);
            int low = Character.digit(encoded.charAt(i + 2), 16);
            if (high < 0 || low < 0) {
                return null;
            }
            bytes.write(high * 16 + low);
            i += 2;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return text.isEmpty() || text.chars().anyMatch(Character::isISOControl) ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
