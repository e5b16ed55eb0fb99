package dev.wayleave.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.wayleave.TestIssuer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One of the shipped configurations, served as it stands in front of a fake platform, and a client of it. */
final class Served implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final TestIssuer issuer = new TestIssuer();
    private final ApplicationContext context;
    private final String publicUrl;
    private final URI url;

    private Served(String name, Path file, URI upstream, Map<String, String> more) {
        int port = freePort();
        publicUrl = "http://127.0.0.1:" + port;
        url = URI.create(publicUrl + "/" + name + "/mcp");
        Map<String, Object> variables = new HashMap<>(more);
        variables.put("micronaut.server.port", port);
        variables.put("PUBLIC_URL", publicUrl);
        variables.put("PLATFORM_URL", upstream.toString());
        variables.put("ISSUER", issuer.issuer());
        variables.put("JWKS_URL", issuer.jwksUrl().toString());
        context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .properties(variables)
                .propertySources(file(file))
                .build();
        try {
            context.start();
            context.getBean(EmbeddedServer.class).start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static Served platform(String name, URI upstream) {
        return platform(name, upstream, Map.of());
    }

    static Served platform(String name, URI upstream, Map<String, String> more) {
        return new Served(name, Path.of("openapi", name, "wayleave.yml"), upstream, more);
    }

    /** The same from a file of its own. */
    static Served changed(String name, Path file, URI upstream, Map<String, String> more) {
        return new Served(name, file, upstream, more);
    }

    /** What came of a call: the HTTP status, and what an agent reads. */
    record Result(int status, boolean failed, String text, JsonNode structured, HttpResponse<String> response) {}

    URI url() {
        return url;
    }

    String tokenOfType(String type, String audience, UnaryOperator<JWTClaimsSet.Builder> claims) {
        return issuer.token(type, audience, "", claims);
    }

    String token(String scope, UnaryOperator<JWTClaimsSet.Builder> claims) {
        return issuer.token(url.toString(), scope, claims);
    }

    /** The tools that a token is offered, in their order, whole. */
    Map<String, JsonNode> tools(String token) {
        Map<String, JsonNode> tools = new LinkedHashMap<>();
        json(post(token, "tools/list", JSON.createObjectNode()))
                .at("/result/tools")
                .forEach(tool -> tools.put(tool.path("name").asText(), tool));
        return tools;
    }

    /** What comes of a method other than a tool's call. */
    JsonNode ask(String token, String method, String params) {
        try {
            return json(post(token, method, (ObjectNode) JSON.readTree(params)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result call(String token, String tool, String arguments) {
        try {
            ObjectNode params = JSON.createObjectNode().put("name", tool);
            params.set("arguments", JSON.readTree(arguments));
            HttpResponse<String> response = post(token, "tools/call", params);
            JsonNode result = json(response).path("result");
            StringBuilder text = new StringBuilder();
            result.path("content")
                    .forEach(content ->
                            text.append(content.path("text").asText()).append('\n'));
            return new Result(
                    response.statusCode(),
                    !result.path("isError").isBoolean()
                            || result.path("isError").booleanValue(),
                    text.toString().strip(),
                    result.path("structuredContent"),
                    response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Further header fields by name and value. */
    HttpResponse<String> post(String token, String method, ObjectNode params, String... more) {
        ObjectNode message =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        message.set("params", params);
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-06-18")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(message.toString()));
        for (int i = 0; i < more.length; i += 2) {
            request.setHeader(more[i], more[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PropertySource file(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return PropertySource.of(file.toString(), new YamlPropertySourceLoader().read(file.toString(), in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        issuer.close();
        client.close();
    }
}
