package dev.wayleave.caller;

import java.time.Duration;
import java.util.Optional;

/** Uses a token at the platform itself, to see whether that knows it. */
@FunctionalInterface
public interface TokenProbe {
    /**
     * Sends the one harmless request that the operator chose, with the token in it.
     *
     * @param within all the time there is
     * @return empty where there is no answer, or none that can be used
     */
    Optional<Answer> send(BearerToken token, Duration within);

    /** What the platform answered. The array is not copied and not changed. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, byte[] body) {
        @Override
        public String toString() {
            return "Answer[status=" + status + "]";
        }
    }
}
