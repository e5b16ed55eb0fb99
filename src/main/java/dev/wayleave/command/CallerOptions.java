package dev.wayleave.command;

import dev.wayleave.caller.Caller;
import dev.wayleave.caller.StatedClaims;
import dev.wayleave.platform.PlatformAccess;
import dev.wayleave.policy.Groups;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For whom something is asked. Neither a token nor what stands where a file's name should stand is ever repeated. */
final class CallerOptions {
    private static final int LONGEST_FILE = 64 << 10;
    private static final String GROUPS = "groups=";

    @Option(
            names = "--token",
            paramLabel = "FILE",
            description = "A file with a token, - for standard input. Its claims are read; nothing of it is verified.")
    private @Nullable String token;

    @Option(names = "--claims", paramLabel = "FILE|JSON", description = "The claims of a token, as a JSON object.")
    private @Nullable String claims;

    @Option(names = "--scopes", description = "Scopes parted by blanks, instead of those of the claims.")
    private @Nullable String scopes;

    @Option(names = "--groups", split = ",", description = "Groups parted by commas, instead of those of the claims.")
    private @Nullable List<String> groups;

    /**
     * Who is described.
     *
     * @throws IllegalArgumentException where the claims cannot be read
     */
    StatedClaims claims(PlatformAccess access) {
        if (token != null && claims != null) {
            throw new IllegalArgumentException("--token and --claims exclude each other");
        }
        StatedClaims stated = StatedClaims.NONE;
        if (token != null) {
            stated = StatedClaims.ofToken(contents("--token", token));
        } else if (claims != null) {
            boolean inline = claims.stripLeading().startsWith("{");
            stated = StatedClaims.ofObject(
                    inline ? claims.getBytes(StandardCharsets.UTF_8) : contents("--claims", claims));
        }
        stated = scopes == null ? stated : stated.with(access.scopeClaim(), words(scopes));
        return groups == null ? stated : grouped(stated, groups, access);
    }

    /** The same with the scopes and groups of a grant: scopes and {@code groups=a,b} parted by blanks, or {@code @FILE}. */
    static StatedClaims granted(StatedClaims base, String grant, PlatformAccess access) {
        if (grant.startsWith("@")) {
            byte[] file = contents("--diff", grant.substring(1));
            String start = new String(file, StandardCharsets.UTF_8).stripLeading();
            return start.startsWith("{") ? StatedClaims.ofObject(file) : StatedClaims.ofToken(file);
        }
        List<String> held = new ArrayList<>();
        StatedClaims stated = base;
        for (String word : words(grant)) {
            if (word.startsWith(GROUPS)) {
                List<String> named =
                        Arrays.asList(word.substring(GROUPS.length()).split(",", -1));
                stated = grouped(stated, named, access);
            } else {
                held.add(word);
            }
        }
        return stated.with(access.scopeClaim(), held);
    }

    static Caller caller(StatedClaims stated, PlatformAccess access) {
        return access.verified() ? stated.caller(access.scopeClaim(), access.issuer()) : Caller.anonymous();
    }

    /** What to know of what is said of the caller. */
    List<String> notes(PlatformAccess access) {
        List<String> notes = new ArrayList<>();
        if (token != null) {
            notes.add(
                    "the token's claims were read and nothing of it was verified; a server looks at signature, issuer,"
                            + " audience and times first");
        }
        if (groups != null && access.rules().groups() == null) {
            notes.add("groups play no part, because no access.groups is configured");
        }
        return notes;
    }

    /** Whether anything at all was said of the caller. */
    boolean areGiven() {
        return token != null || claims != null || scopes != null || groups != null;
    }

    private static StatedClaims grouped(StatedClaims stated, List<String> names, PlatformAccess access) {
        Groups configured = access.rules().groups();
        return stated.with(configured == null ? "groups" : configured.claim(), names);
    }

    private static List<String> words(String text) {
        if (text.contains("eyJ") && text.contains(".")) {
            throw new IllegalArgumentException("A token is never an argument; name a file that holds it.");
        }
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static byte[] contents(String option, String name) {
        try (InputStream in = name.equals("-") ? System.in : Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(LONGEST_FILE + 1);
            if (bytes.length <= LONGEST_FILE) {
                return bytes;
            }
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    option + " names no file that can be read; a token itself is never an argument");
        }
        throw new IllegalArgumentException(option + " names a file of more than 64 KiB");
    }
}
