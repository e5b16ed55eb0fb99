package dev.wayleave;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Spring Authorization Server in a process of its own, on a class path of its own, so that nothing of it meets ours. */
public final class AuthorizationServerProcess implements AutoCloseable {
    private static final Path FOLDER = Path.of("src", "test", "authorization-server");
    private static final Path CLASS_PATH = Path.of("target", "authorization-server", "class-path");
    private static final Pattern LISTENING = Pattern.compile("listening on (\\d+)");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private final Process process;
    public final URI issuer;

    private AuthorizationServerProcess(Process process, int port) {
        this.process = process;
        this.issuer = URI.create("http://127.0.0.1:" + port);
    }

    /** Its class path; nothing where it cannot be had. */
    public static Optional<String> classPath() throws IOException, InterruptedException {
        Path pom = FOLDER.resolve("pom.xml");
        boolean known = Files.exists(CLASS_PATH)
                && Files.getLastModifiedTime(CLASS_PATH).compareTo(Files.getLastModifiedTime(pom)) > 0;
        if (!known) {
            Files.createDirectories(CLASS_PATH.getParent());
            Process maven = new ProcessBuilder(
                            "mvn",
                            "-q",
                            "-B",
                            "-f",
                            pom.toString(),
                            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
                            "-Dmdep.outputFile=" + CLASS_PATH.toAbsolutePath())
                    .inheritIO()
                    .start();
            if (!maven.waitFor(5, TimeUnit.MINUTES) || maven.exitValue() != 0) {
                maven.destroyForcibly();
                return Optional.empty();
            }
        }
        return Optional.of(Files.readString(CLASS_PATH).strip());
    }

    /**
     * Starts it.
     *
     * @param resource the MCP endpoint that the agent's tokens are for
     * @param keys where Wayleave's public keys are
     */
    public static AuthorizationServerProcess start(String classPath, URI resource, URI keys) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath.replace(":", File.pathSeparator),
                        FOLDER.resolve("AuthorizationServer.java").toString(),
                        resource.toString(),
                        keys.toString()))
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                return new AuthorizationServerProcess(process, Integer.parseInt(listening.group(1)));
            }
            said.append(line).append('\n');
        }
        throw new IOException("it did not start:\n" + said);
    }

    /** What the agent gets when its user signs in and agrees to these scopes: a real code, and the token for it. */
    public String token(String scope) throws IOException, InterruptedException {
        try (HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            get(browser, issuer.resolve("/"), "user-1:password-1");
            String query = "response_type=code&client_id=agent&redirect_uri=" + encoded("http://127.0.0.1/callback")
                    + "&scope=" + encoded(scope);
            HttpResponse<String> agreed = get(browser, issuer.resolve("/oauth2/authorize?" + query), null);
            String form = "grant_type=authorization_code&redirect_uri=" + encoded("http://127.0.0.1/callback")
                    + "&code="
                    + first(CODE, agreed.headers().firstValue("Location").orElseThrow());
            HttpResponse<String> answer = browser.send(
                    HttpRequest.newBuilder(issuer.resolve("/oauth2/token"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Authorization", basic("agent:agent-secret"))
                            .POST(BodyPublishers.ofString(form))
                            .build(),
                    BodyHandlers.ofString());
            return first(TOKEN, answer.body());
        }
    }

    private static HttpResponse<String> get(HttpClient browser, URI url, @Nullable String user)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        if (user != null) {
            request.header("Authorization", basic(user));
        }
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new AssertionError("not in " + text);
        }
        return found.group(1);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
