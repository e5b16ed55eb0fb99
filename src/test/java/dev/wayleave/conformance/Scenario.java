package dev.wayleave.conformance;

import java.util.List;

/**
 * What the official suite found out in one of its scenarios.
 *
 * @param scored whether it counts for the revision
 * @param checks none where it did not run
 */
public record Scenario(String name, boolean scored, List<Check> checks) {
    /** That every message has the protocol's form: it is checked whatever a scenario is about. */
    private static final String FORM = "wire-schema-valid";

    /** One thing that was looked at, with the suite's own words. */
    public record Check(String id, String status, String message) {}

    public Scenario {
        checks = List.copyOf(checks);
    }

    /** What was found to be wrong. */
    public List<Check> failures() {
        return checks.stream().filter(check -> check.status().equals("FAILURE")).toList();
    }

    /** How many checks found that it is right. */
    public long successes() {
        return checks.stream().filter(check -> check.status().equals("SUCCESS")).count();
    }

    /** Whether anything that it is about was looked at. */
    public boolean tested() {
        return checks.stream()
                .anyMatch(
                        check -> check.status().equals("SUCCESS") && !check.id().equals(FORM));
    }
}
