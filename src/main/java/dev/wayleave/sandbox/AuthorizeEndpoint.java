package dev.wayleave.sandbox;

import java.io.IOException;
import java.util.UUID;

/**
 * {@code /oauth/authorize}: shows the consent page, and takes the decision from its form and from nowhere else.
 *
 * <p>There is one demo person and no password; what protects them is that only a page of this very origin can post the form.
 */
final class AuthorizeEndpoint {
    private static final String PERSON = "demo";

    private final AuthorizationReader reader;
    private final Organizations organizations;
    private final Grants grants;
    private final AuthorizationCodes codes;
    private final AntiForgery antiForgery;
    private final ConsentPage page = new ConsentPage();

    AuthorizeEndpoint(
            AuthorizationReader reader,
            Organizations organizations,
            Grants grants,
            AuthorizationCodes codes,
            AntiForgery antiForgery)
            throws IOException {
        this.reader = reader;
        this.organizations = organizations;
        this.grants = grants;
        this.codes = codes;
        this.antiForgery = antiForgery;
    }

    Answer show(Request request) {
        try {
            return switch (reader.read(request.query())) {
                case AuthorizationReading.Asked asked -> {
                    String again = asked.parameters().encoded();
                    yield page.ask(asked, organizations.list(), again, antiForgery.prove(again));
                }
                case AuthorizationReading.TurnedAway(var location) -> Answer.seeOther(location);
                case AuthorizationReading.Hopeless(var reason) -> page.explain(400, reason);
            };
        } catch (Refused e) {
            return page.explain(e.status(), String.valueOf(e.getMessage()));
        }
    }

    Answer decide(Request request) {
        try {
            requireSameOrigin(request);
            Parameters form = request.form();
            String asked = form.find("request", "");
            if (!antiForgery.isProof(asked, form.find("proof", ""))) {
                throw new Refused(
                        403,
                        "This form has expired or was not written by this server. Start again from the application.");
            }
            return switch (reader.read(Parameters.parse(asked))) {
                case AuthorizationReading.Asked good -> decide(good, form);
                case AuthorizationReading.TurnedAway(var location) -> Answer.seeOther(location);
                case AuthorizationReading.Hopeless(var reason) -> page.explain(400, reason);
            };
        } catch (Refused e) {
            return page.explain(e.status(), String.valueOf(e.getMessage()));
        }
    }

    private Answer decide(AuthorizationReading.Asked asked, Parameters form) {
        return switch (form.find("decision", "")) {
            case "approve" -> approve(asked, ConsentChoice.read(form, organizations));
            case "deny" -> Answer.seeOther(reader.denied(asked));
            default -> throw Refused.badRequest("Decide by one of the two buttons.");
        };
    }

    private Answer approve(AuthorizationReading.Asked asked, ConsentChoice choice) {
        Grant grant = new Grant(
                UUID.randomUUID().toString(),
                PERSON,
                asked.client().id(),
                choice.organization(),
                choice.group(),
                choice.scopes());
        grants.add(grant);
        String code = codes.issue(grant, asked.redirectUri().toString(), asked.challenge());
        return Answer.seeOther(reader.approved(asked, code));
    }

    private static void requireSameOrigin(Request request) {
        String origin = request.header("Origin");
        String site = request.header("Sec-Fetch-Site");
        boolean foreign = origin != null && !origin.equals("http://" + request.header("Host"));
        if (foreign || (site != null && !site.equals("same-origin"))) {
            throw new Refused(403, "Only the consent page itself can send this form.");
        }
    }
}
