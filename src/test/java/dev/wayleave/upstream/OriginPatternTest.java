package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are among the origins that a pattern allows. */
class OriginPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "https://*.turso.io | https://db-org.turso.io | https://db-org.turso.io",
                "https://*.turso.io | https://DB-org.Turso.IO | https://db-org.turso.io",
                "https://*.turso.io | https://db-org.eu-west.turso.io:443 | https://db-org.eu-west.turso.io",
                "https://*.turso.io | db-org.turso.io | https://db-org.turso.io",
                "https://*.turso.io:* | db-org.turso.io:8443 | https://db-org.turso.io:8443",
                "https://*.turso.io:8443 | db.turso.io:8443 | https://db.turso.io:8443",
                "https://sql.example.com | https://sql.example.com | https://sql.example.com",
                "http://127.0.0.1:8080 | http://127.0.0.1:8080 | http://127.0.0.1:8080",
                "http://127.0.0.1:* | 127.0.0.1:9000 | http://127.0.0.1:9000",
                "http://*.localhost:* | db.localhost:9000 | http://db.localhost:9000",
                "http://[::1]:8080 | http://[::1]:8080 | http://[::1]:8080",
            })
    void anAllowedAddressIsAnOrigin(String pattern, String address, String origin) {
        assertThat(OriginPattern.parse(pattern).origin(address)).contains(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "turso.io",
                "https://turso.io",
                "https://.turso.io",
                "https://evilturso.io",
                "https://db.turso.io.evil.com",
                "https://db.turso.io.",
                "https://db..turso.io",
                "http://db.turso.io",
                "ftp://db.turso.io",
                "javascript:alert(1)",
                "https://db.turso.io:8443",
                "https://db.turso.io:",
                "https://db.turso.io:0",
                "https://db.turso.io:0443",
                "https://db.turso.io:99999",
                "https://user@db.turso.io",
                "https://user:pw@db.turso.io",
                "https://evil.com@db.turso.io",
                "https://db.turso.io@evil.com",
                "https://db.turso.io/",
                "https://db.turso.io/v2",
                "https://evil.com/.turso.io",
                "https://evil.com#.turso.io",
                "https://evil.com?.turso.io",
                "https://evil.com\\.turso.io",
                "https://evil.com%2f.turso.io",
                "https://evil.com%00.turso.io",
                "https://evil.com\u0000.turso.io",
                "https://evil.com\n.turso.io",
                "https://db.turso.io\r\nHost: evil.com",
                " https://db.turso.io",
                "https://db.turso.io ",
                "https:db.turso.io",
                "https:///db.turso.io",
                "//db.turso.io",
                "https://db_x.turso.io",
                "https://-db.turso.io",
                "https://db\u3002turso.io",
                "https://d\u00fc.turso.io",
                "https://127.0.0.1",
                "https://2130706433",
                "https://0x7f.1",
                "https://[::1]",
                "https://[::1].turso.io",
                "https://*.turso.io",
                "https://169.254.169.254",
                "https://localhost",
                "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.turso.io",
            })
    void everythingElseIsRefused(String address) {
        assertThat(OriginPattern.parse("https://*.turso.io").origin(address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "https://*",
                "https://*.com",
                "https://*.*.com",
                "https://db.*.io",
                "https://a*.turso.io",
                "https://turso.io/path",
                "https://user@turso.io",
                "*.turso.io",
                "ftp://turso.io",
                "https://turso.io:0",
                "https://*.0.0.1",
            })
    void aPatternThatSaysTooMuchIsRefused(String pattern) {
        assertThatThrownBy(() -> OriginPattern.parse(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:8080,http://127.0.0.2:8080", "http://127.0.0.1:8080,http://127.1:8080"})
    void anAddressInNumbersIsAllowedOnlyAsItIsSpelled(String pattern, String address) {
        assertThat(OriginPattern.parse(pattern).origin(address)).isEmpty();
    }
}
