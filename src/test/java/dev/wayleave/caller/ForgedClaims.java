package dev.wayleave.caller;

import static dev.wayleave.caller.ForgedTokens.quoted;
import static dev.wayleave.caller.TokenFixture.AUDIENCE;
import static dev.wayleave.caller.TokenFixture.ISSUER;
import static dev.wayleave.caller.TokenFixture.RSA;

/** Tokens by the right key that say the wrong thing. */
final class ForgedClaims {
    private ForgedClaims() {}

    static void addTo(ForgedTokens corpus) {
        issuers(corpus);
        audiences(corpus);
        expirations(corpus);
        beginnings(corpus);
        subjects(corpus);
        others(corpus);
        duplicates(corpus);
        shapes(corpus);
    }

    private static void issuers(ForgedTokens corpus) {
        corpus.addClaims("iss missing", "iss", "", "null");
        corpus.addClaims("iss empty", "iss", quoted(""));
        corpus.addClaims("iss a part", "iss", quoted("com"), quoted("example.com"), quoted("auth.example.com"));
        corpus.addClaims("iss http", "iss", quoted("http://auth.example.com"));
        corpus.addClaims("iss with slash", "iss", quoted(ISSUER + "/"));
        corpus.addClaims(
                "iss in capitals", "iss", quoted("https://AUTH.example.com"), quoted("HTTPS://auth.example.com"));
        corpus.addClaims(
                "iss longer",
                "iss",
                quoted(ISSUER + ".evil.example"),
                quoted(ISSUER + "@evil.example"),
                quoted(ISSUER + ":443"),
                quoted(ISSUER + " "),
                quoted(ISSUER + "\\u0000"));
        corpus.addClaims(
                "iss equivalent", "iss", quoted("https://auth%2eexample.com"), quoted("https://аuth.example.com"));
        corpus.addClaims("iss not a string", "iss", "[" + quoted(ISSUER) + "]", "1", "true", "{}");
    }

    private static void audiences(ForgedTokens corpus) {
        corpus.addClaims("aud missing", "aud", "", "null");
        corpus.addClaims(
                "aud another", "aud", quoted("https://other.example"), "[" + quoted("https://other.example") + "]");
        corpus.addClaims("aud longer", "aud", quoted(AUDIENCE + "/x"), quoted(AUDIENCE + "?x"), quoted(AUDIENCE + "2"));
        corpus.addClaims("aud shorter", "aud", quoted("https://mcp.example.com"), quoted("https://mcp.example.com/"));
        corpus.addClaims("aud with slash", "aud", quoted(AUDIENCE + "/"), "[" + quoted(AUDIENCE + "/") + "]");
        corpus.addClaims("aud in capitals", "aud", quoted("https://MCP.example.com/mcp"));
        corpus.addClaims("aud a list in a string", "aud", quoted(AUDIENCE + " other"), quoted("other," + AUDIENCE));
        corpus.addClaims("aud a number", "aud", "1", "0", "true");
        corpus.addClaims("aud empty", "aud", "[]", quoted(""), "[" + quoted("") + "]", "{}");
        corpus.addClaims(
                "aud with a stranger in it",
                "aud",
                "[" + quoted(AUDIENCE) + ",1]",
                "[" + quoted(AUDIENCE) + ",null]",
                "[[" + quoted(AUDIENCE) + "]]",
                "{" + quoted(AUDIENCE) + ":1}");
    }

    private static void expirations(ForgedTokens corpus) {
        long now = corpus.now();
        corpus.addClaims("exp missing", "exp", "", "null");
        corpus.addClaims("exp over", "exp", String.valueOf(now - 31), String.valueOf(now - 30), "1");
        corpus.addClaims("exp a string", "exp", quoted("9999999999"), quoted(String.valueOf(now + 300)));
        corpus.addClaims("exp negative", "exp", "-1", "-" + now, "-1e400", "-0");
        corpus.addClaims("exp infinite", "exp", "1e400", "1e999999999", "1e99999999999", "1e-999999999");
        corpus.addClaims("exp beyond 64 bits", "exp", "9223372036854775808", "18446744073709551616", "9".repeat(60));
        corpus.addClaims("exp with 300 digits", "exp", (now + 300) + "." + "1".repeat(300), "9".repeat(300));
        corpus.addClaims("exp in milliseconds", "exp", (now + 300) + "000");
        corpus.addClaims("exp not a number", "exp", "true", "{}", "[" + (now + 300) + "]");
        corpus.addPayloads(
                "exp too far from iat",
                corpus.with("exp", String.valueOf(now + 86_401)),
                corpus.with("iat", ""),
                corpus.with("iat", "1"));
    }

