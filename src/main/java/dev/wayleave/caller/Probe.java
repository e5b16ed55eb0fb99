package dev.wayleave.caller;

import static dev.wayleave.caller.RejectedTokenException.unless;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the platform about tokens by using them there. The claims of a JWT that it accepts are its own words, since it is
 * the one that checks the signature; those of any other token are none, unless its answer has some.
 */
final class Probe implements Authority {
    private static final int SHOWN_HASH = 32;

    private final ProbeSettings settings;
    private final TokenProbe platform;
    private final TokenHash hash;
    private final ClaimsVerifier claims;
    private final ClaimsVerifier times;

    Probe(ProbeSettings settings, TokenProbe platform, TokenHash hash, Clock clock) {
        this.settings = settings;
        this.platform = platform;
        this.hash = hash;
        this.claims = ClaimsVerifier.ofAnswers(settings.platform(), settings.issuer(), settings.claims(), clock);
        ClaimRules end = new ClaimRules(
                List.of(), false, settings.claims().clockSkew(), ClaimRules.DEFAULT_SCOPE_CLAIM, List.of(), null);
        this.times = ClaimsVerifier.ofAnswers(settings.platform(), settings.issuer(), end, clock);
    }

    /** What the token itself shows to be over, or somebody else's, is refused before the platform hears of it. */
    @Override
    public Vouched ask(BearerToken token, @Nullable ObjectNode jwt)
            throws RejectedTokenException, CannotVerifyException {
        ObjectNode shown = jwt == null ? JsonNodeFactory.instance.objectNode() : jwt;
        String nameless = "token-" + hash.of(token).substring(0, SHOWN_HASH);
        Caller own = (settings.answer() == null ? claims : times).verify(shown, nameless);
        TokenProbe.Answer answer = send(token);
        int weight = token.compact().length();
        if (settings.answer() == null && settings.subject() == null) {
            return new Vouched(own.assuming(settings.assumed()), weight);
        }
        Caller told = claims.verify(told(answer, shown), nameless);
        return new Vouched(told.until(own.expires()).assuming(settings.assumed()), weight + answer.body().length);
    }

    @Override
    public String name() {
        return "the platform";
    }

    private TokenProbe.Answer send(BearerToken token) throws RejectedTokenException, CannotVerifyException {
        Optional<TokenProbe.Answer> answer = platform.send(token, BUDGET);
        if (answer.isEmpty()) {
            throw new CannotVerifyException("no answer");
        }
        int status = answer.get().status();
        unless(status != 401 && status != 403, Reason.PLATFORM);
        if (status < 200 || status > 299) {
            throw new CannotVerifyException("status " + status);
        }
        return answer.get();
    }

    /** The claims, from where the settings say that they are. */
    private ObjectNode told(TokenProbe.Answer answer, ObjectNode shown) throws CannotVerifyException {
        ObjectNode body = body(answer);
        JsonNode at = settings.answer() == null ? shown : body.at(settings.answer());
        if (!(at instanceof ObjectNode found)) {
            throw new CannotVerifyException("its answer has no claims where they should be");
        }
        JsonPointer subject = settings.subject();
        if (subject == null) {
            return found;
        }
        JsonNode name = body.at(subject);
        if (!name.isTextual() && !name.isIntegralNumber()) {
            throw new CannotVerifyException("its answer has no subject where it should be");
        }
        return found.deepCopy().put("sub", name.asText());
    }

    private static ObjectNode body(TokenProbe.Answer answer) throws CannotVerifyException {
        try {
            return StrictJson.object(answer.body());
        } catch (IOException e) {
            throw new CannotVerifyException("its answer is not a JSON object");
        }
    }
}
