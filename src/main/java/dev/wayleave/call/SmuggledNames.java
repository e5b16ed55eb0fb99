package dev.wayleave.call;

import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.tool.ArgumentPath.Step;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Treatment;
import dev.wayleave.upstream.UpstreamRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether what an agent can set has become a second value for what it cannot: an object that is written member by
 * member can bring any name into a query, a cookie or a form.
 */
final class SmuggledNames {
    private final Map<In, Set<String>> hidden = new HashMap<>();
    private final Set<String> hiddenFields = new HashSet<>();

    SmuggledNames(Tool tool) {
        for (Treatment treatment : tool.treatments()) {
            if (treatment instanceof Treatment.Hidden at) {
                for (Slot slot : tool.slots()) {
                    if (slot.argument().equals(at.at().argument())) {
                        add(slot, at);
                    }
                }
            }
        }
    }

    private void add(Slot slot, Treatment.Hidden at) {
        switch (slot) {
            case Slot.InParameter in -> {
                if (at.at().steps().isEmpty()) {
                    hidden.computeIfAbsent(in.parameter().in(), place -> new HashSet<>())
                            .add(plain(in.parameter().name()));
                }
            }
            case Slot.InBody in -> {
                if (at.at().steps().isEmpty()) {
                    hiddenFields.add(plain(in.property()));
                }
            }
            case Slot.WholeBody whole -> {
                if (!at.at().steps().isEmpty() && at.at().steps().getFirst() instanceof Step.Member member) {
                    hiddenFields.add(plain(member.name()));
                }
            }
        }
    }

    /** Some platforms take a semicolon for an ampersand. */
    boolean inQuery(String query) {
        return among(hidden.getOrDefault(In.QUERY, Set.of()), query, "[&;]");
    }

    boolean inCookies(Iterable<UpstreamRequest.Header> headers) {
        for (UpstreamRequest.Header header : headers) {
            if (header.name().equalsIgnoreCase("Cookie")
                    && among(hidden.getOrDefault(In.COOKIE, Set.of()), header.value(), ";")) {
                return true;
            }
        }
        return false;
    }

    boolean inForm(UpstreamRequest.@Nullable Body body) {
        return body != null
                && body.contentType().startsWith("application/x-www-form-urlencoded")
                && among(hiddenFields, new String(body.bytes(), StandardCharsets.UTF_8), "&");
    }

    private static boolean among(Set<String> names, String pairs, String between) {
        if (names.isEmpty()) {
            return false;
        }
        for (String pair : pairs.split(between, -1)) {
            if (names.contains(plain(decoded(pair.split("=", 2)[0])))) {
                return true;
            }
        }
        return false;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    /** As platforms read it that take {@code a[b]} and {@code a.b} for parts of {@code a}. */
    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).split("[.\\[]", 2)[0];
    }
}