    private static void beginnings(ForgedTokens corpus) {
        long now = corpus.now();
        corpus.addPayloads(
                "nbf ahead",
                corpus.payloadWith("\"nbf\":" + (now + 3600)),
                corpus.payloadWith("\"nbf\":" + (now + 31)));
        corpus.addPayloads(
                "nbf absurd",
                corpus.payloadWith("\"nbf\":\"0\""),
                corpus.payloadWith("\"nbf\":-1"),
                corpus.payloadWith("\"nbf\":1e400"),
                corpus.payloadWith("\"nbf\":[]"));
        corpus.addPayloads("iat ahead", corpus.with("iat", "" + (now + 31)), corpus.with("iat", "" + (now + 86_400)));
        corpus.addClaims("iat absurd", "iat", quoted("" + now), "-1", "1e400", "false", "null");
    }

    private static void subjects(ForgedTokens corpus) {
        corpus.addClaims("sub missing", "sub", "", "null");
        corpus.addClaims("sub blank", "sub", quoted(""), quoted("  "));
        corpus.addClaims("sub not a string", "sub", "1", "[" + quoted("alice") + "]", "{}", "true");
        corpus.addClaims("sub with controls", "sub", quoted("alice\\u0000"), quoted("alice\\nbob"), quoted("\\ud800"));
        corpus.addClaims("client_id not a string", "client_id", "1", "[]", "{}");
    }

    private static void others(ForgedTokens corpus) {
        corpus.addPayloads(
                "bound by DPoP",
                corpus.payloadWith("\"cnf\":{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}"));
        corpus.addPayloads(
                "bound by mutual TLS",
                corpus.payloadWith("\"cnf\":{\"x5t#S256\":\"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2\"}"));
        corpus.addPayloads("bound by something", corpus.payloadWith("\"cnf\":{}"), corpus.payloadWith("\"cnf\":null"));
        corpus.addClaims("required claim missing", "org", "", "null");
        corpus.addClaims("required claim empty", "org", quoted(""), quoted(" "), "[]", "{}");
        corpus.addClaims("scope neither string nor list", "scope", "1", "true", "{\"read\":true}");
        corpus.addClaims("scope list of other things", "scope", "[1]", "[[\"read\"]]", "[null]");
        corpus.add(
                "ID token",
                RSA.token(
                        "RS256",
                        "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"typ\":\"JWT\"}",
                        corpus.payloadWith("\"nonce\":\"n\",\"at_hash\":\"x\"")));
    }

    private static void duplicates(ForgedTokens corpus) {
        corpus.addPayloads(
                "exp twice",
                corpus.payloadWith("\"exp\":9999999999"),
                corpus.payloadWith("\"exp\":" + (corpus.now() + 300)));
        corpus.addPayloads("iss twice", corpus.payloadWith("\"iss\":" + quoted(ISSUER)));
        corpus.addPayloads("aud twice", corpus.payloadWith("\"aud\":" + quoted(AUDIENCE)));
        corpus.addPayloads("sub twice", corpus.payloadWith("\"sub\":\"admin\""));
        corpus.addPayloads("sub twice, escaped", corpus.payloadWith("\"s\\u0075b\":\"admin\""));
        corpus.addPayloads("scope twice", corpus.payloadWith("\"scope\":\"admin\""));
        corpus.addPayloads("a nested member twice", corpus.payloadWith("\"x\":{\"a\":1,\"a\":2}"));
    }

    private static void shapes(ForgedTokens corpus) {
        String good = corpus.payload();
        corpus.addPayloads("payload not an object", "[" + good + "]", "\"x\"", "1", "null", "true");
        corpus.addPayloads("payload empty", "{}", "", " ");
        corpus.addPayloads("payload and more", good + good, good + "x", good + ",", good + "\u0000");
        corpus.addPayloads(
                "payload not JSON",
                good.replace('"', '\''),
                "/**/" + good,
                "\ufeff" + good,
                good.replace("}", ",}"),
                corpus.payloadWith("\"x\":NaN"),
                corpus.payloadWith("\"x\":01"),
                corpus.payloadWith("\"x\":+1"),
                corpus.payloadWith("\"x\":\"\n\""),
                corpus.payloadWith("x:1"));
        corpus.addPayloads(
                "payload deep",
                corpus.payloadWith("\"x\":" + "[".repeat(1000) + "]".repeat(1000)),
                corpus.payloadWith("\"x\":" + "{\"x\":".repeat(900) + "1" + "}".repeat(900)));
    }
}
