package dev.wayleave.tool;

import dev.wayleave.openapi.Parameter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names for the arguments of one tool. They keep the description's spelling; only characters outside
 * {@code [A-Za-z0-9_.-]}, names over 64 characters and names that another argument has too (letter case aside) are
 * changed. All names are chosen together, so that they do not depend on the order of the description.
 */
final class ArgumentNames {
    static final String BODY = "body";
    private static final int LENGTH = 64;
    private static final int DIGEST = 6;
    private final Map<Wanted, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** One name as described, and the place that tells it from another of the same name; places are ranked by their order. */
    private record Wanted(int rank, String place, String name) {}

    ArgumentNames(List<Parameter> parameters, List<String> bodyProperties) {
        List<Wanted> wanted = new ArrayList<>();
        parameters.forEach(parameter -> wanted.add(wanted(parameter)));
        bodyProperties.forEach(property -> wanted.add(inBody(property)));
        wanted.sort(Comparator.comparingInt(Wanted::rank)
                .thenComparing(name -> !name.name().equals(plain(name)))
                .thenComparing(Wanted::name));
        wanted.forEach(this::name);
    }

    String of(Parameter parameter) {
        return name(wanted(parameter));
    }

    /** Of a property of the body, or of the body itself. */
    String ofBody(String property) {
        return name(inBody(property));
    }

    private String name(Wanted wanted) {
        return names.computeIfAbsent(wanted, this::free);
    }

    private static Wanted wanted(Parameter parameter) {
        int rank = switch (parameter.in()) {
            case PATH -> 0;
            case QUERY -> 1;
            case QUERYSTRING -> 2;
            case HEADER -> 3;
            case COOKIE -> 4;
        };
        return new Wanted(rank, parameter.in().name().toLowerCase(Locale.ROOT), parameter.name());
    }

    private static Wanted inBody(String property) {
        return new Wanted(Integer.MAX_VALUE, BODY, property);
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
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((wanted.place() + " " + wanted.name()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
