package dev.wayleave.seal;

import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a sealed handle is good for; it opens for exactly that.
 *
 * @param purpose what it is, such as {@code cursor}
 * @param path of the endpoint that gave it away
 * @param holder whom it was given to
 * @param details whatever else must be the same
 */
public record Binding(String purpose, String path, String holder, List<String> details) {
    private static final String CLAIM = "sub";

    public Binding {
        details = List.copyOf(details);
    }

    /** For one caller; a new token of the same one is as good. */
    public static Binding of(String purpose, String path, Caller caller, String... details) {
        return new Binding(purpose, path, holder(caller), List.of(details));
    }

    /**
     * Who it is wherever it is asked: whom an issuer vouches for, else who has the very same token. Names that this process
     * alone gives to tokens mean nothing elsewhere.
     */
    private static String holder(Caller caller) {
        if (!caller.isAnonymous()
                && caller.claim(CLAIM)
                        .map(String::valueOf)
                        .filter(caller.subject()::equals)
                        .isPresent()) {
            return "subject " + caller.issuer().length() + " " + caller.issuer() + " " + caller.subject();
        }
        BearerToken token = caller.token();
        return token == null ? "anybody" : "token " + HexFormat.of().formatHex(token.digest());
    }

    /** Every part behind its length, so that no two bindings are the same bytes. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Stream.concat(Stream.of(purpose, path, holder), details.stream()).forEach(part -> {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            bytes.writeBytes(text);
        });
        return bytes.toByteArray();
    }
}
