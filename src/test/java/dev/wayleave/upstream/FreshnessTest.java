package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static Freshness of(String fields) {
        Map<String, String> headers = new HashMap<>();
        for (String field : fields.split(";", -1)) {
            String[] parts = field.split(":", 2);
            if (parts.length == 2) {
                headers.put(parts[0].strip(), parts[1].strip());
            }
        }
        return Freshness.of(new UpstreamResponse(200, headers, new byte[0]), Duration.ofSeconds(60), "X-Key", NOW);
    }

    /** The owner's minute is the most; seconds, and whether it is worth keeping. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "                                                          | 60 | true",
                "cache-control: max-age=10                                 | 10 | true",
                "cache-control: max-age=3600, public                       | 60 | true",
                "cache-control: MAX-AGE=\"10\"                             | 10 | true",
                "cache-control: max-age=20, max-age=10                     | 10 | true",
                "cache-control: max-age=10; age: 4                         |  6 | true",
                "cache-control: max-age=10; age: 40                        |  0 | false",
                "cache-control: max-age=100; age: 90                       | 10 | true",
                "cache-control: max-age=10; age: old                       |  0 | false",
                "cache-control: max-age=0                                  |  0 | false",
                "cache-control: max-age=soon                               |  0 | false",
                "cache-control: max-age                                    |  0 | false",
                "cache-control: max-age=-1                                 |  0 | false",
                "cache-control: no-store                                   |  0 | false",
                "cache-control: max-age=10, no-store                       |  0 | false",
                "cache-control: max-age=10, No-Store ; etag: \"a\"         |  0 | false",
                "cache-control: no-cache                                   |  0 | false",
                "cache-control: no-cache=\"set-cookie, a\\\"b\", max-age=9 |  0 | false",
                "cache-control: no-cache; etag: \"a\"                      |  0 | true",
                "cache-control: no-cache; etag: W/\"a\"                    |  0 | true",
                "cache-control: no-cache; etag: a                          |  0 | false",
                "cache-control: no-cache; etag: \"a\", \"b\"               |  0 | false",
                "cache-control: private                                    | 60 | true",
                "cache-control: a=\"no-store\", ,max-age=10                | 10 | true",
                "cache-control: a=\"no-store                               |  0 | false",
                "cache-control: max-age=10 no-store                        |  0 | false",
                "pragma: no-cache                                          |  0 | false",
                "expires: Fri, 20 Nov 2026 12:00:20 GMT                    | 20 | true",
                "expires: Fri, 20 Nov 2026 12:00:20 GMT; date: Fri, 20 Nov 2026 12:00:10 GMT | 10 | true",
                "expires: 0                                                |  0 | false",
                "expires: Fri, 20 Nov 2026 12:00:20 GMT; date: today       |  0 | false",
                "expires: 0; cache-control: max-age=10                     | 10 | true",
                "vary: *                                                   |  0 | false",
                "vary: accept, *                                           |  0 | false",
                "vary: Accept-Language                                     | 60 | true",
                "set-cookie: a=b                                           |  0 | false",
                "content-range: bytes 0-1/2                                |  0 | false",
                "content-encoding: gzip                                    |  0 | false",
                "content-encoding: identity                                | 60 | true",
            })
    void anAnswerLivesAsLongAsThePlatformAndItsOwnerBothAllow(String fields, long seconds, boolean kept) {
        Freshness freshness = of(fields == null ? "" : fields);
        assertThat(freshness.lifetime()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(freshness.isWorthKeeping()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "etag: \"a\"                             | true",
                "etag: \"a\"; vary: accept               | true",
                "                                        | false",
                "etag: W/\"a\"                           | false",
                "etag: \"a\"; cache-control: private     | false",
                "etag: \"a\"; cache-control: private=\"x\" | false",
                "etag: \"a\"; cache-control: \"           | false",
                "etag: \"a\"; vary: Accept, Authorization | false",
                "etag: \"a\"; vary: x-key                | false",
                "etag: \"a\"; vary: cookie               | false",
                "etag: \"a\"; set-cookie: a=b            | false",
            })
    void onlyWhatAStrongETagNamesAndNobodyKeepsApartMayComeToBeShared(String fields, boolean shareable) {
        assertThat(of(fields == null ? "" : fields).shareable()).isEqualTo(shareable);
    }
}
