package dev.wayleave.mcp;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run of {@link OverloadTest} came to, times in milliseconds. */
record OverloadFigures(
        double peak,
        double goodput,
        long unloaded,
        long admitted,
        long refusals,
        long recovery,
        long liveness,
        long machine,
        Map<Integer, Long> statuses) {
    boolean hold() {
        return goodput >= 0.9 * peak
                && admitted <= 3 * unloaded + machine
                && refusals <= 50 + machine
                && liveness <= 100 + machine
                && recovery <= 10_000;
    }

    String told() {
        return String.format(
                Locale.ROOT,
                "goodput %.0f of %.0f/s, p99 unloaded %d ms, admitted %d ms, refused %d ms, recovery %d ms,"
                        + " liveness %d ms (an empty exchange %d ms), answers %s",
                goodput,
                peak,
                unloaded,
                admitted,
                refusals,
                recovery,
                liveness,
                machine,
                statuses);
    }

    /** One answer. */
    record Answer(long atMillis, long tookMillis, int status) {
        boolean good() {
            return status == 200;
        }
    }

    static double goodput(List<Answer> answers, int seconds) {
        return answers.stream()
                        .filter(answer -> answer.good() && answer.atMillis() <= seconds * 1_000L)
                        .count()
                / (double) seconds;
    }

    static List<Long> took(List<Answer> answers, boolean good) {
        return answers.stream()
                .filter(answer -> answer.good() == good)
                .map(Answer::tookMillis)
                .sorted()
                .toList();
    }

    static long percentile(List<Long> sorted, int percent) {
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100);
    }
}
