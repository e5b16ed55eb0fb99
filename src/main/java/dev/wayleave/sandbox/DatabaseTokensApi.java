package dev.wayleave.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Mints database tokens for whoever may. */
final class DatabaseTokensApi {
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern EXPIRATION = Pattern.compile(
            "(?:([0-9]{1,3})w)?(?:([0-9]{1,3})d)?(?:([0-9]{1,4})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,6})s)?");

    private final Databases databases;
    private final DatabaseTokens tokens;

    DatabaseTokensApi(Databases databases, DatabaseTokens tokens) {
        this.databases = databases;
        this.tokens = tokens;
    }

    Answer mint(AccessTokens.Access access, Request request) {
        Database database = DatabasesApi.find(databases, access, request);
        String authorization = request.query().find("authorization", "full-access");
        if (!authorization.equals("full-access") && !authorization.equals("read-only")) {
            throw Refused.badRequest("authorization must be full-access or read-only");
        }
        requireNoAttach(request.json(Set.of("permissions")));
        Duration lifetime = lifetime(request.query().find("expiration"));
        String jwt = tokens.mint(access.grant(), database, authorization.equals("full-access"), lifetime);
        return Answer.json(StrictJson.object().put("jwt", jwt));
    }

    private static void requireNoAttach(JsonFields body) {
        JsonFields permissions = body.optionalObject("permissions", Set.of("read_attach"));
        JsonFields attach = permissions == null ? null : permissions.optionalObject("read_attach", Set.of("databases"));
        List<String> attached = attach == null ? null : attach.optionalTexts("databases", 10);
        if (attached != null && !attached.isEmpty()) {
            throw Refused.badRequest("databases cannot be attached in the sandbox");
        }
    }

    /** Such as {@code 1d}, {@code 1h30m}; ten minutes where nothing is said, never more than a day. */
    private static Duration lifetime(@Nullable String expiration) {
        if (expiration == null) {
            return USUAL;
        }
        Matcher parts = EXPIRATION.matcher(expiration);
        if (expiration.isEmpty() || !parts.matches()) {
            throw Refused.badRequest("Invalid expiration format; a time such as 10m or 1h30m is wanted, at most 1d");
        }
        Duration lifetime = Duration.ofDays(7 * part(parts, 1) + part(parts, 2))
                .plusHours(part(parts, 3))
                .plusMinutes(part(parts, 4))
                .plusSeconds(part(parts, 5));
        if (lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
            throw Refused.badRequest("Invalid expiration: database tokens of the sandbox live at most 1d");
        }
        return lifetime;
    }

    private static long part(Matcher parts, int group) {
        String number = parts.group(group);
        return number == null ? 0 : Long.parseLong(number);
    }
}
