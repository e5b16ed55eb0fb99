package dev.wayleave.caller;

import static dev.wayleave.caller.RejectedTokenException.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks an authorization server about tokens (RFC 7662), and holds its answer against the rules for claims. */
final class Introspection implements Authority {
    /** Some servers say in {@code token_type} what RFC 6749 §7.1 means by it, others that it is no refresh token. */
    private static final Set<String> ACCESS_TOKENS = Set.of("bearer", "access_token");

    private final BoundedHttp http = new BoundedHttp();
    private final IntrospectionSettings settings;
    private final String authorization;
    private final ClaimsVerifier claims;

    Introspection(IntrospectionSettings settings, Clock clock) {
        this.settings = settings;
        this.authorization = settings.clientSecret().basic(settings.clientId());
        this.claims = ClaimsVerifier.ofAnswers(settings.url().toString(), settings.issuer(), settings.claims(), clock);
    }

    @Override
    public Vouched ask(BearerToken token, @Nullable ObjectNode jwt)
            throws RejectedTokenException, CannotVerifyException {
        byte[] answer = post(token);
        ObjectNode said = read(answer);
        JsonNode active = said.get("active");
        if (active == null || !active.isBoolean()) {
            throw new CannotVerifyException("it does not say whether the token is active");
        }
        unless(active.booleanValue(), Reason.INACTIVE);
        checkType(said, "token_type");
        checkType(said, "token_use");
        Caller caller = claims.verify(said, client(said));
        return new Vouched(caller, answer.length + token.compact().length());
    }

    @Override
    public String name() {
        return "the introspection endpoint";
    }

    private byte[] post(BearerToken token) throws CannotVerifyException {
        String form =
                "token=" + URLEncoder.encode(token.compact(), StandardCharsets.UTF_8) + "&token_type_hint=access_token";
        try {
            return http.post(settings.url(), form, authorization, BUDGET);
        } catch (FetchException e) {
            throw new CannotVerifyException(e.getMessage());
        }
    }

    private static ObjectNode read(byte[] answer) throws CannotVerifyException {
        try {
            return StrictJson.object(answer);
        } catch (IOException e) {
            throw new CannotVerifyException("not JSON, or ambiguous JSON");
        }
    }

    private static void checkType(ObjectNode said, String member) throws RejectedTokenException {
        JsonNode type = said.get(member);
        unless(
                type == null
                        || type.isNull()
                        || (type.isTextual()
                                && ACCESS_TOKENS.contains(type.textValue().toLowerCase(Locale.ROOT))),
                Reason.TYPE);
    }

    /** A token that a client got for itself may have no subject; then the client is it (RFC 9068 §2.2). */
    private static @Nullable String client(ObjectNode said) {
        JsonNode client = said.get("client_id");
        return client != null && client.isTextual() ? client.textValue() : null;
    }
}
