package dev.wayleave.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.caller.Caller;
import java.util.Optional;

/** One thing that the platform itself says of a caller, asked with the caller's own token and remembered for seconds. */
public interface PlatformFact {
    /** What it says; empty on any doubt. */
    Optional<JsonNode> of(Caller caller);
}
