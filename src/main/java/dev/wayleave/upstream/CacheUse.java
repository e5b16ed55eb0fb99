package dev.wayleave.upstream;

import java.util.Locale;

/** What the cache of reads did for a call. */
public enum CacheUse {
    /** Nothing: it was not asked. */
    NONE,
    /** It had the answer. */
    HIT,
    /** The same read of the same caller was under way, and its answer was waited for. */
    JOINED,
    /** It had nothing that could be used; the platform was asked. */
    MISS,
    /** The platform told this caller that what it had for the caller is still so. */
    REVALIDATED,
    /** The platform told this caller that what it had of another of the same tenant is so for this one, too. */
    SHARED,
    /** One thing for one request of the call, and another for another. */
    MIXED;

    /** How the audit spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a call with both of them did. */
    CacheUse and(CacheUse other) {
        return this == NONE || this == other ? other : MIXED;
    }
}
