package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.AUDIENCE;
import static dev.wayleave.caller.TokenFixture.ISSUER;
import static dev.wayleave.caller.TokenFixture.RSA;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Families of tokens that must not be accepted, each wrong in one respect and right in every other. */
final class ForgedTokens {
    private final Map<String, List<String>> families = new LinkedHashMap<>();
    private final Set<String> honest = new HashSet<>();
    private final long now;
    private final URI listener;

    /**
     * The whole corpus.
     *
     * @param now seconds since 1970
     * @param listener where tokens point that would have somebody fetch a key
     */
    ForgedTokens(long now, URI listener) {
        this.now = now;
        this.listener = listener;
        ForgedSignatures.addTo(this);
        ForgedHeaders.addTo(this);
        ForgedClaims.addTo(this);
        ForgedEncodings.addTo(this);
    }

    void add(String family, String... tokens) {
        families.computeIfAbsent(family, ignored -> new ArrayList<>()).addAll(List.of(tokens));
    }

    /** A family of tokens properly signed over improper headers. */
    void addHeaders(String family, String... headers) {
        for (String header : headers) {
            add(family, RSA.token("RS256", header, payload()));
        }
    }

    /** A family of tokens properly signed over improper payloads. */
    void addPayloads(String family, String... payloads) {
        for (String payload : payloads) {
            add(family, RSA.token("RS256", header(), payload));
        }
    }

    /** A family of tokens whose payload has a member's value replaced, or the member removed for an empty value. */
    void addClaims(String family, String claim, String... values) {
        for (String value : values) {
            addPayloads(family, with(claim, value));
        }
    }

    String with(String claim, String value) {
        Map<String, String> claims = claims();
        if (value.isEmpty()) {
            claims.remove(claim);
        } else {
            claims.put(claim, value);
        }
        return render(claims);
    }

    private Map<String, String> claims() {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("iss", quoted(ISSUER));
        claims.put("aud", quoted(AUDIENCE));
        claims.put("sub", quoted("alice"));
        claims.put("client_id", quoted("cli"));
        claims.put("org", quoted("acme"));
        claims.put("scope", quoted("read"));
        claims.put("iat", String.valueOf(now));
        claims.put("exp", String.valueOf(now + 300));
        return claims;
    }

    private static String render(Map<String, String> claims) {
        List<String> members = new ArrayList<>();
        claims.forEach((name, value) -> members.add(quoted(name) + ":" + value));
        return "{" + String.join(",", members) + "}";
    }

    /** A token that is as it should be; remembered, since a mutation may lead back to it. */
    String honest(SigningKey key, String algorithm) {
        String token = key.token(algorithm, TokenFixture.header(algorithm, key.id()), payload());
        honest.add(token);
        return token;
    }

    boolean isHonest(String token) {
        return honest.contains(token);
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }

    static String header() {
        return TokenFixture.header("RS256", "rsa-1");
    }

    /** The good header with one more member in front. */
    static String headerWith(String member) {
        return "{" + member + "," + header().substring(1);
    }

    String payload() {
        return render(claims());
    }

    /** The good payload with one more member at the end. */
    String payloadWith(String member) {
        return payload().substring(0, payload().length() - 1) + "," + member + "}";
    }

    long now() {
        return now;
    }

    URI listener() {
        return listener;
    }

    Map<String, List<String>> families() {
        return families;
    }

    List<String> all() {
        return families.values().stream().flatMap(List::stream).toList();
    }
}
