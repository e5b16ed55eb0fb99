package dev.wayleave.sandbox;

import java.time.Duration;

/**
 * What SQL may take.
 *
 * @param time of one statement; all of one session get twice as much
 * @param rows in the answer to one statement
 * @param bytes of all answers of one session, roughly
 */
record SqlLimits(Duration time, int rows, int bytes) {
    static final SqlLimits USUAL = new SqlLimits(Duration.ofSeconds(5), 10_000, 4 << 20);
}
