package dev.wayleave.caller;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings the issuer's key set, and finds out where it is if nobody said. */
final class KeyDownload {
    static final Duration BUDGET = Duration.ofSeconds(5);

    private final BoundedHttp http = new BoundedHttp();
    private final IssuerMetadata metadata;
    private final @Nullable URI configured;
    private final Duration budget;
    private volatile @Nullable URI discovered;

    KeyDownload(String issuer, @Nullable URI configured, Duration budget) {
        this.metadata = new IssuerMetadata(http, issuer);
        this.configured = configured;
        this.budget = budget;
    }

    /**
     * The set as it is now, within the budget.
     *
     * @throws FetchException if it is out of reach or not a key set
     */
    KeySet fetch() throws FetchException {
        long end = System.nanoTime() + budget.toNanos();
        URI url = configured == null ? discovered : configured;
        try {
            if (url == null) {
                url = discover(end);
                discovered = url;
            }
            return KeySet.parse(http.get(url, IssuerMetadata.left(end)));
        } catch (FetchException e) {
            discovered = null;
            throw e;
        }
    }

    private URI discover(long end) throws FetchException {
        Optional<URI> found = metadata.find(
                (document, from) -> Optional.of(IssuerMetadata.secure(
                        "jwks_uri", document.path("jwks_uri").asText(), from)),
                end);
        return found.orElseThrow(() -> new FetchException("no metadata of this issuer names usable keys"));
    }
}
