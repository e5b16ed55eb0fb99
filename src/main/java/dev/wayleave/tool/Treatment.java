package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.sql.SqlGate;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done with a part of the arguments before anything is sent, as {@code x-mcp} on it says. */
public sealed interface Treatment {
    ArgumentPath at();

    /** An agent can neither see nor set it. */
    record Hidden(ArgumentPath at) implements Treatment {}

    /** It is always that value. */
    record Constant(ArgumentPath at, JsonNode value) implements Treatment {}

    /**
     * It is always what a claim of the verified caller says.
     *
     * @param claim its name, or a dotted path
     */
    record Claim(ArgumentPath at, String claim) implements Treatment {}

    /** It is that value where the agent says nothing. */
    record Default(ArgumentPath at, JsonNode value) implements Treatment {}

    /** A number out of bounds is moved into them; null for no bound on that side. */
    record Clamp(
            ArgumentPath at,
            @Nullable BigDecimal minimum,
            @Nullable BigDecimal maximum) implements Treatment {}

    /** No member of these names, or at these dotted paths, stands anywhere in it. */
    record Forbid(ArgumentPath at, List<String> keys) implements Treatment {
        public Forbid {
            keys = List.copyOf(keys);
        }
    }

    /** It has no member of these names itself, nor one whose dotted name begins with one; what stands deeper may. */
    record ForbidOwn(ArgumentPath at, List<String> keys) implements Treatment {
        public ForbidOwn {
            keys = List.copyOf(keys);
        }
    }

    /** Its text is a statement of SQL that a gate lets through. */
    record Sql(ArgumentPath at, SqlGate gate) implements Treatment {}
}
