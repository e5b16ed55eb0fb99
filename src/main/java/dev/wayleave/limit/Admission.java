package dev.wayleave.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a call may be made now. */
public sealed interface Admission {
    /** It may; its place is to be given back, once. */
    non-sealed interface Place extends Admission {
        /**
         * Gives it back.
         *
         * @param kind what took it, one of few
         * @param took how long the platform took for it; null where that says nothing of the platform
         */
        void leave(String kind, @Nullable Duration took);
    }

    /**
     * It may not.
     *
     * @param status 429 where the caller asks for more than its share, 503 where there is no room for anybody
     * @param after when a later try may go better
     * @param rule the key of the configuration that says so
     * @param outcome one word for it, for the audit
     */
    record Refused(int status, Duration after, String rule, String outcome) implements Admission {}
}
