package dev.wayleave.upstream;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The directives of an answer that a private cache minds (RFC 9111 §5.2.2). A field that cannot be read forbids to keep it.
 *
 * @param isPrivate whether it is for one caller alone
 * @param maxAge in seconds; -1 where nothing is said
 */
record CacheControl(boolean noStore, boolean noCache, boolean isPrivate, long maxAge) {
    private static final CacheControl UNREADABLE = new CacheControl(true, true, true, 0);
    private static final int LONGEST = 1024;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final Pattern DIRECTIVE = Pattern.compile("[ \\t]*+(?:(" + TOKEN
            + ")(?:=(?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|(" + TOKEN + ")))?[ \\t]*+)?(?:,|$)");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

    static CacheControl parse(String field) {
        if (field.length() > LONGEST) {
            return UNREADABLE;
        }
        CacheControl all = new CacheControl(false, false, false, -1);
        Matcher matcher = DIRECTIVE.matcher(field);
        int at = 0;
        while (at < field.length()) {
            if (!matcher.region(at, field.length()).lookingAt() || matcher.end() == at) {
                return UNREADABLE;
            }
            at = matcher.end();
            if (matcher.group(1) != null) {
                all = all.with(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
            }
        }
        return all;
    }

    private CacheControl with(String name, @Nullable String value) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "no-store" -> new CacheControl(true, noCache, isPrivate, maxAge);
            case "no-cache" -> new CacheControl(noStore, true, isPrivate, maxAge);
            case "private" -> new CacheControl(noStore, noCache, true, maxAge);
            case "max-age" -> {
                long said = value != null && SECONDS.matcher(value).matches() ? Long.parseLong(value) : 0;
                yield new CacheControl(noStore, noCache, isPrivate, maxAge < 0 ? said : Math.min(maxAge, said));
            }
            default -> this;
        };
    }
}
