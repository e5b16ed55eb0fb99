package dev.wayleave.caller;

import java.util.List;
import java.util.Random;

/** Alters a token's text a little, or gives it a part of another's. */
final class TokenMutator {
    private static final String CHARACTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_-_.=+/~ \t,\"%";

    private final Random random;
    private final List<String> others;

    TokenMutator(Random random, List<String> others) {
        this.random = random;
        this.others = others;
    }

    /** Never the same text again. */
    String mutate(String token) {
        String mutant = token;
        while (mutant.equals(token)) {
            mutant = token.isEmpty() ? other() : mutateOnce(token);
        }
        return mutant;
    }

    private String mutateOnce(String token) {
        int at = random.nextInt(token.length());
        char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        String before = token.substring(0, at);
        String after = token.substring(at + 1);
        return switch (random.nextInt(6)) {
            case 0 -> before + after;
            case 1 -> before + character + token.charAt(at) + after;
            case 2 -> before + character + after;
            case 3 -> before + swapCase(token.charAt(at)) + after;
            case 4 -> before;
            default -> splice(token, other());
        };
    }

    private static char swapCase(char character) {
        return Character.isUpperCase(character) ? Character.toLowerCase(character) : Character.toUpperCase(character);
    }

    private String splice(String token, String other) {
        String[] parts = token.split("\\.", -1);
        String[] donors = other.split("\\.", -1);
        parts[random.nextInt(parts.length)] = donors[random.nextInt(donors.length)];
        return String.join(".", parts);
    }

    private String other() {
        return others.get(random.nextInt(others.size()));
    }
}
