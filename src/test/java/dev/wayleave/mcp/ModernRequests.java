package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Requests of MCP 2026-07-28 with the headers that they need. */
final class ModernRequests {
    static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ModernRequests() {}

    /** One whose caller may do everything, unless a header says otherwise. */
    static HttpResponse<String> post(RunningWayleave wayleave, String method, String params, String... headers) {
        List<String> all = new ArrayList<>(List.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method));
        all.addAll(List.of("Authorization", "Bearer " + wayleave.token("pets:read pets:write")));
        all.addAll(List.of(headers));
        return wayleave.post("""
                {"jsonrpc":"2.0","id":"a-1","method":"%s","params":{%s}}""".formatted(method, params), all.toArray(String[]::new));
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    static void assertError(HttpResponse<String> response, int status, int code) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).at("/error/code").asInt()).as(response.body()).isEqualTo(code);
        assertThat(json(response).path("id").asText()).isEqualTo("a-1");
    }
}
