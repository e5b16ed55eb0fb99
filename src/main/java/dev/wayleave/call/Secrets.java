package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.caller.BearerToken;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The tokens that play a part in one call, forgotten after it: none of them is told, or sent but as a credential. */
final class Secrets {
    private final List<BearerToken> tokens = new CopyOnWriteArrayList<>();

    void add(@Nullable BearerToken token) {
        if (token != null && !tokens.contains(token)) {
            tokens.add(token);
        }
    }

    /** Takes what a step got as a credential; false where that is none, or cannot be masked, so that it might be told. */
    boolean keep(JsonNode minted) {
        BearerToken token = token(minted);
        add(token);
        return minted.isMissingNode() || minted.isNull() || (token != null && token.isSecret());
    }

    /** Null for what is no token. */
    static @Nullable BearerToken token(JsonNode value) {
        try {
            return value.isTextual() ? BearerToken.of(value.textValue()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    boolean areIn(String text) {
        return !mask(text).equals(text);
    }

    String mask(String text) {
        String masked = text;
        for (BearerToken token : tokens) {
            masked = token.mask(masked);
        }
        return masked;
    }

    @Override
    public String toString() {
        return "Secrets[" + tokens.size() + "]";
    }
}
