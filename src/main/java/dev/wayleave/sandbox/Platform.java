package dev.wayleave.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The sandbox without its socket: everything wired together, and the routes that lead to it. */
record Platform(ControlStore store, ClientDocuments documents, List<Route> routes) implements AutoCloseable {
    private static final String ORGANIZATION = "/v1/organizations/{organizationSlug}";
    private static final String DATABASE = ORGANIZATION + "/databases/{databaseName}";
    private static final int SMALL = 16 << 10;
    private static final int LARGE = 1 << 20;

    Platform {
        routes = List.copyOf(routes);
    }

    static Platform open(SandboxOptions options, Path folder, URI issuer) throws IOException {
        ControlStore store = ControlStore.open(folder.resolve("control.db"));
        ClientDocuments documents = new ClientDocuments();
        try {
            Path files = Files.createDirectories(folder.resolve("databases"));
            Databases databases = new Databases(store, files, options.clock());
            return new Platform(store, documents, routes(options, issuer, store, documents, databases));
        } catch (IOException | RuntimeException e) {
            documents.close();
            store.close();
            throw e;
        }
    }

    private static List<Route> routes(
            SandboxOptions options, URI issuer, ControlStore store, ClientDocuments documents, Databases databases)
            throws IOException {
        List<Route> routes = new ArrayList<>();
        Clock clock = options.clock();
        Keys keys = Keys.load(store);
        Randomness randomness = new Randomness(new SecureRandom());
        Grants grants = new Grants(store, randomness, clock);
        AccessTokens tokens = new AccessTokens(keys, issuer, options.resource(), clock, grants);
        Organizations organizations = new Organizations(store);
        Clients clients = new Clients(store, documents, clock);
        AuthorizationCodes codes = new AuthorizationCodes(grants, randomness, clock);
        routes.addAll(signIn(
                ServerMetadata.of(issuer, keys),
                clients,
                new AuthorizeEndpoint(
                        new AuthorizationReader(clients, issuer, options.resource()),
                        organizations,
                        grants,
                        codes,
                        new AntiForgery(randomness, clock)),
                new TokenEndpoint(clients, codes, grants, tokens, options.resource())));
        new Seed(organizations, databases).plant();
        AuditLog audit = new AuditLog(store, clock);
        QueryCounts counts = new QueryCounts(store, clock);
        DatabaseTokens databaseTokens = new DatabaseTokens(keys, issuer, clock);
        Gate gate = new Gate(tokens, audit);
        routes.addAll(organizations(gate, new OrganizationsApi(organizations, audit)));
        routes.addAll(databases(gate, new DatabasesApi(databases, organizations, issuer.getAuthority())));
        routes.addAll(insight(gate, new UsageApi(databases, counts), new DatabaseTokensApi(databases, databaseTokens)));
        routes.add(Route.of("POST", "/v2/pipeline", LARGE, new Pipeline(databaseTokens, databases, counts, audit)));
        routes.add(Route.of("GET", "/version", 0, request -> Answer.text("wayleave-sandbox")));
        routes.add(Route.of("GET", "/health", 0, request -> Answer.empty(200)));
        return routes;
    }

    private static List<Route> signIn(
            ServerMetadata metadata, Clients clients, AuthorizeEndpoint authorize, TokenEndpoint tokens) {
        return List.of(
                Route.of("GET", "/.well-known/oauth-authorization-server", 0, request -> metadata.answerMetadata())
                        .opened(),
                Route.of("GET", "/oauth/jwks", 0, request -> metadata.answerKeys())
                        .opened(),
                Route.of("POST", "/oauth/register", SMALL, OAuthError.answering(clients))
                        .opened(),
                Route.of("GET", "/oauth/authorize", 0, authorize::show),
                Route.of("POST", "/oauth/authorize", SMALL, authorize::decide),
                Route.of("POST", "/oauth/token", SMALL, OAuthError.answering(tokens::token))
                        .opened(),
                Route.of("POST", "/oauth/revoke", SMALL, OAuthError.answering(tokens::revoke))
                        .opened());
    }

    private static List<Route> organizations(Gate gate, OrganizationsApi api) {
        return List.of(
                get("/v1/auth/validate", gate.guard("token-validate", null, Gate.Level.GROUP, api::validate)),
                get("/v1/organizations", gate.guard("org-list", Scope.READ, Gate.Level.ORGANIZATION, api::list)),
                get(ORGANIZATION, gate.guard("org-get", Scope.READ, Gate.Level.ORGANIZATION, api::get)),
                get(
                        ORGANIZATION + "/audit-logs",
                        gate.guard("audit-list", Scope.READ, Gate.Level.ORGANIZATION, api::auditLogs)),
                get(ORGANIZATION + "/groups", gate.guard("group-list", Scope.READ, Gate.Level.GROUP, api::groups)),
                get(
                        ORGANIZATION + "/groups/{groupName}",
                        gate.guard("group-get", Scope.READ, Gate.Level.GROUP, api::group)));
    }

    private static List<Route> databases(Gate gate, DatabasesApi api) {
        return List.of(
                get(ORGANIZATION + "/databases", gate.guard("db-list", Scope.READ, Gate.Level.GROUP, api::list)),
                Route.of(
                        "POST",
                        ORGANIZATION + "/databases",
                        SMALL,
                        gate.guard("db-create", Scope.CREATE, Gate.Level.GROUP, api::create)),
                get(DATABASE, gate.guard("db-get", Scope.READ, Gate.Level.GROUP, api::get)),
                Route.of("DELETE", DATABASE, 0, gate.guard("db-delete", Scope.DELETE, Gate.Level.GROUP, api::delete)),
                get(
                        DATABASE + "/configuration",
                        gate.guard("db-configuration-get", Scope.READ, Gate.Level.GROUP, api::configuration)),
                Route.of(
                        "PATCH",
                        DATABASE + "/configuration",
                        SMALL,
                        gate.guard("db-configure", Scope.CONFIGURE, Gate.Level.GROUP, api::configure)));
    }

    private static List<Route> insight(Gate gate, UsageApi usage, DatabaseTokensApi tokens) {
        return List.of(
                get(DATABASE + "/usage", gate.guard("db-usage", Scope.READ, Gate.Level.GROUP, usage::usage)),
                get(DATABASE + "/stats", gate.guard("db-stats", Scope.READ, Gate.Level.GROUP, usage::stats)),
                get(
                        DATABASE + "/usage/queries",
                        gate.guard("db-queries", Scope.READ, Gate.Level.GROUP, usage::queries)),
                Route.of(
                        "POST",
                        DATABASE + "/auth/tokens",
                        SMALL,
                        gate.guard("db-token-create", Scope.MINT_TOKEN, Gate.Level.GROUP, tokens::mint)));
    }

    private static Route get(String template, Endpoint endpoint) {
        return Route.of("GET", template, 0, endpoint);
    }

    @Override
    public void close() {
        documents.close();
        store.close();
    }
}
