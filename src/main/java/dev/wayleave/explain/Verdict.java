package dev.wayleave.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.VisibleText;
import java.util.Collection;
import java.util.Set;

/**
 * What the policy says of one caller and one tool.
 *
 * @param needed the scopes that the tool needs of this caller
 */
record Verdict(Tool tool, Decision decision, Set<String> needed) {
    private static final int LONGEST_REASON = 500;

    static Verdict of(Policy policy, Caller caller, Tool tool) {
        return new Verdict(tool, policy.decide(caller, tool), policy.needed(caller, tool));
    }

    boolean isAllowed() {
        return decision instanceof Decision.Allowed;
    }

    String reason() {
        return text(
                decision instanceof Decision.MissingClaim missing
                        ? "the claim " + missing.claim() + " is missing (" + missing.reason() + ")"
                        : decision.reason());
    }

    Set<String> missing() {
        return decision instanceof Decision.InsufficientScope insufficient ? insufficient.missing() : Set.of();
    }

    ObjectNode json() {
        ObjectNode json = named();
        json.put("allowed", isAllowed());
        json.put("reason", reason());
        json.set("missing", texts(missing()));
        json.set("needed", texts(needed));
        return json;
    }

    /** Which tool it is, and nothing else. */
    ObjectNode named() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", tool.name())
                .put("operation", tool.work().label());
    }

    static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    /** Scopes in a cell. */
    static String cell(Collection<String> scopes) {
        return scopes.isEmpty() ? "-" : String.join(" ", scopes);
    }

    static String text(String text) {
        return VisibleText.of(text, LONGEST_REASON).replace('\n', ' ');
    }
}
