package dev.wayleave.sandbox;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The page on which a person decides what an agent may have, and the page that says why there is nothing to decide. */
final class ConsentPage {

    private final Page consent;
    private final Page problem;

    ConsentPage() throws IOException {
        this.consent = Page.load("consent.html");
        this.problem = Page.load("problem.html");
    }

    Answer ask(AuthorizationReading.Asked asked, List<Organization> organizations, String request, String proof) {
        URI redirect = asked.redirectUri();
        String scopes = Scope.list(asked.scopes());
        return consent.answer(
                200,
                Map.of(
                        "client", Page.escape(asked.client().name()),
                        "clientId", Page.escape(asked.client().id()),
                        "destination", Page.escape(destination(redirect)),
                        "asked", scopes.isEmpty() ? "nothing in particular" : Page.escape(scopes),
                        "organizations", organizations(organizations),
                        "groups", groups(organizations),
                        "scopes", scopes(asked.scopes()),
                        "hidden", hidden("request", request) + hidden("proof", proof)),
                source(redirect));
    }

    Answer explain(int status, String reason) {
        return problem.answer(status, Map.of("reason", Page.escape(reason)), "");
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + Page.escape(value) + "\">";
    }

    private static String organizations(List<Organization> organizations) {
        StringBuilder html = new StringBuilder();
        for (Organization one : organizations) {
            html.append(option(one.slug(), one.name()));
        }
        return html.toString();
    }

    private static String groups(List<Organization> organizations) {
        StringBuilder html = new StringBuilder(option("", "Whole organization"));
        for (Organization one : organizations) {
            html.append("<optgroup label=\"").append(Page.escape(one.name())).append("\">");
            for (Organization.Group group : one.groups()) {
                html.append(option(one.slug() + "/" + group.name(), group.name()));
            }
            html.append("</optgroup>");
        }
        return html.toString();
    }

    private static String option(String value, String label) {
        return "<option value=\"" + Page.escape(value) + "\">" + Page.escape(label) + "</option>";
    }

    private static String scopes(Set<Scope> asked) {
        StringBuilder html = new StringBuilder();
        for (Scope scope : Scope.values()) {
            html.append("<label><input type=\"checkbox\" name=\"scope\" value=\"")
                    .append(scope.text())
                    .append(asked.contains(scope) ? "\" checked>" : "\">")
                    .append("<span><code>")
                    .append(scope.text())
                    .append("</code> ")
                    .append(scope.meaning())
                    .append("</span></label>\n");
        }
        return html.toString();
    }

    private static String destination(URI redirect) {
        return redirect.getHost() == null
                ? "an app on this device (" + redirect.getScheme() + ":)"
                : redirect.getAuthority();
    }

    /** Browsers hold a form's redirect to form-action too, so the client's address must stand in it. */
    private static String source(URI redirect) {
        String scheme = redirect.getScheme().toLowerCase(Locale.ROOT);
        String host = redirect.getHost();
        boolean web = scheme.equals("http") || scheme.equals("https");
        // CSP has no form for an IPv6 literal.
        return web && host != null && !host.startsWith("[") ? scheme + "://" + redirect.getAuthority() : scheme + ":";
    }
}
