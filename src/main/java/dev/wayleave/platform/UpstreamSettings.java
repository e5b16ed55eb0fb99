package dev.wayleave.platform;

import dev.wayleave.call.Delivery;
import dev.wayleave.caller.Reach;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.ErrorRule;
import dev.wayleave.upstream.Credentials;
import dev.wayleave.upstream.Hints;
import dev.wayleave.upstream.HttpUpstream;
import dev.wayleave.upstream.OriginUpstream;
import dev.wayleave.upstream.Origins;
import dev.wayleave.upstream.PlatformAddress;
import dev.wayleave.upstream.PlatformClients;
import dev.wayleave.upstream.ReadCache;
import dev.wayleave.upstream.Upstream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a platform is reached.
 *
 * @param origins what operations and steps may be sent to beside it
 * @param credentialHeader the field that carries the token
 * @param exchange how the caller's token is exchanged; null where it is forwarded
 * @param cache how its answers to reads are remembered
 * @param terms of each exchange with it
 * @param timeout the longest that one tool call may take, everything included
 * @param maxResult in bytes, how much text of an answer an agent gets
 */
record UpstreamSettings(
        PlatformAddress address,
        List<OriginSettings> origins,
        String credentialHeader,
        @Nullable ExchangeSettings exchange,
        ReadCache.Terms cache,
        HttpUpstream.Terms terms,
        Duration timeout,
        int maxResult) {
    /**
     * About 20,000 tokens of JSON, at something over three bytes each: under the 25,000 at which the strictest of the known
     * clients refuses a result, and the 150,000 characters at which others cut it themselves, in the middle of a word.
     */
    private static final int USUAL_RESULT = 64 << 10;

    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");
    private static final Set<String> NOT_FOR_CREDENTIALS =
            Set.of("host", "cookie", "connection", "content-length", "content-type", "transfer-encoding", "accept");
    private static final int MIB = 1 << 20;
    private static final int USUAL_CACHE = 16 * MIB;

    private enum Mode {
        FORWARD,
        EXCHANGE
    }

    static UpstreamSettings read(Settings platform) {
        return platform.child("upstream")
                .orElseThrow(() -> new InvalidConfiguration(platform.path("upstream.url") + " is missing ("
                        + platform.file("upstream") + "): it is the API's address"))
                .read(s -> of(s, platform));
    }

    /** The way to the platform. */
    OriginUpstream way(
            PlatformClients clients,
            Hints hints,
            RandomGenerator random,
            InstantSource clock,
            UnaryOperator<Upstream> measured) {
        return way(address, clients, hints, random, clock, measured);
    }

    /** What stands before that way for calls; it keeps nothing where nothing is marked for it. */
    ReadCache cache(Upstream platform, Catalog catalog, InstantSource clock) {
        return catalog.hasCachedReads()
                ? new ReadCache(platform, cache, Delivery.hints(catalog.errors()), clock)
                : ReadCache.none(platform);
    }

    /** The ways to the further origins, by name. */
    Map<String, Upstream> elsewhere(
            PlatformClients clients, RandomGenerator random, InstantSource clock, UnaryOperator<Upstream> measured) {
        Map<String, Upstream> elsewhere = new LinkedHashMap<>();
        for (OriginSettings origin : origins) {
            origin.plain()
                    .ifPresent(there ->
                            elsewhere.put(origin.name(), way(there, clients, Hints.NONE, random, clock, measured)));
        }
        return elsewhere;
    }

    private OriginUpstream way(
            PlatformAddress to,
            PlatformClients clients,
            Hints hints,
            RandomGenerator random,
            InstantSource clock,
            UnaryOperator<Upstream> measured) {
        Upstream http = new HttpUpstream(to, credentialHeader, terms, clients, clock);
        return new OriginUpstream(measured.apply(http), hints, random, clock);
    }

    /** The ways to further origins. */
    Origins origins(
            PlatformClients clients, RandomGenerator random, InstantSource clock, UnaryOperator<Upstream> measured) {
        List<Origins.Allowed> steps =
                origins.stream().flatMap(origin -> origin.steps().stream()).toList();
        return HttpUpstream.origins(steps, terms, clients, random, clock, measured);
    }

    /** How its answers are passed on. */
    Delivery delivery(Map<String, String> constants, List<ErrorRule> errors) {
        return new Delivery(maxResult, address.origin(), address.basePath(), constants, errors);
    }

    /** Which token goes to the platform. */
    Credentials credentials(Clock clock, Supplier<String> ids) {
        return exchange == null ? Credentials.forward() : exchange.credentials(clock, ids);
    }

    /** Whether private addresses are allowed, where somebody says so. */
    static Optional<Reach> reach(Settings s) {
        return s.choice(
                "private-addresses",
                Map.of("allow", Optional.of(Reach.ANYWHERE), "refuse", Optional.of(Reach.PUBLIC)),
                Optional.empty());
    }

    private static UpstreamSettings of(Settings s, Settings platform) {
        s.required("url", "is the API's address, the only place that gets the caller's token");
        String header = s.text("credential-header").orElse("Authorization");
        if (!FIELD_NAME.matcher(header).matches() || NOT_FOR_CREDENTIALS.contains(header.toLowerCase(Locale.ROOT))) {
            throw s.wrong("credential-header", "the name of a header field for credentials, such as Authorization");
        }
        Duration timeout = s.duration("timeout", Duration.ofSeconds(30));
        PlatformAddress address = s.url("url")
                .flatMap(UpstreamSettings::address)
                .orElseThrow(() -> s.wrong("url", "an http or https origin with an optional base path"));
        return new UpstreamSettings(
                address.reaching(reach(s).orElseGet(address::found)),
                OriginSettings.read(s),
                header,
                exchange(s, platform),
                cache(s, header),
                new HttpUpstream.Terms(
                        s.duration("connect-timeout", Duration.ofSeconds(5)),
                        s.duration("first-byte-timeout", timeout),
                        s.count("max-response-bytes", MIB, 1024, 64 * MIB)),
                timeout,
                s.count("max-result-bytes", USUAL_RESULT, 1024, 64 * MIB));
    }

    private static ReadCache.Terms cache(Settings s, String credentialHeader) {
        return s.child("cache")
                .map(cache -> cache.read(c -> new ReadCache.Terms(
                        c.count("max-bytes", USUAL_CACHE, 0, Integer.MAX_VALUE),
                        c.has("tenant-claim")
                                ? c.required("tenant-claim", "names the claim of a caller's tenant")
                                : null,
                        c.flag("share-bodies", false),
                        credentialHeader)))
                .orElseGet(() -> new ReadCache.Terms(USUAL_CACHE, null, false, credentialHeader));
    }

    private static @Nullable ExchangeSettings exchange(Settings s, Settings platform) {
        Mode mode = s.choice("credential", Map.of("forward", Mode.FORWARD, "exchange", Mode.EXCHANGE), Mode.FORWARD);
        Optional<Settings> exchange = s.child("exchange");
        return switch (mode) {
            case EXCHANGE ->
                exchange.map(e -> ExchangeSettings.read(e, platform))
                        .orElseThrow(() -> new InvalidConfiguration(s.path("exchange.url") + " is missing ("
                                + s.file("credential")
                                + "): it is the token endpoint at which tokens are exchanged"));
            case FORWARD -> {
                if (exchange.isPresent()) {
                    throw new InvalidConfiguration(s.path("exchange") + " is set (" + s.file("exchange")
                            + "), but nothing is exchanged unless " + s.path("credential") + " is exchange");
                }
                yield null;
            }
        };
    }

    private static Optional<PlatformAddress> address(URI url) {
        try {
            return Optional.of(new PlatformAddress(url));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
