package dev.wayleave.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name or the value that was probably meant. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /** The candidate that is fewest edits away, letter case aside, where those are less than half of its letters. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            if (word.length() <= LONGEST && candidate.length() <= LONGEST) {
                int edits = distance(plain(word), plain(candidate));
                if (edits < fewest) {
                    fewest = edits;
                    best = candidate;
                }
            }
        }
        return best != null && fewest * 2 < Math.max(best.length(), 2) ? Optional.of(best) : Optional.empty();
    }

    /** {@code petId}, {@code pet_id} and {@code PET-ID} are the same slip of the pen. */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[_.-]", "");
    }

    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 0; i < a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i + 1;
            for (int j = 0; j < b.length(); j++) {
                int same = above[j] + (a.charAt(i) == b.charAt(j) ? 0 : 1);
                row[j + 1] = Math.min(same, Math.min(above[j + 1], row[j]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
