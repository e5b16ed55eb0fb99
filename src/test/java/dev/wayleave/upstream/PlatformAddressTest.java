package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformAddressTest {
    private static final PlatformAddress API = new PlatformAddress(URI.create("https://api.example.com/v1/"));

    @Test
    void aTargetIsBelowTheBasePath() throws UpstreamException {
        assertThat(API.resolve("/pets/a%2Fb?x=1")).isEqualTo(URI.create("https://api.example.com/v1/pets/a%2Fb?x=1"));
    }

    @Test
    void aTrailingSlashOfATemplateStays() throws UpstreamException {
        assertThat(API.resolve("/pets/")).isEqualTo(URI.create("https://api.example.com/v1/pets/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/x", "/a//b", "/a/../b", "/a/./b", "/..", "/.", "/a/%2e%2e/b", "/a/%2E./b", "/.%2e",
                "pets", "", "@evil.example/", ":80/x", "/a#b", "/a b", "/a\\b", "/a\r\nb", "/%zz"
            })
    void whateverCouldLeadElsewhereIsRefused(String target) {
        assertThatThrownBy(() -> API.resolve(target))
                .isInstanceOf(UpstreamException.class)
                .hasMessage("REFUSED_ADDRESS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://x",
                "https://user@x/",
                "https://x/?q",
                "https://x/#f",
                "https://x/a/../b",
                "https://x//a",
                "/p"
            })
    void aBaseIsAnOriginAndAPath(String base) {
        assertThatThrownBy(() -> new PlatformAddress(URI.create(base))).isInstanceOf(IllegalArgumentException.class);
    }
}
