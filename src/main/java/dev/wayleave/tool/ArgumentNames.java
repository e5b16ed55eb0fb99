package dev.wayleave.tool;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names for the arguments of one tool. They keep the description's spelling; only characters outside
 * {@code [A-Za-z0-9_.-]}, names over 64 characters and names already taken (letter case aside) are changed.
 */
final class ArgumentNames {
    private static final int LENGTH = 64;
    private final Set<String> taken = new HashSet<>();

    /** @param place where the argument goes, which tells two of the same name apart */
    String take(String name, String place) {
        String plain = name.replaceAll("[^A-Za-z0-9_.-]+", "_");
        String candidate = fit(plain.isEmpty() ? "_" : plain, "");
        for (int n = 1; !taken.add(candidate.toLowerCase(Locale.ROOT)); n++) {
            candidate = fit(plain, "_" + place.toLowerCase(Locale.ROOT) + (n == 1 ? "" : "_" + n));
        }
        return candidate;
    }

    private static String fit(String name, String suffix) {
        return name.substring(0, Math.min(name.length(), LENGTH - suffix.length())) + suffix;
    }
}
