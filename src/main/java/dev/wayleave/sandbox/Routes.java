package dev.wayleave.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the route for a request: 404 for an unknown path, 405 for a known one under another method. */
record Routes(List<Route> all) {
    Routes {
        all = List.copyOf(all);
    }

    /** A route and what its variables are in this request. */
    record Match(Route route, Map<String, String> variables) {}

    /** All routes on this path, whatever their method. */
    List<Match> on(String rawPath) {
        List<String> segments = segments(rawPath);
        List<Match> matches = new ArrayList<>();
        for (Route route : all) {
            Map<String, String> variables = route.match(segments);
            if (variables != null) {
                matches.add(new Match(route, variables));
            }
        }
        if (matches.isEmpty()) {
            throw Refused.notFound("no such path");
        }
        return matches;
    }

    /** The one of these for a method. */
    static Match choose(List<Match> matches, String method) {
        return matches.stream()
                .filter(match -> match.route().method().equals(method))
                .findFirst()
                .orElseThrow(() -> new Refused(405, "only " + methods(matches) + " here"));
    }

    static String methods(List<Match> matches) {
        return matches.stream().map(match -> match.route().method()).distinct().collect(Collectors.joining(", "));
    }

    private static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        for (String segment : path.split("/", -1)) {
            segments.add(decode(segment));
        }
        return segments;
    }

    private static String decode(String segment) {
        try {
            // A plus sign means itself in a path, and URLDecoder knows forms only.
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest("the path is not percent-encoded as it should be");
        }
    }
}
