package dev.wayleave.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One method on one path template and what answers it.
 *
 * @param template segments, those in braces being variables
 * @param bodyLimit in bytes; 0 for operations without a body
 * @param open whether pages of any origin may read the answer (CORS): true for the OAuth endpoints that clients in browsers call
 */
record Route(String method, List<String> template, int bodyLimit, boolean open, Endpoint endpoint) {
    Route {
        template = List.copyOf(template);
    }

    static Route of(String method, String template, int bodyLimit, Endpoint endpoint) {
        return new Route(method, List.of(template.substring(1).split("/", -1)), bodyLimit, false, endpoint);
    }

    Route opened() {
        return new Route(method, template, bodyLimit, true, endpoint);
    }

    /** The path's variables, or null where the path is another. */
    @Nullable
    Map<String, String> match(List<String> segments) {
        if (segments.size() != template.size()) {
            return null;
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String wanted = template.get(i);
            String given = segments.get(i);
            if (wanted.startsWith("{")) {
                variables.put(wanted.substring(1, wanted.length() - 1), given);
            } else if (!wanted.equals(given)) {
                return null;
            }
        }
        return variables;
    }
}
