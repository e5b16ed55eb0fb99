package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import dev.wayleave.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a platform gets to see where tokens are exchanged, and what happens where they cannot be. */
class ExchangeWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UPSTREAM = "wayleave.platforms.test.upstream.";
    private static final String AUDIENCE = "https://api.example.com";
    private static final String PUBLIC = """
                /news:
                  get:
                    operationId: listNews
                    summary: List the news
                    security: []
                    responses: {"200": {description: ok}}
                /offers:
                  get:
                    operationId: listOffers
                    summary: List the offers
                    security: []
                    x-mcp: {scopes: ["pets:read"]}
                    responses: {"200": {description: ok}}
                /extras:
                  get:
                    operationId: listExtras
                    summary: List the extras
                    security: [{}, {oauth: ["pets:read", "pets:write"]}, {oauth: ["pets:write"]}]
                    responses: {"200": {description: ok}}
              """;
    private static final Map<String, String> ARGUMENTS = Map.of(
            "get_pet", "{\"petId\":\"1\"}", "delete_pet", "{\"petId\":\"1\"}", "create_pet", "{\"name\":\"Rex\"}");
    private static final String YAML = PetStore.YAML.replace("components:\n", PUBLIC + "components:\n");

    @TempDir
    Path folder;

    private final AtomicInteger issued = new AtomicInteger();
    private final FakePlatform server = FakePlatform.answering(this::exchange);

    @SuppressWarnings("NullAway.Init") // each test starts it with settings of its own
    private RunningWayleave wayleave;

    @AfterEach
    void stop() {
        server.close();
        if (wayleave != null) {
            wayleave.close();
        }
    }

    private void start(String... more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                UPSTREAM + "credential", "exchange",
                UPSTREAM + "exchange.url", server.url() + "/token",
                UPSTREAM + "exchange.client-id", "wayleave",
                UPSTREAM + "exchange.client-secret", "secret-canary-55e1",
                UPSTREAM + "exchange.audience", AUDIENCE));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        wayleave = RunningWayleave.with(folder, YAML, settings);
    }

    /** An authorization server that keeps to what is asked. */
    private String exchange(FakePlatform.Received request) {
        Map<String, String> form = form(request);
        String token = jwt(wayleave.issuer, form);
        issued.incrementAndGet();
        return FakePlatform.response(200, "application/json", answer(token));
    }

    private static String jwt(TestIssuer issuer, Map<String, String> form) {
        return issuer.token(form.get("audience"), form.get("scope"));
    }

    private static String answer(String token) {
        return "{\"access_token\":\"" + token
                + "\",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\","
                + "\"token_type\":\"Bearer\",\"expires_in\":300}";
    }

    private static Map<String, String> form(FakePlatform.Received request) {
        Map<String, String> form = new HashMap<>();
        Arrays.stream(request.body().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return form;
    }

    private HttpResponse<String> call(String token, String tool) {
        return wayleave.post(
                """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s",
                 "arguments":%s}}""".formatted(tool, ARGUMENTS.getOrDefault(tool, "{}")), "Authorization", "Bearer " + token);
    }

    private static String text(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body()).at("/result/content/0/text").asText();
    }

    private static JsonNode claims(String token) throws IOException {
        return JSON.readTree(java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }

    private JsonNode lastAudit() throws IOException {
        return JSON.readTree(wayleave.audited().getLast());
    }

    @Test
    void forEachToolAndGrantThePlatformSeesExactlyWhatTheToolNeeds() throws IOException {
        start(UPSTREAM + "exchange.scope", "basic");
        // by hand, not by the code under test: the alternative that a grant of both satisfies
        Map<String, Map<String, Set<String>>> expected = Map.of(
                "pets:read",
                Map.of(
                        "list_pets", Set.of("pets:read"),
                        "get_pet", Set.of("pets:read"),
                        "get_status", Set.of("basic"),
                        "list_offers", Set.of("pets:read"),
                        "list_extras", Set.of("basic")),
                "pets:write",
                Map.of(
                        "create_pet", Set.of("pets:write"),
                        "delete_pet", Set.of("pets:write"),
                        "get_status", Set.of("basic"),
                        "list_extras", Set.of("pets:write")),
                "pets:read pets:write other",
                Map.of(
                        "list_pets", Set.of("pets:read"),
                        "get_pet", Set.of("pets:read"),
                        "create_pet", Set.of("pets:write"),
                        "delete_pet", Set.of("pets:write"),
                        "get_status", Set.of("basic"),
                        "list_offers", Set.of("pets:read"),
                        "list_extras", Set.of("pets:write")));
        List<String> tools =
                List.of("list_pets", "get_pet", "create_pet", "delete_pet", "get_status", "list_offers", "list_extras");
        for (Map.Entry<String, Map<String, Set<String>>> grant : expected.entrySet()) {
            String token = wayleave.token(grant.getKey());
            for (String tool : tools) {
                int before = wayleave.platform.received().size();
                HttpResponse<String> response = call(token, tool);
                Set<String> scopes = grant.getValue().get(tool);
                if (scopes == null) {
                    assertThat(response.statusCode()).as(tool).isEqualTo(403);
                    assertThat(wayleave.platform.received()).hasSize(before);
                    continue;
                }
                FakePlatform.Received received = wayleave.platform.received().getLast();
                assertThat(wayleave.platform.received())
                        .as(tool + response.body())
                        .hasSize(before + 1);
                String sent = received.header("Authorization").getFirst().substring("Bearer ".length());
                assertThat(sent).isNotEqualTo(token);
                assertThat(new TreeSet<>(
                                List.of(claims(sent).path("scope").asText().split(" ", -1))))
                        .as(tool + " with " + grant.getKey())
                        .isEqualTo(new TreeSet<>(scopes));
                assertThat(claims(sent).path("aud").asText()).isEqualTo(AUDIENCE);
                assertThat(received.headerLines().toString() + received.body()).doesNotContain(token);
            }
        }
    }

    @Test
    void whatIsExplicitlyPublicGetsNoTokenEitherWay() {
        start();
        call(wayleave.token("pets:read"), "list_news");
        assertThat(wayleave.platform.received().getLast().target()).isEqualTo("/news");
        assertThat(wayleave.platform.received().getLast().header("Authorization"))
                .isEmpty();
        assertThat(issued).hasValue(0);
        wayleave.close();

        wayleave = RunningWayleave.with(folder, YAML, Map.of());
        String token = wayleave.token("pets:read");
        call(token, "list_news");
        assertThat(wayleave.platform.received().getLast().header("Authorization"))
                .isEmpty();
        call(token, "list_offers");
        assertThat(wayleave.platform.received().getLast().header("Authorization"))
                .containsExactly("Bearer " + token);
        call(token, "list_extras");
        assertThat(wayleave.platform.received().getLast().header("Authorization"))
                .containsExactly("Bearer " + token);
    }

    @Test
    void aPlatformsOwnHeaderCarriesTheExchangedToken() throws IOException {
        start(UPSTREAM + "credential-header", "Softr-Api-Key");
        call(wayleave.token("pets:read"), "list_pets");

        FakePlatform.Received received = wayleave.platform.received().getLast();
        assertThat(received.header("Authorization")).isEmpty();
        assertThat(claims(received.header("Softr-Api-Key").getFirst())
                        .path("scope")
                        .asText())
                .isEqualTo("pets:read");
    }

    @Test
    void aLieIsRefusedToldPlainlyAuditedAndNeverSent() throws IOException {
        start();
        String canary = wayleave.issuer.token(AUDIENCE, "pets:read", claims -> claims.subject("someone-else"));
        server.answer(request -> FakePlatform.response(200, "application/json", answer(canary)));
        String token = wayleave.token("pets:read");
        HttpResponse<String> response = call(token, "list_pets");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(response.body()).at("/result/isError").asBoolean())
                .isTrue();
        assertThat(text(response)).isEqualTo("Your access could not be narrowed for this call. Nothing was sent.");
        assertThat(wayleave.platform.connections()).isZero();
        assertThat(lastAudit().path("decision").asText()).isEqualTo("deny");
        assertThat(lastAudit().path("outcome").asText()).isEqualTo("exchange_refused");
        assertThat(lastAudit().path("reason").asText())
                .isEqualTo("upstream.exchange: what was issued is for another subject");
        assertThat(Files.readString(wayleave.audit)).doesNotContain(token, canary);
    }

    @Test
    void anAuthorizationServerThatRefusesOrFailsIsToldApartAndNotQuoted() throws IOException {
        start();
        String words = "{\"error\":\"invalid_grant\",\"error_description\":\"words-of-the-server\"}";
        server.answer(request -> FakePlatform.response(400, "application/json", words));
        HttpResponse<String> refused = call(wayleave.token("pets:read"), "list_pets");
        assertThat(text(refused)).isEqualTo("Your access could not be narrowed for this call. Nothing was sent.");
        assertThat(lastAudit().path("reason").asText())
                .isEqualTo("upstream.exchange: the authorization server answered 400 invalid_grant");

        server.answer(request -> FakePlatform.response(503, "text/plain", "words-of-the-server"));
        HttpResponse<String> failed = call(wayleave.token("pets:read"), "list_pets");
        assertThat(text(failed)).startsWith("Your access could not be narrowed for this call just now.");
        assertThat(lastAudit().path("outcome").asText()).isEqualTo("exchange_unavailable");
        assertThat(refused.body() + failed.body() + Files.readString(wayleave.audit))
                .doesNotContain("words-of-the-server");
        assertThat(wayleave.platform.connections()).isZero();
    }

    @Test
    void aReadThatIsRefusedForItsTokenIsSentOnceMoreWithANewOneAndAWriteIsNot() throws IOException {
        start();
        String token = wayleave.token("pets:read pets:write");
        call(token, "list_pets");
        String first =
                wayleave.platform.received().getLast().header("Authorization").getFirst();
        wayleave.platform.answer(
                request -> request.header("Authorization").getFirst().equals(first)
                        ? FakePlatform.response(
                                401, "application/json", "{}", "WWW-Authenticate: Bearer error=\"invalid_token\"")
                        : FakePlatform.response(200, "application/json", "{\"new\":true}"));
        assertThat(text(call(token, "list_pets"))).contains("new");
        assertThat(wayleave.platform.received()).hasSize(3);
        assertThat(issued).hasValue(2);

        wayleave.platform.answer(request -> FakePlatform.response(
                401, "application/json", "{}", "WWW-Authenticate: Bearer error=\"invalid_token\""));
        call(token, "list_pets");
        assertThat(wayleave.platform.received()).hasSize(5);
        call(token, "delete_pet");
        assertThat(wayleave.platform.received()).hasSize(6);
    }

    @Test
    void whatThePlatformSaysOfAnExchangedTokenIsNoChallengeToTheClient() {
        start();
        for (String challenge : List.of("error=\"invalid_token\"", "error=\"insufficient_scope\", scope=\"admin\"")) {
            int status = challenge.contains("scope=") ? 403 : 401;
            wayleave.platform.answer(request ->
                    FakePlatform.response(status, "application/json", "{}", "WWW-Authenticate: Bearer " + challenge));
            HttpResponse<String> response = call(wayleave.token("pets:read"), "list_pets");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
            assertThat(response.body()).contains("The platform answered " + status);
        }
    }

    @Test
    void anExchangedTokenThatThePlatformEchoesIsMasked() {
        start();
        for (int status : new int[] {200, 401, 500}) {
            wayleave.platform.answer(request -> FakePlatform.response(
                    status,
                    "application/json",
                    "{\"error\":\"seen " + request.header("Authorization").getFirst() + "\"}"));
            HttpResponse<String> response = call(wayleave.token("pets:read"), "list_pets");
            String sent = wayleave.platform
                    .received()
                    .getLast()
                    .header("Authorization")
                    .getFirst();
            assertThat(response.body()).contains("[token]").doesNotContain(sent.substring("Bearer ".length()));
        }
    }

    @Test
    void whatIsBroaderThanNothingIsNotTakenForAnOperationWithoutScopes() throws IOException {
        start();
        server.answer(request -> FakePlatform.response(
                200, "application/json", answer(wayleave.issuer.token(AUDIENCE, "pets:read pets:write"))));
        assertThat(text(call(wayleave.token("pets:read pets:write"), "get_status")))
                .startsWith("Your access could not");
        assertThat(wayleave.platform.connections()).isZero();
    }

    @Test
    void twoPlatformsNeverSeeEachOthersTokens() throws IOException {
        try (FakePlatform other = FakePlatform.json("{}");
                FakePlatform otherServer = FakePlatform.json(answer("other-exchanged-canary-1"));
                TestIssuer otherIssuer = new TestIssuer()) {
            Path document = Files.writeString(folder.resolve("other.yaml"), YAML);
            server.answer(request -> FakePlatform.response(200, "application/json", answer("test-exchanged-canary-2")));
            String prefix = "wayleave.platforms.other.";
            start(
                    "wayleave.platforms.test.path",
                    "/mcp",
                    prefix + "path",
                    "/other",
                    prefix + "openapi",
                    document.toString(),
                    prefix + "upstream.url",
                    other.url().toString(),
                    prefix + "upstream.credential",
                    "exchange",
                    prefix + "upstream.credential-header",
                    "Softr-Api-Key",
                    prefix + "upstream.exchange.url",
                    otherServer.url() + "/token",
                    prefix + "upstream.exchange.client-id",
                    "wayleave-other",
                    prefix + "upstream.exchange.client-secret",
                    "other-secret-canary-3",
                    prefix + "upstream.exchange.audience",
                    "https://other.example.com",
                    prefix + "callers.verify",
                    "jwt",
                    prefix + "callers.issuer",
                    otherIssuer.issuer(),
                    prefix + "callers.jwks-url",
                    otherIssuer.jwksUrl().toString());
            URI otherUrl = wayleave.url.resolve("/other");
            String own = wayleave.token("pets:read");
            String others = otherIssuer.token(otherUrl.toString(), "pets:read");

            assertThat(call(others, "list_pets").statusCode()).isEqualTo(401);
            assertThat(post(otherUrl, own).statusCode()).isEqualTo(401);
            assertThat(wayleave.platform.connections() + other.connections()).isZero();
            assertThat(server.connections() + otherServer.connections()).isZero();

            assertThat(call(own, "list_pets").statusCode()).isEqualTo(200);
            assertThat(post(otherUrl, others).statusCode()).isEqualTo(200);
            assertThat(wire(wayleave.platform))
                    .contains("test-exchanged-canary-2")
                    .doesNotContain("other-exchanged-canary-1", own, others, "secret");
            assertThat(wire(other))
                    .contains("other-exchanged-canary-1")
                    .doesNotContain("test-exchanged-canary-2", own, others, "secret");
            assertThat(wire(server)).contains(own).doesNotContain(others, "other-");
            assertThat(wire(otherServer)).contains(others).doesNotContain(own, "test-exchanged-canary-2");
        }
    }

    @Test
    void noTokenAndNoSecretIsWrittenOrRenderedAnywhere() throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        StringBuilder seen = new StringBuilder();
        start();
        Map<String, Level> levels = new HashMap<>();
        root.getLoggerContext().getLoggerList().forEach(logger -> {
            if (logger != root && logger.getLevel() != null && !logger.getName().equals("wayleave.wire")) {
                levels.put(logger.getName(), logger.getLevel());
                logger.setLevel(null);
            }
        });
        List<Appender<ILoggingEvent>> others = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(others::add);
        others.forEach(root::detachAppender);
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        String token = wayleave.token("pets:read pets:write");
        try {
            for (String answer : List.of(
                    answer(jwt(wayleave.issuer, Map.of("audience", AUDIENCE, "scope", "pets:read"))),
                    answer("exchanged-canary-9d2f"),
                    answer("exchanged-canary-9d2f x"),
                    "exchanged-canary-9d2f",
                    answer(token))) {
                for (int status : new int[] {200, 400, 500}) {
                    server.answer(request -> {
                        Thread.getAllStackTraces()
                                .forEach((thread, stack) -> seen.append(thread).append(Arrays.toString(stack)));
                        return FakePlatform.response(status, "application/json", answer);
                    });
                    wayleave.platform.answer(
                            request -> FakePlatform.response(500, "text/plain", "boom " + request.headerLines()));
                    seen.append(call(token, "list_pets").body())
                            .append(call(token, "create_pet").body());
                }
            }
        } finally {
            root.setLevel(level);
            root.detachAppender(log);
            others.forEach(root::addAppender);
            levels.forEach((name, before) -> ((Logger) LoggerFactory.getLogger(name)).setLevel(before));
        }
        assertThat(log.list).anyMatch(event -> event.getFormattedMessage().startsWith("token exchange refused"));
        log.list.forEach(event -> seen.append(event.getFormattedMessage())
                .append(
                        event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        seen.append(Files.readString(wayleave.audit));
        String sent =
                wayleave.platform.received().getFirst().header("Authorization").getFirst();
        assertThat(seen.toString())
                .doesNotContain(
                        "canary",
                        token.split("\\.", -1)[1].substring(20, 60),
                        sent.split("\\.", -1)[1].substring(20, 60));
    }

    private HttpResponse<String> post(URI url, String token) {
        return wayleave.send(java.net.http.HttpRequest.newBuilder(url)
                .POST(
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_pets\",\"arguments\":{}}}"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private static String wire(FakePlatform platform) {
        StringBuilder text = new StringBuilder();
        platform.received()
                .forEach(request -> text.append(request.requestLine())
                        .append(request.headerLines())
                        .append(request.body())
                        .append('\n'));
        return text.toString();
    }
}
