package dev.wayleave.call;

import dev.wayleave.tool.ErrorRule;
import dev.wayleave.upstream.Hints;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How answers are passed on.
 *
 * @param maxBytes the most text of one answer
 * @param origin of the platform; a place elsewhere is not told
 * @param base the path below which the platform's own paths begin; empty for none
 * @param constants what the configuration puts into texts, by name
 * @param errors what is known of the platform's errors; the first that fits counts
 */
public record Delivery(int maxBytes, URI origin, String base, Map<String, String> constants, List<ErrorRule> errors) {
    private static final Pattern PLACE = Pattern.compile("[!-~]{1,500}");
    private static final Pattern END_OF_PATH = Pattern.compile("[?#]");

    public Delivery {
        constants = Map.copyOf(constants);
        errors = List.copyOf(errors);
    }

    /** Of a platform whose paths begin at its root. */
    Delivery(int maxBytes, URI origin, Map<String, String> constants, List<ErrorRule> errors) {
        this(maxBytes, origin, "", constants, errors);
    }

    /** The same errors, as a way to a platform needs to know them. */
    public static Hints hints(List<ErrorRule> errors) {
        return errors.isEmpty() ? Hints.NONE : new UpstreamErrors(errors)::hint;
    }

    /** What there is to tell of a {@code Location}; empty for nothing. */
    String place(String location) {
        boolean here = location.startsWith("/") && !location.startsWith("//");
        boolean sameOrigin = location.startsWith(origin + "/");
        return PLACE.matcher(location).matches() && (here || sameOrigin) ? location : "";
    }

    /** The path of a {@code Location} as the description spells paths, without its query; empty for one elsewhere. */
    String path(String location) {
        String place = place(location);
        String whole = place.startsWith("/")
                ? place
                : place.substring(Math.min(place.length(), origin.toString().length()));
        String path = END_OF_PATH.split(whole, 2)[0];
        return path.startsWith(base + "/") ? path.substring(base.length()) : "";
    }
}
