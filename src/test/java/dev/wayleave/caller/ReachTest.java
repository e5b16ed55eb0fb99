package dev.wayleave.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wayleave.FakePlatform;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses count as the internet, and what a configured host says about itself. */
class ReachTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "::8.8.8.8",
                "fc00::1",
                "fdab:cdef::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "100::1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2001::1",
                "2001:10::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:0a00:0001::1",
                "2002:7f00:1::",
                "3fff::1",
                "4000::1",
                "5f00::1"
            })
    void whatIsNotOfTheInternetIsPrivate(String address) {
        assertThat(PublicAddress.is(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "126.0.0.1",
                "128.0.0.1",
                "169.253.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "192.167.0.1",
                "198.17.0.1",
                "198.20.0.1",
                "203.0.114.1",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "2001:4860::8888",
                "2001:200::1",
                "2002:808:808::1",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void whatIsOfTheInternetIsPublic(String address) {
        assertThat(PublicAddress.is(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,ANYWHERE",
        "LOCALHOST,ANYWHERE",
        "db.localhost,ANYWHERE",
        "127.0.0.1,ANYWHERE",
        "[::1],ANYWHERE",
        "10.1.2.3,ANYWHERE",
        "8.8.8.8,PUBLIC",
        "[2606:4700::1111],PUBLIC",
        "api.example.com,PUBLIC",
        "notlocalhost,PUBLIC",
        "localhost.example.com,PUBLIC",
    })
    void aSpellingTellsWhatIsMeant(String host, Reach reach) {
        assertThat(Reach.spelled(host)).isEqualTo(reach);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1,ANYWHERE", "10.0.0.1 192.168.0.1,ANYWHERE", "10.0.0.1 8.8.8.8,PUBLIC", "8.8.8.8,PUBLIC"})
    void aNameThatLeadsNowhereElseThanInsideIsPrivateByChoice(String addresses, Reach reach) {
        assertThat(Reach.of("api.example.com", host -> addresses(addresses))).isEqualTo(reach);
    }

    @Test
    void aNameThatLeadsNowhereIsPublicUntilSomebodySaysOtherwise() {
        assertThat(Reach.of("api.example.com", host -> {
                    throw new UnknownHostException();
                }))
                .isEqualTo(Reach.PUBLIC);
    }

    @Test
    void oneAddressThatMayNotBeIsOneTooMany() {
        assertThat(Reach.PUBLIC.admits(addresses("8.8.8.8"))).isTrue();
        assertThat(Reach.PUBLIC.admits(addresses("8.8.8.8 10.0.0.1"))).isFalse();
        assertThat(Reach.ANYWHERE.admits(addresses("8.8.8.8 10.0.0.1"))).isTrue();
    }

    @Test
    void anAuthorizationServerOfTheInternetNeverLeadsInside() {
        try (FakePlatform inside = FakePlatform.json("{}")) {
            Queue<String> answers = new ArrayDeque<>(List.of("8.8.8.8", "127.0.0.1"));
            BoundedHttp http = new BoundedHttp(1000, host -> addresses(answers.remove()));
            URI url = URI.create("http://localhost:" + inside.url().getPort() + "/jwks");
            // where the first answer leads, nobody is connected to in a test
            assertThatThrownBy(() -> http.get(URI.create("http://unknown.invalid/"), Duration.ofSeconds(5)))
                    .isInstanceOf(FetchException.class);
            assertThatThrownBy(() -> http.get(url, Duration.ofSeconds(5))).hasMessage("a private address");
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void oneThatIsInsideIsThereByChoice() throws Exception {
        try (FakePlatform inside = FakePlatform.json("{\"keys\":[]}")) {
            BoundedHttp http = new BoundedHttp(1000, host -> addresses("127.0.0.1"));
            URI url = URI.create("http://localhost:" + inside.url().getPort() + "/jwks");
            assertThat(http.get(url, Duration.ofSeconds(5))).asString().isEqualTo("{\"keys\":[]}");
        }
    }

    private static InetAddress[] addresses(String text) {
        return List.of(text.split(" ", -1)).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }
}
