package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wayleave.upstream.Cancellation;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A port that a client or an operator says without need. */
class DoorsTest {
    @ParameterizedTest
    @CsvSource({
        "https://mcp.example.com, mcp.example.com, , 0",
        "https://mcp.example.com, mcp.example.com:443, , 0",
        "https://mcp.example.com, MCP.example.com:443, https://mcp.example.com:443, 0",
        "https://mcp.example.com:443, mcp.example.com, https://mcp.example.com, 0",
        "https://mcp.example.com:443, mcp.example.com:443, , 0",
        "HTTPS://mcp.example.com:443, mcp.example.com, , 0",
        "http://mcp.example.com, mcp.example.com:80, http://mcp.example.com:80, 0",
        "https://mcp.example.com, also.example.com, https://page.example.com, 0",
        "https://mcp.example.com:8443, mcp.example.com:8443, , 0",
        "https://[2001:db8::1], [2001:db8::1]:443, , 0",
        "https://mcp.example.com, mcp.example.com:80, , 403",
        "https://mcp.example.com, mcp.example.com:8443, , 403",
        "https://mcp.example.com, mcp.example.com:443:443, , 403",
        "https://mcp.example.com:8443, mcp.example.com, , 403",
        "https://mcp.example.com:8443, mcp.example.com:443, , 403",
        "http://mcp.example.com, mcp.example.com:443, , 403",
        "https://mcp.example.com, mcp.example.com, http://mcp.example.com, 403",
        "https://mcp.example.com, mcp.example.com, https://mcp.example.com:80, 403",
        "https://mcp.example.com, mcp.example.com, http://mcp.example.com:443, 403",
        "https://mcp.example.com, :443, , 403",
    })
    void theUsualPortIsTheSameAsNone(String url, String host, @Nullable String origin, int status) {
        Doors doors = new Doors(
                URI.create(url), false, List.of("also.example.com:443"), List.of("https://page.example.com:443"));
        Map<String, List<String>> headers = new HashMap<>(Map.of("host", List.of(host)));
        if (origin != null) {
            headers.put("origin", List.of(origin));
        }
        Request request = new Request("POST", headers, new byte[0], new Cancellation());

        ProtocolError refused = catchThrowableOfType(ProtocolError.class, () -> doors.check(request));

        assertThat(refused == null ? 0 : refused.status()).isEqualTo(status);
    }
}
