package dev.wayleave.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells what a platform means by an answer that is no success, as far as its owner said. Safe for use by many threads. */
public interface Hints {
    /** Nobody said anything. */
    Hints NONE = response -> Hint.NOTHING;

    /** Of one answer. */
    Hint of(UpstreamResponse response);

    /**
     * What is known of it.
     *
     * @param again whether the same request may do later; null where nothing is said
     * @param after how much later; null where that is not told
     */
    record Hint(@Nullable Boolean again, @Nullable Duration after) {
        /** Nothing. */
        public static final Hint NOTHING = new Hint(null, null);

        /** Whether the platform is as it should be, and asks to be asked later. */
        boolean isLater() {
            return !isNever() && (again != null || after != null);
        }

        boolean isNever() {
            return Boolean.FALSE.equals(again);
        }
    }
}
