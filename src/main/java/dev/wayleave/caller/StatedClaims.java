package dev.wayleave.caller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Claims as somebody states them, of which nothing is verified: for telling what a caller could do, never for serving one.
 * What cannot be read is an {@link IllegalArgumentException} that repeats nothing of it. Renders without the claims.
 */
public final class StatedClaims {
    /** No claims at all. */
    public static final StatedClaims NONE = new StatedClaims(JsonNodeFactory.instance.objectNode());

    private static final String SCHEME = "bearer ";
    private final ObjectNode claims;

    private StatedClaims(ObjectNode claims) {
        this.claims = claims;
    }

    /** Those of a JSON object. */
    public static StatedClaims ofObject(byte[] utf8) {
        try {
            return new StatedClaims(StrictJson.object(utf8));
        } catch (IOException e) {
            throw unreadable("the claims are no JSON object that everyone reads alike");
        }
    }

    /** Those of a JWT, which may have the name of its scheme before it and blanks around it. Its signature is not looked at. */
    public static StatedClaims ofToken(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1).strip();
        boolean named = text.toLowerCase(Locale.ROOT).startsWith(SCHEME);
        try {
            BearerToken token =
                    BearerToken.of(named ? text.substring(SCHEME.length()).strip() : text);
            return new StatedClaims(CompactJws.parse(token.compact()).claims());
        } catch (RejectedTokenException | IllegalArgumentException e) {
            throw unreadable("the token is no JWT whose claims can be read");
        }
    }

    /**
     * The same with a claim that is a list of texts.
     *
     * @param path its name, or a dotted path to it
     */
    public StatedClaims with(String path, List<String> values) {
        ObjectNode copy = claims.deepCopy();
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.forEach(list::add);
        ObjectNode at = copy;
        String name = path;
        while (!copy.has(path) && name.indexOf('.') >= 0) {
            String outer = name.substring(0, name.indexOf('.'));
            name = name.substring(outer.length() + 1);
            at = at.get(outer) instanceof ObjectNode inner ? inner : at.putObject(outer);
        }
        at.set(name, list);
        return new StatedClaims(copy);
    }

    /**
     * The caller that they describe, without a token.
     *
     * @param scopeClaim the name of, or the path to, the claim that holds the scopes
     * @param issuer who vouches for it where no claim says so
     */
    public Caller caller(String scopeClaim, String issuer) {
        try {
            String client = text("client_id", text("azp", ""));
            return new Caller(
                    text("iss", issuer),
                    text("sub", "anybody"),
                    client.isEmpty() ? null : client,
                    new ScopeClaim(scopeClaim).read(claims),
                    StrictJson.values(claims),
                    Instant.MAX,
                    null);
        } catch (RejectedTokenException e) {
            throw unreadable("the claim " + scopeClaim + " is neither text nor a list of texts, so no server takes it");
        }
    }

    private String text(String name, String otherwise) {
        JsonNode claim = claims.path(name);
        return claim.isTextual() && !claim.textValue().isBlank() ? claim.textValue() : otherwise;
    }

    /** Without a cause, whose text may quote what was read. */
    private static IllegalArgumentException unreadable(String message) {
        return new IllegalArgumentException(message);
    }

    @Override
    public String toString() {
        return "StatedClaims[redacted]";
    }
}
