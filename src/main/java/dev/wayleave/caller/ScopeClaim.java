package dev.wayleave.caller;

import static dev.wayleave.caller.RejectedTokenException.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads scopes: a string parted by U+0020 and nothing else, or an array with one scope in each element. */
record ScopeClaim(String path) {
    private static final Pattern SPACE = Pattern.compile(" ");

    /** {@code scope-token} of RFC 6749 §3.3. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** The scopes; what is not a scope token grants nothing. */
    Set<String> read(ObjectNode claims) throws RejectedTokenException {
        JsonNode claim = ClaimPath.find(claims, path);
        Set<String> scopes = new HashSet<>();
        if (claim == null || claim.isNull()) {
            return scopes;
        }
        unless(claim.isTextual() || claim.isArray(), Reason.SCOPE);
        if (claim.isTextual()) {
            SPACE.splitAsStream(claim.textValue()).forEach(scopes::add);
        }
        for (JsonNode element : claim) {
            unless(element.isTextual(), Reason.SCOPE);
            scopes.add(element.textValue());
        }
        scopes.removeIf(scope -> !isScope(scope));
        return scopes;
    }

    static boolean isScope(String text) {
        return SCOPE.matcher(text).matches();
    }
}
