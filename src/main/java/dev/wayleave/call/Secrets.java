package dev.wayleave.call;

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
