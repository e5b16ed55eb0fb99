package dev.wayleave.platform;

import com.fasterxml.jackson.core.JsonPointer;
import dev.wayleave.caller.ProbeSettings;
import dev.wayleave.caller.TokenProbe;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.upstream.PlatformAddress;
import dev.wayleave.upstream.Upstream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which request shows whether the platform knows a token, and what is made of its answer. */
record ProbeCallers(ProbeSettings settings, String method, String path) {
    private static final Duration USUAL_TTL = Duration.ofSeconds(30);

    static ProbeCallers read(Settings s, @Nullable String issuer, PlatformAddress address) {
        Settings probe = s.child("probe")
                .orElseThrow(() -> new InvalidConfiguration(s.path("probe.path") + " is missing (" + s.file("verify")
                        + "): it is the path, below upstream.url, of a request that only a good token may make"));
        return probe.read(p -> {
            String path =
                    p.required("path", "is the path, below upstream.url, of a request that only a good token may make");
            if (!address.admits(path)) {
                throw p.wrong("path", "a path below upstream.url, such as /v1/me");
            }
            ProbeSettings settings = new ProbeSettings(
                    address.origin().toString(),
                    issuer,
                    p.duration("ttl", USUAL_TTL),
                    pointer(p, "claims"),
                    pointer(p, "subject"),
                    CallerClaims.read(s, List.of()),
                    assumed(p));
            return new ProbeCallers(
                    settings, p.choice("method", Map.of("GET", "GET", "HEAD", "HEAD", "POST", "POST"), "GET"), path);
        });
    }

    /** One without a value is none, so that a variable may be left out. */
    private static Map<String, String> assumed(Settings p) {
        Map<String, String> assumed = new LinkedHashMap<>();
        p.textsByName("assume").forEach((name, texts) -> {
            if (texts.size() != 1) {
                throw p.wrong("assume", "a text for each claim");
            }
            if (!texts.getFirst().isBlank()) {
                assumed.put(name, texts.getFirst());
            }
        });
        return assumed;
    }

    TokenProbe at(Upstream platform, InstantSource clock) {
        return new PlatformProbe(platform, method, path, clock);
    }

    private static @Nullable JsonPointer pointer(Settings p, String key) {
        return p.text(key).map(text -> ProbeSettings.pointer(key, text)).orElse(null);
    }
}
