package dev.wayleave.openapi;

import dev.wayleave.openapi.Finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What has been found so far, each once, and no more than anyone would read. */
final class Findings {
    private static final int MOST_OF_A_KIND = 1_000;

    private final Set<Finding> found = new LinkedHashSet<>();
    private int errors;
    private int warnings;

    void error(Source source, String message) {
        if (errors < MOST_OF_A_KIND && found.add(new Finding(Severity.ERROR, source, message))) {
            errors++;
        }
    }

    /** Not worth the search for its line once there are too many. */
    void warning(Place place, String message) {
        if (warnings < MOST_OF_A_KIND && found.add(new Finding(Severity.WARNING, place.source(), message))) {
            warnings++;
        }
    }

    List<Finding> list() {
        return new ArrayList<>(found);
    }
}
