package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Names for the arguments of one tool: what their owner calls them, else the description's spelling, of which only
 * characters outside {@code [A-Za-z0-9_.-]}, names over 64 characters and names that another argument has too (letter
 * case aside) are changed. All names are chosen together, so that they do not depend on the order of the description.
 */
final class ArgumentNames {
    static final String BODY = "body";
    private static final int LENGTH = 64;
    private static final int DIGEST = 6;
    private static final Pattern GIVEN = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private final Map<List<String>, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** One name as described, and the place that tells it from another of the same name; places are ranked by their order. */
    private record Wanted(int rank, String place, String name) {}

    /**
     * Chooses them.
     *
     * @param bodyProperties the schemas of the body's properties by their names, or of the body itself
     */
    ArgumentNames(List<Parameter> parameters, Map<String, JsonNode> bodyProperties) throws UnusableOperation {
        List<Wanted> wanted = new ArrayList<>();
        for (Parameter parameter : parameters) {
            take(wanted(parameter), given(parameter), wanted);
        }
        for (var property : bodyProperties.entrySet()) {
            Wanted one = new Wanted(Integer.MAX_VALUE, BODY, property.getKey());
            take(one, given(property.getValue().path(Extension.NAME)), wanted);
        }
        wanted.sort(Comparator.comparingInt(Wanted::rank)
                .thenComparing(name -> !name.name().equals(plain(name)))
                .thenComparing(Wanted::name));
        wanted.forEach(one -> names.put(List.of(one.place(), one.name()), free(one)));
    }

    String of(Parameter parameter) {
        return chosen(place(parameter), parameter.name());
    }

    /** Of a property of the body, or of the body itself. */
    String ofBody(String property) {
        return chosen(BODY, property);
    }

    private String chosen(String place, String name) {
        String chosen = names.get(List.of(place, name));
        if (chosen == null) {
            throw new IllegalArgumentException("no name was chosen for " + name);
        }
        return chosen;
    }

    /** What the owner gives is nobody else's; one that is given twice cannot be told apart. */
    private void take(Wanted one, @Nullable String given, List<Wanted> wanted) throws UnusableOperation {
        if (given == null) {
            wanted.add(one);
        } else if (taken.add(given.toLowerCase(Locale.ROOT))) {
            names.put(List.of(one.place(), one.name()), given);
        } else {
            throw new UnusableOperation("two of its arguments are named " + given + " by x-mcp.name");
        }
    }

    private static @Nullable String given(Parameter parameter) {
        JsonNode own = parameter.extensions().get(Extension.NAME);
        return given(own == null ? parameter.schema().json().path(Extension.NAME) : own);
    }

    /** Null for none; what is none is refused where the rest of it is read. */
    private static @Nullable String given(JsonNode extension) {
        String name = extension.path("name").asText();
        return isName(name) ? name : null;
    }

    static boolean isName(String text) {
        return GIVEN.matcher(text).matches();
    }

    private static String place(Parameter parameter) {
        return parameter.in().name().toLowerCase(Locale.ROOT);
    }

    private static Wanted wanted(Parameter parameter) {
        int rank = switch (parameter.in()) {
            case PATH -> 0;
            case QUERY -> 1;
            case QUERYSTRING -> 2;
            case HEADER -> 3;
            case COOKIE -> 4;
        };
        return new Wanted(rank, place(parameter), parameter.name());
    }

    private String free(Wanted wanted) {
        String plain = plain(wanted);
        List<String> candidates = List.of(
                plain.length() <= LENGTH ? plain : cut(plain, "_" + digest(wanted)),
                cut(plain, "_" + wanted.place()),
                cut(plain, "_" + digest(wanted)));
        for (String candidate : candidates) {
            if (taken.add(candidate.toLowerCase(Locale.ROOT))) {
                return candidate;
            }
        }
        String candidate = candidates.getLast();
        for (int n = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); n++) {
            candidate = cut(plain, "_" + digest(wanted) + "_" + n);
        }
        return candidate;
    }

    private static String plain(Wanted wanted) {
        String plain = wanted.name().replaceAll("[^A-Za-z0-9_.-]+", "_");
        return plain.isEmpty() ? "_" : plain;
    }

    private static String cut(String name, String suffix) {
        return name.substring(0, Math.min(name.length(), LENGTH - suffix.length())) + suffix;
    }

    private static String digest(Wanted wanted) {
        return DigestUtils.sha256Hex(wanted.place() + " " + wanted.name()).substring(0, DIGEST);
    }
}
