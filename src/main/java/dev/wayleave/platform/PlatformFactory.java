package dev.wayleave.platform;

import dev.wayleave.audit.AuditEvent;
import dev.wayleave.audit.AuditLog;
import dev.wayleave.call.Asking;
import dev.wayleave.call.AuditedCaller;
import dev.wayleave.call.Delivery;
import dev.wayleave.call.ForwardingCaller;
import dev.wayleave.call.LimitedCaller;
import dev.wayleave.call.Means;
import dev.wayleave.call.MeasuredCaller;
import dev.wayleave.call.PlatformReading;
import dev.wayleave.call.RecordedValues;
import dev.wayleave.call.ResourceReader;
import dev.wayleave.call.Sender;
import dev.wayleave.call.TaskIds;
import dev.wayleave.call.TaskReader;
import dev.wayleave.call.ToolCaller;
import dev.wayleave.caller.MetadataMirror;
import dev.wayleave.caller.ProtectedResource;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.limit.Limits;
import dev.wayleave.policy.AccessRules;
import dev.wayleave.policy.Policy;
import dev.wayleave.policy.ScopeRules;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Served;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.Credentials;
import dev.wayleave.upstream.MeasuredUpstream;
import dev.wayleave.upstream.OriginUpstream;
import dev.wayleave.upstream.Origins;
import dev.wayleave.upstream.PlatformClients;
import dev.wayleave.upstream.Upstream;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds platforms from their settings. The one place where the flow of a call is put together. */
public final class PlatformFactory {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformFactory.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    /** More tools than any client wants, so that clients that know no pages get everything. */
    private static final int USUAL_PAGE = 1_000;

    private static final int LARGEST_PAGE = 10_000;
    private static final int HALF = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private final ServerSettings server;
    private final AuditLog audit;
    private final PlatformClients clients;
    private final MeterRegistry metrics;
    private final Kept kept;
    private final Clock clock;

    /** @param kept of what was served before */
    public PlatformFactory(
            ServerSettings server,
            AuditLog audit,
            PlatformClients clients,
            MeterRegistry metrics,
            Kept kept,
            Clock clock) {
        this.server = server;
        this.audit = audit;
        this.clients = clients;
        this.metrics = metrics;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * Builds one.
     *
     * @param alone whether it is the only one, which then has the path {@code /mcp} unless it says otherwise
     * @throws InvalidConfiguration where its settings or its documents cannot be served
     */
    Platform make(String name, boolean alone, Settings settings) {
        return settings.read(s -> {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidConfiguration(
                        settings.path() + " must be named in lower case letters, digits and hyphens");
            }
            String path = s.text("path").orElse(alone ? "/mcp" : "/" + name + "/mcp");
            if (!PATH.matcher(path).matches() || path.matches("/(health|prometheus)(/.*)?|/\\.well-known/.*")) {
                throw s.wrong("path", "a path such as /mcp, outside /health, /prometheus and /.well-known");
            }
            return assemble(name, path, s);
        });
    }

    /** What can be said only when all are there. */
    void checkAll(List<Platform> platforms) {
        platforms.forEach(platform -> LOG.info("{}: generation {}", platform.name(), platform.generation()));
        server.audit().check(platforms.stream().map(Platform::catalog).toList());
    }

