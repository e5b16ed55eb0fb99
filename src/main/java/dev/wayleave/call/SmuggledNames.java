package dev.wayleave.call;

import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.tool.ArgumentPath.Step;
import dev.wayleave.tool.MemberNames;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Treatment;
import dev.wayleave.upstream.UpstreamRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether what an agent can set has become a second value for what it cannot: an object that is written member by
 * member can bring any name into a query, a cookie or a form. Names are compared as platforms read them that take
 * {@code a[b]} and {@code a.b} for parts of {@code a}.
 */
final class SmuggledNames {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(.+)");
    private static final Pattern PART_NAME = Pattern.compile("\\r\\nContent-Disposition: form-data; name=\"([^\"]*)\"");
    private final Map<In, Set<List<String>>> hidden = new HashMap<>();
    private final Set<List<String>> hiddenFields = new HashSet<>();

    SmuggledNames(Tool tool) {
        for (Treatment treatment : tool.treatments()) {
            if (treatment instanceof Treatment.Hidden at) {
                for (Slot slot : tool.slots()) {
                    if (slot.argument().equals(at.at().argument())) {
                        add(slot, members(at.at().steps()));
                    }
                }
            }
        }
    }

    private void add(Slot slot, List<String> members) {
        switch (slot) {
            case Slot.InParameter in -> {
                Parameter parameter = in.parameter();
                Set<List<String>> names = hidden.computeIfAbsent(parameter.in(), place -> new HashSet<>());
                names.add(way(parameter.name(), members));
                if (!members.isEmpty() && (isSpread(parameter) || parameter.in() == In.QUERYSTRING)) {
                    names.add(members);
                }
            }
            case Slot.InBody in -> hiddenFields.add(way(in.property(), members));
            case Slot.WholeBody whole -> hiddenFields.add(members);
        }
    }

    /** Whether the members of an object are written as if they were parameters. */
    private static boolean isSpread(Parameter parameter) {
        return parameter.explode()
                && (parameter.style() == Parameter.Style.FORM || parameter.style() == Parameter.Style.COOKIE);
    }

    private static List<String> members(List<Step> steps) {
        List<String> members = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Member member) {
                members.addAll(MemberNames.segments(member.name()));
            }
        }
        return members;
    }

    private static List<String> way(String name, List<String> members) {
        List<String> way = new ArrayList<>(MemberNames.segments(name));
        way.addAll(members);
        return way;
    }

    /** Some platforms take a semicolon for an ampersand. */
    boolean inQuery(String query) {
        Set<List<String>> names = new HashSet<>(hidden.getOrDefault(In.QUERY, Set.of()));
        names.addAll(hidden.getOrDefault(In.QUERYSTRING, Set.of()));
        return among(names, query, "[&;]");
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
        if (body == null || hiddenFields.isEmpty()) {
            return false;
        }
        String type = body.contentType();
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return among(hiddenFields, text(body), "&");
        }
        Matcher boundary = BOUNDARY.matcher(type);
        return type.startsWith("multipart/") && boundary.find() && inParts(text(body), boundary.group(1));
    }

    private boolean inParts(String parts, String boundary) {
        for (String part : parts.split(Pattern.quote("--" + boundary), -1)) {
            Matcher name = PART_NAME.matcher(part);
            if (name.lookingAt() && isHidden(hiddenFields, name.group(1))) {
                return true;
            }
        }
        return false;
    }

    private static String text(UpstreamRequest.Body body) {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    private static boolean among(Set<List<String>> names, String pairs, String between) {
        if (names.isEmpty()) {
            return false;
        }
        for (String pair : pairs.split(between, -1)) {
            if (isHidden(names, pair.split("=", 2)[0])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHidden(Set<List<String>> names, String written) {
        List<String> way = MemberNames.segments(decoded(written));
        return names.stream()
                .anyMatch(name ->
                        way.size() >= name.size() && way.subList(0, name.size()).equals(name));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
