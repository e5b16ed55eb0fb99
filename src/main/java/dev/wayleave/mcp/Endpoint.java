package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.caller.Authentication;
import dev.wayleave.caller.Caller;
import dev.wayleave.caller.Challenge;
import dev.wayleave.caller.ProtectedResource;
import dev.wayleave.caller.Refusal;
import dev.wayleave.limit.Admission;
import dev.wayleave.platform.Platform;
import dev.wayleave.policy.Decision;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One platform's MCP endpoint, as a function from an HTTP request to an HTTP answer. */
final class Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);
    private final Platform platform;
    private final Doors doors;
    private final SlowCalls slow;
    private final Subscriptions subscriptions;
    private final Lease lease;
    private final Methods methods;
    private final Refusals refusals;
    private final Supplier<String> ids;
    private final InstantSource clock;

    Endpoint(
            Platform platform,
            Doors doors,
            SlowCalls slow,
            Subscriptions subscriptions,
            String version,
            Supplier<String> ids,
            InstantSource clock) {
        this.platform = platform;
        this.doors = doors;
        this.slow = slow;
        this.subscriptions = subscriptions;
        this.lease = new Lease(platform::close);
        this.refusals = new Refusals(platform, ids, clock);
        this.methods = new Methods(platform, refusals, subscriptions.isOn(), version, ids, clock);
        this.ids = ids;
        this.clock = clock;
    }

    Platform platform() {
        return platform;
    }

    /** Whether it may be used, until {@link #leave}; not where it was given up and closed. */
    boolean enter() {
        return lease.enter();
    }

    void leave() {
        lease.leave();
    }

    /** Another one takes its place; its platform is closed when the last call has ended. */
    void giveUp() {
        lease.giveUp();
    }

    boolean isClosed() {
        return lease.hasEnded();
    }

    /** Digests of the lists as this caller sees them now. */
    Map<Listing, String> seen(Caller caller) throws ProtocolError {
        return methods.seen(caller);
    }

    /** Those of the lists that a client asks to be told of which can be told here. */
    Set<Listing> wanted(Message.Call call) throws ProtocolError {
        return methods.wanted(call);
    }

    /** The result of a subscription that has ended. */
    JsonRpc.Members finished(JsonRpc.Members subscription) {
        return methods.finished(subscription);
    }

    /** Never throws: a bug of ours is logged with an id, and the client is told the id. */
    Reply handle(Request request) {
        try {
            doors.check(request);
        } catch (ProtocolError e) {
            return failed(null, e);
        }
        return Cors.isPreflight(request)
                ? Cors.preflight(request)
                : admitted(request).with(Cors.told(request));
    }

    /** What a page may know of an answer to it that was not made here; nothing for a page that is not let in. */
    Map<String, String> crossOrigin(Request request) {
        return doors.admitOrigin(request) ? Cors.told(request) : Map.of();
    }

    private Reply admitted(Request request) {
        JsonNode body = null;
        Caller caller = null;
        try {
            caller = authenticate(request);
            passGate(caller);
            passLimits(caller, request);
            checkForm(request);
            body = JsonRpc.read(request.body());
            return body.isArray() ? several(body, caller, request) : one(body, caller, request);
        } catch (ProtocolError e) {
            JsonNode id = JsonRpc.idOf(body);
            return caller == null || body == null ? failed(id, e) : malformed(caller, body, request, e);
        } catch (RuntimeException e) {
            return broken(JsonRpc.idOf(body), e);
        }
    }

    private Reply malformed(Caller caller, JsonNode body, Request request, ProtocolError fault) {
        try {
            refusals.malformed(caller, body, request, fault);
            return failed(JsonRpc.idOf(body), fault);
        } catch (RuntimeException e) {
            return broken(JsonRpc.idOf(body), e);
        }
    }

    private static Reply failed(@Nullable JsonNode id, ProtocolError error) {
        return new Reply(error.status(), error.headers(), JsonRpc.error(id, error));
    }

    private Reply broken(@Nullable JsonNode of, RuntimeException bug) {
        String id = ids.get();
        LOG.error("call {} failed inside", id, bug);
        return failed(
                of,
                ProtocolError.of(
                        500,
                        ProtocolError.INTERNAL_ERROR,
                        "Something went wrong inside; the operator finds it as " + id));
    }

    private Reply one(JsonNode body, Caller caller, Request request) throws ProtocolError {
        return switch (JsonRpc.message(body)) {
            case Message.Call call -> {
                Era era = EraSelector.select(call, request);
                if (subscriptions.isOn() && era.isModern() && call.method().equals(Subscriptions.LISTEN)) {
                    yield subscriptions.open(this, caller, call, request);
                }
                lease.enter();
                Instant deadline = deadline();
                yield slow.answer(era, call, request, followed -> left(era, caller, call, followed, deadline));
            }
            case Message.Notification notification -> {
                EraSelector.checkHeader(request);
                yield Reply.empty(202);
            }
            case Message.Answer answer -> {
                EraSelector.refuseAnswer(request);
                yield Reply.empty(202);
            }
        };
    }

    private Instant deadline() {
        return clock.instant().plus(platform.timeout());
    }

    /** All of them have the time of one, and each its own answer, whatever becomes of another. */
    private Reply several(JsonNode body, Caller caller, Request request) throws ProtocolError {
        Instant deadline = deadline();
        return Batch.answer(
                body,
                request,
                call -> methods.lacksScopes(caller, call),
                call -> answered(Era.OLDEST, caller, call, request, deadline));
    }

    /** On whatever thread, which leaves the lease. */
    private Reply left(Era era, Caller caller, Message.Call call, Request request, Instant deadline) {
        try {
            return answered(era, caller, call, request, deadline);
        } finally {
            lease.leave();
        }
    }

    /** Its end is always an answer. */
    private Reply answered(Era era, Caller caller, Message.Call call, Request request, Instant deadline) {
        try {
            Asked asked = Asked.of(era, caller, call, request, deadline);
            return Reply.json(200, JsonRpc.result(call.id(), methods.answer(era, asked, call, request)));
        } catch (ProtocolError e) {
            return failed(call.id(), e);
        } catch (RuntimeException e) {
            return broken(call.id(), e);
        }
    }

    private Caller authenticate(Request request) throws ProtocolError {
        return switch (platform.verifier().verify(request.all("Authorization"))) {
            case Authentication.Verified verified -> verified.caller();
            case Authentication.Refused refused -> {
                refusals.atDoor(null, "token " + refused.why().name().toLowerCase(Locale.ROOT), "unauthenticated");
                throw refusal(refused);
            }
            case Authentication.Unavailable unavailable -> {
                refusals.atDoor(null, "token cannot be verified now", "unverified");
                long seconds = Math.max(1, unavailable.retryAfter().toSeconds());
                throw ProtocolError.http(
                        503, "Tokens cannot be checked now.", Map.of("Retry-After", String.valueOf(seconds)));
            }
        };
    }

    /** Whom the platform's own gate keeps out gets nothing at all, in the platform's own words. */
    private void passGate(Caller caller) throws ProtocolError {
        Decision.Forbidden closed = platform.policy().closed(caller);
        if (closed != null) {
            refusals.atDoor(caller, closed.reason(), "gate_closed");
            throw ProtocolError.http(403, closed.told(), Map.of());
        }
    }

    /** A call for which there is no room is refused before it is read, where a header that is to be believed says that it is one. */
    private void passLimits(Caller caller, Request request) throws ProtocolError {
        if (EraSelector.claimsModern(request) && "tools/call".equals(request.header("Mcp-Method"))) {
            Admission.Refused refused = platform.limits().foretold(caller).orElse(null);
            if (refused != null) {
                refusals.atDoor(caller, refused.rule(), refused.outcome());
                throw ToolResults.shed(refused);
            }
        }
    }

    private ProtocolError refusal(Authentication.Refused refused) {
        boolean missing = refused.why() == Refusal.MISSING;
        return ProtocolError.http(
                401,
                missing ? "A token is needed." : "The token is not accepted.",
                Map.of("WWW-Authenticate", challenge(missing)));
    }

    private String challenge(boolean missing) {
        ProtectedResource resource = platform.resource();
        if (resource == null) {
            return Challenge.BARE;
        }
        return missing
                ? Challenge.unauthenticated(resource.metadataUrl(), platform.leastScopes())
                : Challenge.invalidToken(resource.metadataUrl(), platform.leastScopes());
    }

    private static void checkForm(Request request) throws ProtocolError {
        if (!request.verb().equals("POST")) {
            throw ProtocolError.http(405, "Only POST is answered here.", Map.of("Allow", "POST"));
        }
        if (!"application/json".equals(essence(request.header("Content-Type")))) {
            throw ProtocolError.http(415, "The body must be application/json.", Map.of());
        }
        String encoding = request.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw ProtocolError.http(415, "The body must not be compressed.", Map.of());
        }
        if (!acceptsJson(request.all("Accept"))) {
            throw ProtocolError.http(406, "The answer is application/json.", Map.of());
        }
    }

    /** Lenient: whoever takes either of the two types that MCP names, or anything, is served. */
    private static boolean acceptsJson(List<String> accept) {
        String all = String.join(",", accept).toLowerCase(Locale.ROOT);
        return all.isBlank()
                || all.contains("application/json")
                || all.contains("text/event-stream")
                || all.contains("*/*")
                || all.contains("application/*");
    }

    private static String essence(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType;
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
