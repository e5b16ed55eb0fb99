package dev.wayleave.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/** The approvals that people gave, and the refresh tokens that go on living from them; tokens are kept as hashes only. */
final class Grants {
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(30);

    private final ControlStore store;
    private final Randomness randomness;
    private final Clock clock;

    Grants(ControlStore store, Randomness randomness, Clock clock) {
        this.store = store;
        this.randomness = randomness;
        this.clock = clock;
    }

    /** A grant and the refresh token that comes next. */
    record Renewal(Grant grant, String refreshToken) {
        @Override
        public String toString() {
            return "Renewal[" + grant.id() + "]";
        }
    }

    void add(Grant grant) {
        long now = clock.instant().getEpochSecond();
        store.change("delete from refresh_token where expires_at < ?", now);
        store.change(
                "delete from access_grant where created_at < ? and id not in (select access_grant from refresh_token)",
                now - REFRESH_LIFETIME.toSeconds());
        store.change(
                "insert into access_grant (id, created_at, subject, client, organization, database_group, scopes)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                grant.id(),
                now,
                grant.subject(),
                grant.client(),
                grant.organization(),
                grant.group(),
                Scope.list(grant.scopes()));
    }

    boolean isLive(String id) {
        return find(id).isPresent();
    }

    void revoke(String id) {
        store.change("update access_grant set revoked = 1 where id = ?", id);
    }

    String issueRefreshToken(Grant grant) {
        String token = randomness.secret();
        store.change(
                "insert into refresh_token (hash, access_grant, expires_at) values (?, ?, ?)",
                hash(token),
                grant.id(),
                clock.instant().plus(REFRESH_LIFETIME).getEpochSecond());
        return token;
    }

    /**
     * Takes a refresh token and gives the next; one that comes a second time was stolen from somebody, so everything from the
     * same approval ends (RFC 9700 §4.14.2).
     */
    Renewal renew(String refreshToken, String client) {
        Optional<Renewal> renewal = store.atomically(() -> {
            Grant grant = owner(refreshToken).orElseThrow(Grants::unknown);
            if (!grant.client().equals(client)) {
                throw unknown();
            }
            if (store.change("update refresh_token set used = 1 where hash = ? and used = 0", hash(refreshToken))
                    == 1) {
                return Optional.of(new Renewal(grant, issueRefreshToken(grant)));
            }
            revoke(grant.id());
            return Optional.empty();
        });
        return renewal.orElseThrow(Grants::unknown);
    }

    /** The live grant that an unexpired refresh token, used or not, comes from. */
    Optional<Grant> owner(String refreshToken) {
        return store.find(
                        "select access_grant from refresh_token where hash = ? and expires_at > ?",
                        row -> row.getString(1),
                        hash(refreshToken),
                        clock.instant().getEpochSecond())
                .flatMap(this::find);
    }

    private Optional<Grant> find(String id) {
        return store.find(
                "select id, subject, client, organization, database_group, scopes from access_grant"
                        + " where id = ? and revoked = 0",
                row -> new Grant(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Set.copyOf(Scope.known(row.getString(6)))),
                id);
    }

    private static OAuthError unknown() {
        return new OAuthError("invalid_grant", "the refresh token is not valid");
    }

    private static String hash(String token) {
        return DigestUtils.sha256Hex(token);
    }
}
