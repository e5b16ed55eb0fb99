package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two instances with one key in front of one platform; each request reaches the other one than the last. */
final class TwoInstances implements AutoCloseable {
    static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String AUDIENCE = "http://127.0.0.1/two";
    private static final ObjectMapper JSON = new ObjectMapper();
    final RunningWayleave one;
    final RunningWayleave other;
    private boolean atOne;

    private TwoInstances(RunningWayleave one, RunningWayleave other) {
        this.one = one;
        this.other = other;
    }

    static TwoInstances over(Path folder, String api, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("wayleave.seal.key", KEY);
        settings.put("wayleave.platforms.test.callers.audience", AUDIENCE);
        RunningWayleave one = RunningWayleave.with(own(folder), api, settings);
        settings.put("wayleave.platforms.test.callers.issuer", one.issuer.issuer());
        settings.put(
                "wayleave.platforms.test.callers.jwks-url", one.issuer.jwksUrl().toString());
        settings.put("wayleave.platforms.test.upstream.url", one.platform.url().toString());
        return new TwoInstances(one, RunningWayleave.with(own(folder), api, settings));
    }

    /** Each instance has files of its own. */
    private static Path own(Path folder) {
        try {
            return Files.createTempDirectory(folder, "instance");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String token(String subject) {
        return one.issuer.token(AUDIENCE, "a", token -> token.subject(subject));
    }

    List<FakePlatform.Received> received() {
        return one.platform.received();
    }

    /** The instance that the next request reaches. */
    RunningWayleave next() {
        atOne = !atOne;
        return atOne ? one : other;
    }

    HttpResponse<String> post(String method, String name, String capabilities, String params) {
        return post(next(), "u", method, name, capabilities, params);
    }

    /** A modern request; {@code params} are further members of them, each behind a comma. */
    HttpResponse<String> post(
            RunningWayleave instance, String subject, String method, String name, String capabilities, String params) {
        return instance.post(
                """
                {"jsonrpc":"2.0","id":"a-1","method":"%s","params":{"name":"%s",\
                "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":%s}%s}}""".formatted(method, name, capabilities, params),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                method,
                "Mcp-Name",
                name,
                "Authorization",
                "Bearer " + token(subject));
    }

    JsonNode call(String name, String capabilities, String params) throws IOException {
        return JSON.readTree(post("tools/call", name, capabilities, params).body());
    }

    static String state(JsonNode answer) {
        return ",\"requestState\":" + answer.at("/result/requestState");
    }

    @Override
    public void close() {
        one.close();
        other.close();
    }
}
