package dev.wayleave.caller;

import static dev.wayleave.caller.SigningKey.base64;
import static dev.wayleave.caller.TokenFixture.EC;
import static dev.wayleave.caller.TokenFixture.RSA;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Tokens whose text is not quite the compact serialization, though a lenient reader might take it for that. */
final class ForgedEncodings {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private ForgedEncodings() {}

    static void addTo(ForgedTokens corpus) {
        String token = corpus.honest(RSA, "RS256");
        String[] parts = token.split("\\.", -1);
        padding(corpus, parts);
        separators(corpus, token, parts);
        foreignCharacters(corpus, token);
        unusedBits(corpus);
        charsets(corpus);
        sizes(corpus, parts);
    }

    private static void padding(ForgedTokens corpus, String[] parts) {
        for (String padding : new String[] {"=", "==", "==="}) {
            corpus.add("padding", join(parts[0] + padding, parts[1], parts[2]));
            corpus.add("padding", join(parts[0], parts[1] + padding, parts[2]));
            corpus.add("padding", join(parts[0], parts[1], parts[2] + padding));
        }
        String input = base64(ForgedTokens.header()) + "==." + base64(corpus.payload());
        corpus.add("padding, signed", input + "." + base64(RSA.signature("RS256", input)));
    }

    private static void separators(ForgedTokens corpus, String token, String[] parts) {
        corpus.add("dot at the end", token + ".", token + "..");
        corpus.add("dot at the beginning", "." + token);
        corpus.add("dots in between", join(parts[0], "", parts[1]) + "." + parts[2]);
        corpus.add("four parts", token + "." + parts[2], parts[0] + "." + token);
        corpus.add("two parts", parts[0] + "." + parts[1], parts[1] + "." + parts[2]);
        corpus.add("one part", parts[0], parts[1], parts[2]);
        corpus.add("nothing", "", ".", "..", "...", "=", "a.b.c");
        corpus.add("part missing", join("", parts[1], parts[2]), join(parts[0], "", parts[2]));
        corpus.add("parts in another order", join(parts[1], parts[0], parts[2]), join(parts[2], parts[1], parts[0]));
        corpus.add("dot escaped", token.replace(".", "%2e"), token.replace(".", "\u3002"), token.replace(".", ","));
        corpus.add(
                "JSON serialization",
                "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}".formatted((Object[]) parts));
    }

    private static void foreignCharacters(ForgedTokens corpus, String token) {
        int middle = token.length() / 2;
        for (String foreign :
                new String[] {" ", "\t", "\n", "\r\n", "\u0000", "\u00a0", "\u200b", "%", "+", "/", "*"}) {
            corpus.add(
                    "foreign character",
                    token + foreign,
                    foreign + token,
                    token.substring(0, middle) + foreign + token.substring(middle));
        }
        corpus.add("more than the token", "Bearer " + token, token + "," + token, token + ", Bearer " + token);
        corpus.add("quoted", "\"" + token + "\"", "'" + token + "'", "<" + token + ">");
    }

    /** The last character of a part has bits that no byte uses; set, they decode to the same bytes. */
    private static void unusedBits(ForgedTokens corpus) {
        String rsa = corpus.honest(RSA, "RS256");
        corpus.add("unused bits in the signature", nudged(rsa, 1), nudged(rsa, 2));
        String ec = corpus.honest(EC, "ES256");
        corpus.add("unused bits in the signature", nudged(ec, 1), nudged(ec, 15));
        String header = base64(ForgedTokens.header());
        String payload = base64(corpus.payload());
        String input = nudged(header, 1) + "." + payload;
        if (header.length() % 4 != 0) {
            corpus.add("unused bits in the header", input + "." + base64(RSA.signature("RS256", input)));
        }
        for (int spaces = 0; spaces < 3; spaces++) {
            String part = base64(corpus.payload() + " ".repeat(spaces));
            if (part.length() % 4 != 0) {
                String signed = header + "." + nudged(part, 1);
                corpus.add("unused bits in the payload", signed + "." + base64(RSA.signature("RS256", signed)));
            }
        }
    }

    private static String nudged(String base64, int bits) {
        int last = ALPHABET.indexOf(base64.charAt(base64.length() - 1));
        return base64.substring(0, base64.length() - 1) + ALPHABET.charAt(last ^ bits);
    }

    private static void charsets(ForgedTokens corpus) {
        for (Charset charset : new Charset[] {
            StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16, Charset.forName("UTF-32BE")
        }) {
            String input = base64(ForgedTokens.header()) + "."
                    + base64(corpus.payload().getBytes(charset));
            corpus.add("payload in another charset", input + "." + base64(RSA.signature("RS256", input)));
        }
        String latin = corpus.with("org", "\"\u00ff\"");
        String input = base64(ForgedTokens.header()) + "." + base64(latin.getBytes(StandardCharsets.ISO_8859_1));
        corpus.add("payload not UTF-8", input + "." + base64(RSA.signature("RS256", input)));
        byte[] overlong = corpus.with("org", "\"??\"").getBytes(StandardCharsets.US_ASCII);
        int at = corpus.with("org", "\"??\"").indexOf("??");
        overlong[at] = (byte) 0xc0;
        overlong[at + 1] = (byte) 0xaf;
        String signed = base64(ForgedTokens.header()) + "." + base64(overlong);
        corpus.add("payload in overlong UTF-8", signed + "." + base64(RSA.signature("RS256", signed)));
    }

    private static void sizes(ForgedTokens corpus, String[] parts) {
        corpus.addPayloads("too long", corpus.payloadWith("\"x\":\"" + "x".repeat(16 * 1024) + "\""));
        corpus.addPayloads("far too long", corpus.payloadWith("\"x\":\"" + "x".repeat(48 * 1024) + "\""));
        corpus.add("signature far too long", join(parts[0], parts[1], "A".repeat(60_000)));
        corpus.add("nothing but dots", ".".repeat(10_000));
    }

    private static String join(String header, String payload, String signature) {
        return header + "." + payload + "." + signature;
    }
}
