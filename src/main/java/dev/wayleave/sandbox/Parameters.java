package dev.wayleave.sandbox;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters of a query or of a form, in {@code application/x-www-form-urlencoded}. */
record Parameters(Map<String, List<String>> values) {
    private static final int MOST = 100;

    Parameters {
        values = Map.copyOf(values);
    }

    /** Refuses with 400 what cannot be decoded. */
    static Parameters parse(@Nullable String encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (encoded == null || encoded.isEmpty()) {
            return new Parameters(values);
        }
        String[] pairs = encoded.split("&", -1);
        if (pairs.length > MOST) {
            throw Refused.badRequest("more than " + MOST + " parameters");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
        }
        return new Parameters(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest("a parameter is not percent-encoded as it should be");
        }
    }

    /** The one value, or null; a parameter given twice is refused with 400. */
    @Nullable
    String find(String name) {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw Refused.badRequest("the parameter " + name + " is given more than once");
        }
        return all.isEmpty() ? null : all.getFirst();
    }

    String find(String name, String otherwise) {
        String value = find(name);
        return value == null ? otherwise : value;
    }

    /** A whole number between bounds, or what stands for none. */
    int number(String name, int otherwise, int least, int most) {
        String value = find(name);
        if (value == null) {
            return otherwise;
        }
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw Refused.badRequest(name + " must be a whole number from " + least + " to " + most);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** These parameters encoded again. */
    String encoded() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, all) -> {
            for (String value : all) {
                text.append(text.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return text.toString();
    }
}
