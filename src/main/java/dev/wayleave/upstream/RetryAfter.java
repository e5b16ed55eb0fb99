package dev.wayleave.upstream;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code Retry-After} (RFC 9110 §10.2.3), which is a number of seconds or a date; what is neither says nothing. */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final int LONGEST_DATE = 40;
    private static final long MOST = 999_999;

    private RetryAfter() {}

    /** Of these values in seconds; several that differ say nothing, and a date that is over says now. */
    static Optional<Long> seconds(List<String> values, Instant now) {
        List<String> said = values.stream().map(String::strip).distinct().toList();
        if (said.size() != 1) {
            return Optional.empty();
        }
        String text = said.getFirst();
        return SECONDS.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : until(text, now);
    }

    private static Optional<Long> until(String text, Instant now) {
        if (text.length() > LONGEST_DATE) {
            return Optional.empty();
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            long millis = Math.max(0, Duration.between(now, then).toMillis());
            long seconds = Math.ceilDiv(millis, 1000L);
            return seconds > MOST ? Optional.empty() : Optional.of(seconds);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
