package dev.wayleave.sandbox;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a platform token may be good for. */
enum Scope {
    READ("read", "See organizations, groups, databases, their configuration and usage"),
    CREATE("db:create", "Create databases and branches"),
    DELETE("db:delete", "Delete databases with everything in them"),
    CONFIGURE("db:configure", "Change size limits, protection and allow rules of databases"),
    MINT_TOKEN("db:mint-token", "Mint database tokens, with which SQL is run");

    private final String text;
    private final String meaning;

    Scope(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** Its spelling in tokens and requests. */
    String text() {
        return text;
    }

    /** What it allows, for people. */
    String meaning() {
        return meaning;
    }

    static Optional<Scope> find(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }

    /** The known ones of a space-separated list; others are left out. */
    static Set<Scope> known(String list) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String text : list.split(" ", -1)) {
            find(text).ifPresent(scopes::add);
        }
        return scopes;
    }

    static String list(Collection<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(" "));
    }
}
