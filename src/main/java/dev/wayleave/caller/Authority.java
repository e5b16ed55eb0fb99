package dev.wayleave.caller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Somebody who knows whether a token is good. */
interface Authority {
    /** The longest that one question may take. */
    Duration BUDGET = Duration.ofSeconds(3);

    /**
     * Asks once.
     *
     * @param jwt the claims that the token shows, which nobody has verified; null where it is opaque
     * @throws RejectedTokenException if it is not, or not for us
     * @throws CannotVerifyException if there is no answer, or none that says either
     */
    Vouched ask(BearerToken token, @Nullable ObjectNode jwt) throws RejectedTokenException, CannotVerifyException;

    /** Who this is, for the operator. */
    String name();

    /**
     * A caller whom the authority knows, yet without the token.
     *
     * @param weight about how many bytes the claims take
     */
    record Vouched(Caller caller, int weight) {}
}