    private Platform assemble(String name, String path, Settings s) {
        String location = s.required("openapi", "is the OpenAPI description to serve");
        UpstreamSettings reach = UpstreamSettings.read(s);
        DescriptionFiles files = new DescriptionFiles(s);
        Catalog catalog = files.catalog(location, reach.credentialHeader());
        URI url = URI.create(server.publicUrl().toString().replaceAll("/+$", "") + path);
        List<String> leastScopes = leastScopes(catalog);
        CallerSettings callers = CallerSettings.read(s, server, url, reach.address());
        UnaryOperator<Upstream> measured = way -> new MeasuredUpstream(way, name, metrics);
        OriginUpstream upstream = reach.way(clients, Delivery.hints(catalog.errors()), RANDOM, clock, measured);
        Credentials credentials = reach.credentials(clock, PlatformFactory::random);
        AccessRules access = AccessSettings.read(
                s,
                catalog,
                (operation, pointer, ttl, scopes) ->
                        new PlatformReading(operation, pointer, ttl, reader(upstream, credentials, scopes), clock));
        announce(location, catalog, access);
        Policy policy = new Policy(access);
        TaskIds tasks = new TaskIds(server.seal(), path, clock);
        Asking asking = new Asking(
                server.seal(),
                path,
                AskSettings.read(s).rules(),
                kept.done(path, clock),
                PlatformFactory::random,
                clock);
        Map<String, Upstream> elsewhere = reach.elsewhere(clients, RANDOM, clock, measured);
        Origins origins = reach.origins(clients, RANDOM, clock, measured);
        Means means = new Means(
                policy,
                new Sender(reach.cache(upstream, catalog, clock), credentials, policy::needed, elsewhere),
                origins,
                reach.delivery(Constants.read(s, catalog, elsewhere.keySet()), catalog.errors()),
                asking,
                tasks,
                () -> "wayleave-" + random(),
                clock);
        AuditEvent.Where where = new AuditEvent.Where(name, generation(files, s));
        Limits limits = new Limits(LimitSettings.read(s, reach.terms().maxResponse()), System::nanoTime);
        ForwardingCaller reading = new ForwardingCaller(catalog.readable(), means);
        ForwardingCaller calling = new ForwardingCaller(catalog.callable(), means);
        ForwardingCaller following = new ForwardingCaller(catalog.followable(), means);
        return new Platform(
                name,
                where.generation(),
                path,
                catalog,
                kept.verifier(callers, upstream, clock),
                resource(s, callers, url, leastScopes, catalog),
                mirror(s, callers),
                leastScopes,
                policy,
                audited(where, catalog.callable(), policy, calling, limits),
                new ResourceReader(
                        catalog.resources(),
                        policy,
                        audited(where, catalog.readable(), policy, reading, limits),
                        reading::isOpen),
                new TaskReader(
                        catalog.callable(),
                        tasks,
                        policy,
                        audited(where, catalog.followable(), policy, following, limits)),
                audit,
                reach.timeout(),
                limits,
                upstream,
                asking,
                server.seal(),
                s.count("page-size", USUAL_PAGE, 1, LARGEST_PAGE),
                means.sender().platform(),
                Stream.concat(Stream.of(upstream), elsewhere.values().stream()).toList(),
                origins,
                files.opened());
    }

    /** What the files hold, and, as a keyed hash since secrets may be among them, what the settings say. */
    private String generation(DescriptionFiles files, Settings s) {
        String settings = audit.fingerprint(s.digest().getBytes(StandardCharsets.US_ASCII));
        return files.digest().substring(0, HALF) + "-" + settings.substring(0, HALF);
    }

    /** The flow with its limits, the audit around it, and figures of both. */
    private ToolCaller audited(
            AuditEvent.Where where, Served served, Policy policy, ForwardingCaller flow, Limits limits) {
        RecordedValues values = new RecordedValues(server.audit().values(), audit);
        return new MeasuredCaller(
                where.platform(),
                served,
                new AuditedCaller(where, served, policy, new LimitedCaller(served, flow, limits), audit, values, clock),
                metrics);
    }

    /** Names the tools of which nobody said what they need. */
    private static void announce(String location, Catalog catalog, AccessRules access) {
        List<String> open = catalog.tools().stream()
                .filter(Tool::isUnscoped)
                .map(Tool::name)
                .toList();
        if (!open.isEmpty()) {
            LOG.info(
                    access.unscopedDenied() == null
                            ? "{}: no security is declared, so every verified caller may call {}"
                            : "{}: no security is declared, so nobody may call {}: access.unscoped is deny",
                    location,
                    open);
        }
    }

    /** What the platform itself is asked is asked whatever the groups, and each time anew. */
    private static Sender reader(Upstream upstream, Credentials credentials, ScopeRules scopes) {
        return new Sender(upstream, credentials, (caller, tool) -> scopes.needed(caller.scopes(), tool.scopes()));
    }

    private static @Nullable ProtectedResource resource(
            Settings s, CallerSettings callers, URI url, List<String> leastScopes, Catalog catalog) {
        try {
            return callers.resource(url, leastScopes, catalog.title());
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(s.path() + " (" + s.file("callers") + "): " + e.getMessage());
        }
    }

    private @Nullable MetadataMirror mirror(Settings s, CallerSettings callers) {
        try {
            return callers.mirror(clock);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(s.path() + " (" + s.file("callers") + "): " + e.getMessage());
        }
    }

    /** Enough for the tools that only read, and for the resources. */
    private static List<String> leastScopes(Catalog catalog) {
        return Stream.concat(catalog.tools().stream(), catalog.readable().byName().values().stream())
                .filter(tool -> tool.annotations().readOnly())
                .map(Tool::scopes)
                .flatMap(scopes -> scopes.nearest(needed -> needed).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** 128 bits that nobody can have foreseen: in what divides the parts of one multipart body, for one. */
    static String random() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
