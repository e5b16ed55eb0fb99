package dev.wayleave.policy;

import java.util.Set;

/** Whether a caller may use a tool, and the rule that says so. */
public sealed interface Decision {
    /** Names the rule and where it stands; for people, and for the audit. */
    String reason();

    /** Listed and callable. */
    record Allowed(String reason) implements Decision {}

    /** Neither listed nor callable. */
    sealed interface Denied extends Decision {}

    /**
     * Another token of the same caller could be granted what is missing.
     *
     * @param needed all the scopes that the operation needs
     * @param missing those of them that the token does not have
     */
    record InsufficientScope(Set<String> needed, Set<String> missing, String reason) implements Denied {}

    /**
     * The token does not say what an argument is bound to.
     *
     * @param claim the name of, or the path to, the claim that it lacks
     */
    record MissingClaim(String claim, String reason) implements Denied {}

    /**
     * No token of this caller would do.
     *
     * @param told for the client, which learns nothing else
     */
    record Forbidden(String told, String reason) implements Denied {}

    /**
     * It is these arguments, or what the platform says at present; another call may be allowed.
     *
     * @param told for the model, which may act on it
     */
    record Refused(String told, String reason) implements Denied {}
}
