package dev.wayleave.upstream;

import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The whole authorization context of a read: the token that was sent, the one that the caller came with, and all that is
 * known of the caller by it. It holds the digests of tokens alone, and compares all of them, so that no collision of one
 * makes two callers the same.
 *
 * @param sent SHA-256 of the credential that goes to the platform; null for none
 * @param own SHA-256 of the caller's token; null for none
 */
record Asker(
        String issuer,
        String subject,
        @Nullable String client,
        Set<String> scopes,
        Map<String, Object> claims,
        @Nullable ByteBuffer sent,
        @Nullable ByteBuffer own) {

    static Asker of(Caller caller, @Nullable BearerToken sent) {
        ByteBuffer own = digest(caller.token());
        return new Asker(
                caller.issuer(),
                caller.subject(),
                caller.clientId(),
                caller.scopes(),
                caller.claims(),
                Objects.equals(sent, caller.token()) ? own : digest(sent),
                own);
    }

    private static @Nullable ByteBuffer digest(@Nullable BearerToken token) {
        return token == null ? null : ByteBuffer.wrap(token.digest()).asReadOnlyBuffer();
    }

    @Override
    public String toString() {
        return "Asker[redacted]";
    }
}
