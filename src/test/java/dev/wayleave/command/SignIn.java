package dev.wayleave.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person who signs in at the sandbox with a browser and picks what a client may do. */
final class SignIn {
    private static final String VERIFIER = "a-verifier-of-forty-three-characters-or-more-000";
    private static final String CHALLENGE = "XqZFcYuiA_PQTtIrxC-GQkL_QFlqN1sH8XlH5CI3660";
    private static final String CALLBACK = "http://127.0.0.1:39198/callback";
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");
    private static final ObjectMapper JSON = new ObjectMapper();
    private final URI issuer;
    private final URI resource;

    SignIn(URI issuer, URI resource) {
        this.issuer = issuer;
        this.resource = resource;
    }

    /** An access token for what was picked: {@code permissions}, and {@code group} where it is limited to one. */
    String token(String permissions, String group) throws IOException, InterruptedException {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            String client = JSON.readTree(post(
                                    browser,
                                    "/oauth/register",
                                    "application/json",
                                    "{\"client_name\":\"journey\",\"redirect_uris\":[\"" + CALLBACK
                                            + "\"],\"token_endpoint_auth_method\":\"none\"}")
                            .body())
                    .path("client_id")
                    .asText();
            Map<String, String> request = new LinkedHashMap<>();
            request.put("response_type", "code");
            request.put("client_id", client);
            request.put("redirect_uri", CALLBACK);
            request.put("resource", resource.toString());
            request.put("state", "s");
            request.put("code_challenge", CHALLENGE);
            request.put("code_challenge_method", "S256");
            String code = consent(browser, request, permissions, group);
            Map<String, String> exchange = new LinkedHashMap<>();
            exchange.put("grant_type", "authorization_code");
            exchange.put("code", code);
            exchange.put("client_id", client);
            exchange.put("redirect_uri", CALLBACK);
            exchange.put("resource", resource.toString());
            exchange.put("code_verifier", VERIFIER);
            HttpResponse<String> answer =
                    post(browser, "/oauth/token", "application/x-www-form-urlencoded", form(exchange));
            return JSON.readTree(answer.body()).path("access_token").asText();
        }
    }

    private String consent(HttpClient browser, Map<String, String> request, String permissions, String group)
            throws IOException, InterruptedException {
        HttpResponse<String> page = browser.send(
                HttpRequest.newBuilder(issuer.resolve("/oauth/authorize?" + form(request)))
                        .build(),
                BodyHandlers.ofString());
        Map<String, String> choice = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(page.body());
        while (hidden.find()) {
            choice.put(hidden.group(1), hidden.group(2).replace("&amp;", "&"));
        }
        choice.put("organization", "acme");
        choice.put("group", group);
        choice.put("permissions", permissions);
        choice.put("decision", "approve");
        HttpResponse<String> answer =
                post(browser, "/oauth/authorize", "application/x-www-form-urlencoded", form(choice));
        String location = answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
        Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(location);
        if (!code.find()) {
            throw new AssertionError(location);
        }
        return URLDecoder.decode(code.group(1), StandardCharsets.UTF_8);
    }

    private HttpResponse<String> post(HttpClient browser, String path, String type, String body)
            throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(issuer.resolve(path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
