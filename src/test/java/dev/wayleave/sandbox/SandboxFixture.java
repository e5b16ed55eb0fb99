package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real sandbox on a free port, and an agent that signs in to it as a browser and an OAuth client would. */
final class SandboxFixture implements AutoCloseable {
    static final String RESOURCE = "http://127.0.0.1:8080/mcp";
    static final String REDIRECT = "http://127.0.0.1:33418/callback";
    // The pair of RFC 7636, appendix B.
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ManualClock clock;
    private final Sandbox sandbox;
    private final String client;

    private SandboxFixture(ManualClock clock, Sandbox sandbox) {
        this.clock = clock;
        this.sandbox = sandbox;
        this.client = json(register("{\"client_name\":\"Agent\",\"redirect_uris\":[\"" + REDIRECT + "\"]}"))
                .path("client_id")
                .asText();
    }

    static SandboxFixture start(Path folder) {
        return start(folder, 0);
    }

    static SandboxFixture start(Path folder, int port) {
        ManualClock clock = new ManualClock();
        try {
            return new SandboxFixture(
                    clock,
                    Sandbox.start(new SandboxOptions(
                            InetAddress.getLoopbackAddress(), port, folder, URI.create(RESOURCE), clock)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the token endpoint gave. */
    record Tokens(String access, String refresh, String scope) {}

    ManualClock clock() {
        return clock;
    }

    URI issuer() {
        return sandbox.issuer();
    }

    String client() {
        return client;
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(issuer() + path));
    }

    HttpResponse<String> call(String method, String path, @Nullable String token, @Nullable String body) {
        HttpRequest.Builder request = to(path);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            return send(
                    request.method(method, HttpRequest.BodyPublishers.noBody()).build());
        }
        return send(request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> get(String path, String token) {
        return call("GET", path, token, null);
    }

    HttpResponse<String> form(String path, Map<String, String> fields) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        fields.forEach((name, value) -> lists.put(name, List.of(value)));
        return post(path, ConsentForm.encode(lists));
    }

    HttpResponse<String> post(String path, String form) {
        return send(to(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    HttpResponse<String> register(String metadata) {
        return call("POST", "/oauth/register", null, metadata);
    }

    /** The parameters of a good authorization request. */
    Map<String, String> authorization() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", client);
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("state", "a b&c");
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        parameters.put("resource", RESOURCE);
        return parameters;
    }

    HttpResponse<String> authorize(Map<String, String> parameters) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        parameters.forEach((name, value) -> lists.put(name, List.of(value)));
        return send(to("/oauth/authorize?" + ConsentForm.encode(lists)).build());
    }

    ConsentForm consentForm() {
        return ConsentForm.parse(authorize(authorization()).body());
    }

    HttpResponse<String> submit(ConsentForm form) {
        return post(form.action(), form.encoded());
    }

    /** The query that the client gets at its redirect URI. */
    static Parameters callback(HttpResponse<String> response) {
        String location =
                response.headers().firstValue("Location").orElseThrow(() -> new AssertionError(response.body()));
        return Parameters.parse(URI.create(location).getRawQuery());
    }

    String code(ConsentForm form) {
        return callback(submit(form.with("decision", "approve"))).find("code", "");
    }

    Map<String, String> exchange(String code) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "authorization_code");
        parameters.put("client_id", client);
        parameters.put("code", code);
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("code_verifier", VERIFIER);
        parameters.put("resource", RESOURCE);
        return parameters;
    }

    Map<String, String> refreshing(String refreshToken) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "refresh_token");
        parameters.put("client_id", client);
        parameters.put("refresh_token", refreshToken);
        parameters.put("resource", RESOURCE);
        return parameters;
    }

    Tokens signIn(ConsentForm form) {
        return tokens(form("/oauth/token", exchange(code(form))));
    }

    static Tokens tokens(HttpResponse<String> response) {
        JsonNode json = json(response);
        return new Tokens(
                json.path("access_token").asText(),
                json.path("refresh_token").asText(),
                json.path("scope").asText());
    }

    /** A token for a group ({@code acme/research}) or a whole organization ({@code acme}), with these scopes. */
    String token(String where, String... scopes) {
        ConsentForm form = consentForm().with("organization", where.replaceFirst("/.*", ""));
        if (where.contains("/")) {
            form = form.with("group", where);
        }
        return signIn(
                        scopes.length == 0
                                ? form
                                : form.with("permissions", "custom").with("scope", scopes))
                .access();
    }

    /** A database token, minted over the API. */
    String databaseToken(String platformToken, String organization, String database, String authorization) {
        return json(call(
                        "POST",
                        "/v1/organizations/" + organization + "/databases/" + database + "/auth/tokens?authorization="
                                + authorization,
                        platformToken,
                        null))
                .path("jwt")
                .asText();
    }

    /** Runs SQL and gives the results of the pipeline. */
    JsonNode sql(String databaseToken, String... statements) {
        StringBuilder requests = new StringBuilder();
        for (String statement : statements) {
            requests.append("{\"type\":\"execute\",\"stmt\":{\"sql\":")
                    .append(MAPPER.valueToTree(statement).toString())
                    .append("}},");
        }
        return json(call(
                        "POST", "/v2/pipeline", databaseToken, "{\"requests\":[" + requests + "{\"type\":\"close\"}]}"))
                .path("results");
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
