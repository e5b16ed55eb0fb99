package dev.wayleave.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names of tools, in which {@code *} stands for any characters. */
public final class Globs {
    private Globs() {}

    /** Whether one of them fits; null fits everything. */
    public static boolean any(@Nullable List<String> globs, String name) {
        return globs == null || globs.stream().anyMatch(glob -> fits(glob, name));
    }

    /** Without a regular expression, since it is asked for every tool of every list. */
    static boolean fits(String glob, String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int from = 0;
        while (in < name.length()) {
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                from = in;
            } else if (at < glob.length() && glob.charAt(at) == name.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++from;
            } else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }
}
