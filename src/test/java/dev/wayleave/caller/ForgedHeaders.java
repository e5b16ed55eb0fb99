package dev.wayleave.caller;

import static dev.wayleave.caller.ForgedTokens.headerWith;
import static dev.wayleave.caller.SigningKey.base64;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.STRANGER;
import static dev.wayleave.caller.TokenFixture.header;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import java.security.interfaces.RSAPublicKey;

/** Tokens whose header asks for something that it must not get. */
final class ForgedHeaders {
    private ForgedHeaders() {}

    static void addTo(ForgedTokens corpus) {
        algorithms(corpus);
        keyIds(corpus);
        broughtKeys(corpus);
        types(corpus);
        extensions(corpus);
        shapes(corpus);
        wrappings(corpus);
    }

    private static void algorithms(ForgedTokens corpus) {
        String rest = "\"typ\":\"at+jwt\",\"kid\":\"rsa-1\"}";
        corpus.addHeaders("alg missing", "{" + rest);
        corpus.addHeaders(
                "alg not a string",
                "{\"alg\":null," + rest,
                "{\"alg\":256," + rest,
                "{\"alg\":[\"RS256\"]," + rest,
                "{\"alg\":{\"RS256\":1}," + rest);
    }

    private static void keyIds(ForgedTokens corpus) {
        corpus.addHeaders(
                "kid is a path",
                header("RS256", "../../../../etc/passwd"),
                header("RS256", "/dev/null"),
                header("RS256", "..%2frsa-1"),
                header("RS256", "file:///dev/null"));
        corpus.addHeaders(
                "kid is SQL", header("RS256", "x' UNION SELECT 'rsa-1' --"), header("RS256", "rsa-1' OR '1'='1"));
        corpus.addHeaders("kid is a command", header("RS256", "rsa-1|id"), header("RS256", "$(id)"));
        corpus.addHeaders(
                "kid almost right",
                header("RS256", "RSA-1"),
                header("RS256", "rsa-1 "),
                header("RS256", " rsa-1"),
                header("RS256", "rsa-1\\u0000"),
                header("RS256", "rsa-10"),
                header("RS256", "rsa-"),
                header("RS256", ""));
        corpus.addHeaders("kid enormous", header("RS256", "k".repeat(8000)));
        String rest = ",\"alg\":\"RS256\",\"typ\":\"at+jwt\"}";
        corpus.addHeaders(
                "kid not a string",
                "{\"kid\":[\"rsa-1\"]" + rest,
                "{\"kid\":1" + rest,
                "{\"kid\":{}" + rest,
                "{\"kid\":null" + rest);
    }

    private static void broughtKeys(ForgedTokens corpus) {
        String url = corpus.listener().toString();
        String jwk = "\"jwk\":{" + STRANGER.parameters() + "}";
        String certificate = "\"x5c\":[\"" + base64(STRANGER.pair().getPublic().getEncoded()) + "\"]";
        String[] members = {
            jwk, "\"jku\":\"" + url + "/jku\"", "\"x5u\":\"" + url + "/x5u\"", certificate, "\"x5t\":\"AA\""
        };
        String[] families = {"brings jwk", "points by jku", "points by x5u", "brings x5c", "brings x5t"};
        for (int i = 0; i < members.length; i++) {
            corpus.add(families[i], STRANGER.token("RS256", headerWith(members[i]), corpus.payload()));
            String unnamed = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"," + members[i] + "}";
            corpus.add(families[i], STRANGER.token("RS256", unnamed, corpus.payload()));
            String unknown = headerWith(members[i]).replace("rsa-1", "stranger");
            corpus.add(families[i], STRANGER.token("RS256", unknown, corpus.payload()));
        }
    }

