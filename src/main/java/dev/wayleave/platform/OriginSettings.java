package dev.wayleave.platform;

import dev.wayleave.caller.Reach;
import dev.wayleave.config.Settings;
import dev.wayleave.upstream.OriginPattern;
import dev.wayleave.upstream.Origins;
import dev.wayleave.upstream.PlatformAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One further origin, which never gets the caller's token.
 *
 * @param name what operations call it by
 * @param plain where operations are sent; empty where {@code *} stands for many
 * @param steps where steps of workflows may be sent; empty where it has a base path
 */
record OriginSettings(String name, Optional<PlatformAddress> plain, Optional<Origins.Allowed> steps) {
    static List<OriginSettings> read(Settings upstream) {
        List<OriginSettings> origins = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Settings one : upstream.list("origins")) {
            origins.add(one.read(s -> {
                OriginSettings origin = of(s);
                if (!names.add(origin.name())) {
                    throw s.wrong(s.has("name") ? "name" : "url", "one that no other origin has");
                }
                return origin;
            }));
        }
        return origins;
    }

    private static OriginSettings of(Settings s) {
        String said = s.required("url", "is an origin, such as https://*.example.com");
        String scheme = s.choice("scheme", Map.of("https", "https", "http", "http"), "https");
        String url = said.contains("://") ? said : scheme + "://" + said;
        boolean step = s.choice("credential", Map.of("none", false, "step", true), false);
        Optional<Reach> told = UpstreamSettings.reach(s);
        Optional<Origins.Allowed> steps = pattern(url)
                .map(pattern -> new Origins.Allowed(
                        pattern,
                        step,
                        told.orElseGet(() -> pattern.isMany()
                                ? Reach.spelled(pattern.host())
                                : Reach.of(pattern.host(), InetAddress::getAllByName))));
        Optional<PlatformAddress> plain = url.contains("*") ? Optional.empty() : address(url, told);
        if (plain.isEmpty() && steps.isEmpty()) {
            throw s.wrong("url", "an origin such as https://*.example.com, with :* behind it for any port");
        }
        return new OriginSettings(s.text("name").orElse(url), plain, steps);
    }

    private static Optional<OriginPattern> pattern(String url) {
        try {
            return Optional.of(OriginPattern.parse(url));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<PlatformAddress> address(String url, Optional<Reach> told) {
        try {
            PlatformAddress address = new PlatformAddress(URI.create(url));
            return Optional.of(address.reaching(told.orElseGet(address::found)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
