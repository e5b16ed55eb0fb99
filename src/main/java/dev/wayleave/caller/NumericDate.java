package dev.wayleave.caller;

import static dev.wayleave.caller.RejectedTokenException.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Seconds since 1970 (RFC 7519 §2), as a JSON number between 1970 and the year 9999. */
final class NumericDate {
    private static final BigDecimal END = BigDecimal.valueOf(253_402_300_800L);
    private static final int MAX_SCALE = 32;

    private NumericDate() {}

    /** The moment, rounded down to a second; null where there is no claim. */
    static @Nullable Instant read(@Nullable JsonNode claim, Reason reason) throws RejectedTokenException {
        if (claim == null) {
            return null;
        }
        unless(claim.isNumber(), reason);
        BigDecimal seconds = claim.decimalValue();
        // Before anything is computed: 1e-999999999 has as many digits as that.
        unless(Math.abs(seconds.scale()) <= MAX_SCALE, reason);
        unless(seconds.signum() > 0 && seconds.compareTo(END) < 0, reason);
        return Instant.ofEpochSecond(seconds.setScale(0, RoundingMode.FLOOR).longValueExact());
    }
}
