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
     * @param particular whether it is about this answer and not all of its status
     * @param again whether the same request may do later; null where nothing is said
     * @param after how much later; null where that is not told
     */
    record Hint(
            boolean particular,
            @Nullable Boolean again,
            @Nullable Duration after) {
        /** Nothing. */
        public static final Hint NOTHING = new Hint(false, null, null);

        /** Whether the platform works as its owner expects, and has no time just now. */
        boolean isExpected() {
            return Boolean.TRUE.equals(again) || after != null;
        }

        /** Whether it is to be told at once: nobody says when the same request would do. */
        boolean isFinal() {
            return Boolean.FALSE.equals(again) || (particular && after == null);
        }
    }
}
