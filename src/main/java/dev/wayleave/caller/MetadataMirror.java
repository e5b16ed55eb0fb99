package dev.wayleave.caller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An authorization server's metadata (RFC 8414 §2) as our own origin tells it, for clients of MCP 2025-03-26, which look for
 * it nowhere else. Fetched when it is first asked for, kept five minutes, and four hours while the server is out of reach.
 */
public final class MetadataMirror {
    private static final Logger LOG = LoggerFactory.getLogger(MetadataMirror.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration OUTAGE = Duration.ofHours(4);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration BUDGET = Duration.ofSeconds(5);

    /** Members whose value is a URL that a client would visit or send something to. */
    private static final List<String> URLS = List.of(
            "authorization_endpoint",
            "token_endpoint",
            "registration_endpoint",
            "revocation_endpoint",
            "introspection_endpoint",
            "device_authorization_endpoint",
            "pushed_authorization_request_endpoint",
            "jwks_uri");

    /** What else a client needs to know, words and switches. Nothing that is not listed is passed on. */
    private static final List<String> OTHERS = List.of(
            "scopes_supported",
            "response_types_supported",
            "response_modes_supported",
            "grant_types_supported",
            "token_endpoint_auth_methods_supported",
            "token_endpoint_auth_signing_alg_values_supported",
            "revocation_endpoint_auth_methods_supported",
            "introspection_endpoint_auth_methods_supported",
            "code_challenge_methods_supported",
            "authorization_response_iss_parameter_supported",
            "client_id_metadata_document_supported",
            "require_pushed_authorization_requests");

    /** A document and when it was fetched. Not a record: which one it is matters, not what is in it. */
    private static final class Held {
        private final byte[] document;
        private final Instant at;

        Held(byte[] document, Instant at) {
            this.document = document;
            this.at = at;
        }
    }

    private final IssuerMetadata metadata;
    private final String issuer;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Held held;
    private volatile Instant retryAt = Instant.MIN;

    /** @throws IllegalArgumentException where the issuer is no URL that can be trusted */
    public MetadataMirror(String issuer, Clock clock) {
        SecureUrl.of("callers.authorization-servers", issuer);
        this.metadata = new IssuerMetadata(new BoundedHttp(), issuer);
        this.issuer = issuer;
        this.clock = clock;
    }

    /** The document, in UTF-8; empty while it cannot be had. */
    public Optional<byte[]> json() {
        Held seen = held;
        if (seen != null && isYounger(seen, FRESH)) {
            return Optional.of(seen.document);
        }
        if (!clock.instant().isBefore(retryAt)) {
            refresh(seen);
        }
        Held now = held;
        return now == null || !isYounger(now, OUTAGE) ? Optional.empty() : Optional.of(now.document);
    }

    /** One fetch at a time; who has something to show does not wait for it. */
    private void refresh(@Nullable Held seen) {
        if (seen == null) {
            fetching.lock();
        } else if (!fetching.tryLock()) {
            return;
        }
        try {
            if (held == seen && !clock.instant().isBefore(retryAt)) {
                load();
            }
        } finally {
            fetching.unlock();
        }
    }

    private void load() {
        Optional<byte[]> fetched = metadata.find(this::copy, System.nanoTime() + BUDGET.toNanos());
        Instant now = clock.instant();
        if (fetched.isPresent()) {
            held = new Held(fetched.get(), now);
        } else {
            retryAt = now.plus(PAUSE);
            LOG.warn("the authorization server's metadata cannot be mirrored now");
        }
    }

    private boolean isYounger(Held document, Duration age) {
        return clock.instant().isBefore(document.at.plus(age));
    }

    private Optional<byte[]> copy(ObjectNode document, URI from) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.put("issuer", issuer);
        for (String member : URLS) {
            JsonNode url = document.get(member);
            if (url != null && !url.isNull()) {
                copy.put(
                        member,
                        IssuerMetadata.secure(member, url.asText(), from).toString());
            }
        }
        if (!copy.has("authorization_endpoint") || !copy.has("token_endpoint")) {
            return Optional.empty();
        }
        for (String member : OTHERS) {
            JsonNode value = document.get(member);
            if (value != null && isPlain(value)) {
                copy.set(member, value);
            }
        }
        return Optional.of(copy.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPlain(JsonNode value) {
        return value.isBoolean() || (value.isArray() && value.valueStream().allMatch(JsonNode::isTextual));
    }
}
