package dev.wayleave.call;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How answers are passed on.
 *
 * @param maxBytes the most text of one answer
 * @param origin of the platform; a place elsewhere is not told
 * @param constants what the configuration puts into texts, by name
 */
public record Delivery(int maxBytes, URI origin, Map<String, String> constants) {
    private static final Pattern PLACE = Pattern.compile("[!-~]{1,500}");

    public Delivery {
        constants = Map.copyOf(constants);
    }

    /** What there is to tell of a {@code Location}; empty for nothing. */
    String place(String location) {
        boolean here = location.startsWith("/") && !location.startsWith("//");
        boolean sameOrigin = location.startsWith(origin + "/");
        return PLACE.matcher(location).matches() && (here || sameOrigin) ? location : "";
    }
}