    private static void types(ForgedTokens corpus) {
        corpus.addHeaders("typ missing", "{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}");
        corpus.addHeaders("typ JWT", typed("\"JWT\""), typed("\"jwt\""), typed("\"application/jwt\""));
        corpus.addHeaders(
                "typ of another token",
                typed("\"secevent+jwt\""),
                typed("\"dpop+jwt\""),
                typed("\"logout+jwt\""),
                typed("\"token-introspection+jwt\""),
                typed("\"oauth-authz-req+jwt\""),
                typed("\"id_token\""),
                typed("\"rt+jwt\""));
        corpus.addHeaders(
                "typ almost right",
                typed("\"at+jwt \""),
                typed("\"xat+jwt\""),
                typed("\"at+jwt;v=1\""),
                typed("\"text/at+jwt\""),
                typed("\"application/application/at+jwt\""),
                typed("\"аt+jwt\""),
                typed("\"\""));
        corpus.addHeaders("typ not a string", typed("null"), typed("1"), typed("[\"at+jwt\"]"), typed("{}"));
    }

    private static String typed(String type) {
        return "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"typ\":" + type + "}";
    }

    private static void extensions(ForgedTokens corpus) {
        corpus.addHeaders("crit unknown", headerWith("\"crit\":[\"exp\"],\"exp\":1"), headerWith("\"crit\":[\"x\"]"));
        corpus.addHeaders(
                "crit malformed",
                headerWith("\"crit\":[]"),
                headerWith("\"crit\":null"),
                headerWith("\"crit\":\"exp\""),
                headerWith("\"crit\":[\"alg\"]"));
        String unencoded = headerWith("\"b64\":false,\"crit\":[\"b64\"]");
        corpus.addHeaders("b64 false", unencoded, headerWith("\"b64\":false"));
        String payload = corpus.payload().replace(".", "_");
        String input = base64(unencoded) + "." + payload;
        corpus.add("payload not encoded", input + "." + base64(RSA.signature("RS256", input)));
        corpus.addHeaders("zip", headerWith("\"zip\":\"DEF\""));
        corpus.addHeaders("enc", headerWith("\"enc\":\"A256GCM\""));
    }

    private static void shapes(ForgedTokens corpus) {
        corpus.addHeaders("alg twice", headerWith("\"alg\":\"none\""), headerWith("\"alg\":\"RS256\""));
        corpus.addHeaders("alg twice, escaped", headerWith("\"\\u0061lg\":\"none\""));
        corpus.addHeaders("kid twice", headerWith("\"kid\":\"other\""));
        corpus.addHeaders("typ twice", headerWith("\"typ\":\"JWT\""));
        corpus.addHeaders("header not an object", "[]", "\"RS256\"", "null", "1", "[" + header("RS256", "rsa-1") + "]");
        corpus.addHeaders("header empty", "{}", "");
        corpus.addHeaders(
                "header not JSON",
                header("RS256", "rsa-1") + "{}",
                header("RS256", "rsa-1") + "x",
                header("RS256", "rsa-1").replace('"', '\''),
                "/**/" + header("RS256", "rsa-1"),
                "\ufeff" + header("RS256", "rsa-1"),
                header("RS256", "rsa-1").replace("}", ",}"),
                header("RS256", "rsa-1").substring(1));
        corpus.addHeaders("header deep", headerWith("\"x\":" + "[".repeat(2000) + "]".repeat(2000)));
    }

    private static void wrappings(ForgedTokens corpus) {
        try {
            JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM)
                    .keyID("rsa-1")
                    .build();
            JWEObject encrypted = new JWEObject(header, new Payload(corpus.payload()));
            encrypted.encrypt(new RSAEncrypter((RSAPublicKey) RSA.pair().getPublic()));
            corpus.add("JWE", encrypted.serialize());
            JWEObject nested = new JWEObject(header, new Payload(corpus.honest(RSA, "RS256")));
            nested.encrypt(new RSAEncrypter((RSAPublicKey) RSA.pair().getPublic()));
            corpus.add("JWE around a good token", nested.serialize());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        String token = corpus.honest(RSA, "RS256");
        for (int depth = 0; depth < 5; depth++) {
            token = RSA.token("RS256", headerWith("\"cty\":\"JWT\""), token);
            corpus.add("nested", token);
        }
        corpus.addPayloads("a token within the claims", "{\"token\":\"" + corpus.honest(RSA, "RS256") + "\"}");
    }
}
