package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.audit.AuditEvent;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.openapi.Operation;
import dev.wayleave.policy.Decision;
import dev.wayleave.tool.Plan;
import dev.wayleave.tool.StepCuration;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.Origins;
import dev.wayleave.upstream.Trail;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamRequest;
import dev.wayleave.upstream.UpstreamResponse;
import dev.wayleave.workflow.Exchange;
import dev.wayleave.workflow.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step that is one operation: bind, decide, send, and look at the answer; made once for each step. */
final class StepCall {
    private static final int TOO_MANY = 429;
    private final Plan.Planned planned;
    private final Tool sent;
    private final Means means;
    private final ArgumentBinder binder;
    private final ResultMapper mapper;
    private final List<String> secretOutputs;

    /** @param secretOutputs those of its outputs that are credentials of others */
    StepCall(Plan.Planned planned, Operation operation, List<String> secretOutputs, Means means) {
        this.planned = planned;
        // a credential is not kept beyond the call
        this.sent = secretOutputs.isEmpty() ? planned.tool() : planned.tool().withoutCache();
        this.means = means;
        this.secretOutputs = secretOutputs;
        this.binder = new ArgumentBinder(planned.tool(), operation, means.boundaries());
        this.mapper = new ResultMapper(
                planned.tool(),
                means.delivery(),
                new Afterwards(planned.tool().handling().safe(), List.of(), means.policy()),
                unaccepted(planned.curation()));
    }

    private static String unaccepted(StepCuration curation) {
        if (curation.origin() == null) {
            return "The platform did not accept the caller's token for this.";
        }
        return curation.credential() == null
                ? "A credential is asked for there, and the step carries none."
                : "It did not accept the credential of the step.";
    }

    /** A request that is ready to be sent, or why there is none. */
    sealed interface Ready {
        /**
         * To the platform with the caller's credential, or to another origin with one that another step minted.
         *
         * @param elsewhere null for the platform
         * @param minted null for none
         */
        record Request(
                Binding.Bound bound,
                Origins.@Nullable Reached elsewhere,
                @Nullable BearerToken minted) implements Ready {}

        /** Nothing may be sent. */
        record Refused(ToolResult result) implements Ready {}
    }

    /** An answer and the token that was sent. */
    private record Answered(
            UpstreamResponse response, @Nullable BearerToken token) {}

    StepOutcome run(Session session, Facts facts, Instant deadline) {
        return switch (prepare(session, facts)) {
            case Ready.Refused refused -> failed(refused.result(), null);
            case Ready.Request request ->
                send(session, facts, request, deadline, planned.step().id());
        };
    }

    Ready prepare(Session session, Facts facts) {
        ObjectNode arguments = StepArguments.of(planned, facts);
        if (session.secrets().areIn(arguments.toString())) {
            return refused("would have sent a credential among its arguments");
        }
        switch (binder.bind(arguments, session.call().caller())) {
            case Binding.Unfit unfit -> {
                return new Ready.Refused(new ToolResult.InvalidArguments(unfit.problems().stream()
                        .map(problem -> "step " + planned.step().id() + ": " + problem)
                        .toList()));
            }
            case Binding.Bound bound -> {
                Decision decision = means.policy().decide(session.call().caller(), planned.judged(), bound.arguments());
                return decision instanceof Decision.Denied denied
                        ? new Ready.Refused(new ToolResult.Denied(denied))
                        : addressed(session, facts, bound);
            }
        }
    }

    private Ready addressed(Session session, Facts facts, Binding.Bound bound) {
        StepCuration curation = planned.curation();
        if (curation.origin() == null) {
            return new Ready.Request(bound, null, null);
        }
        BearerToken minted = null;
        if (curation.credential() != null) {
            minted = Secrets.token(curation.credential().in(facts));
            if (minted == null || minted.equals(session.call().caller().token())) {
                return refused("has no credential of its own");
            }
            session.secrets().add(minted);
        }
        boolean credential = minted != null;
        Optional<Origins.Reached> reached =
                curation.origin().in(facts).flatMap(address -> means.origins().find(address, credential));
        return reached.isEmpty() ? refused(WorkflowJob.ASTRAY) : new Ready.Request(bound, reached.get(), minted);
    }

    /** Sends it, and tells the audit under this name. */
    StepOutcome send(Session session, Facts facts, Ready.Request request, Instant deadline, String name) {
        Instant began = means.clock().instant();
        Trail trail = session.call().trail().part();
        String outcome = "internal_error";
        Integer status = null;
        if (!planned.tool().handling().safe()) {
            session.done().add(name);
        }
        try {
            StepOutcome came = sent(session, facts, keyed(session, request, name), deadline, trail);
            outcome =
                    came instanceof StepOutcome.Failed failed ? failed.result().outcome() : "ok";
            status = came.exchange() == null ? null : came.exchange().status();
            if (came instanceof StepOutcome.Failed failed && (trail.attempts() == 0 || didNothing(failed, facts))) {
                session.done().remove(name);
            }
            return came;
        } finally {
            session.call()
                    .steps()
                    .add(new AuditEvent.Step(
                            name,
                            planned.tool().work().label(),
                            outcome,
                            trail.attempts(),
                            status,
                            trail.cache().word(),
                            Duration.between(began, means.clock().instant())));
        }
    }

    /** By the status, or by the owner's word an answer in which the platform says itself that it did nothing. */
    private boolean didNothing(StepOutcome.Failed failed, Facts facts) {
        Exchange exchange = failed.exchange();
        return exchange != null
                && (Failures.isRefusal(exchange.status())
                        || failed.result().outcome().equals(UpstreamErrors.WITHIN)
                        || !Failures.said(planned.curation().errors(), facts.after(exchange))
                                .isEmpty());
    }

    /** When what the platform had no room for would do; null where it is not told, or something else came of it. */
    @Nullable
    Duration after(StepOutcome outcome) {
        Exchange exchange = outcome.exchange();
        return outcome instanceof StepOutcome.Failed && exchange != null && exchange.status() == TOO_MANY
                ? mapper.after(exchange)
                : null;
    }

    /** Each step is a call of its own for the platform, also one that is done again. */
    private Ready.Request keyed(Session session, Ready.Request request, String name) {
        String key = session.call().idempotencyKey() + "-" + name + "-" + session.left();
        return new Ready.Request(
                request.bound().keyed(planned.tool().handling().keyHeader(), key),
                request.elsewhere(),
                request.minted());
    }

    private StepOutcome sent(Session session, Facts facts, Ready.Request request, Instant deadline, Trail trail) {
        try {
            if (request.elsewhere() != null) {
                UpstreamResponse response = means.sender()
                        .elsewhere(
                                request.elsewhere().upstream(),
                                session.call().caller(),
                                planned.tool(),
                                elsewhere(request, deadline, trail));
                return judged(session, facts, request, new Answered(response, request.minted()));
            }
            return switch (means.sender().send(session.call().caller(), sent, request.bound(), deadline, trail)) {
                case Sender.Sent.NotNarrowed refused -> failed(new ToolResult.NotNarrowed(refused.why()), null);
                case Sender.Sent.NotNarrowedNow unavailable -> failed(UpstreamErrors.notNarrowedNow(), null);
                case Sender.Sent.Answered answered -> {
                    session.secrets().add(answered.token());
                    yield judged(session, facts, request, new Answered(answered.response(), answered.token()));
                }
            };
        } catch (UpstreamException e) {
            return failed(mapper.map(session.call().caller(), e), null);
        }
    }

    private UpstreamRequest elsewhere(Ready.Request request, Instant deadline, Trail trail) {
        Binding.Bound bound = request.bound();
        return new UpstreamRequest(
                bound.method(),
                bound.target(),
                bound.headers(),
                bound.body(),
                request.minted(),
                planned.tool().handling().repeatable()
                        || bound.isKeyed(planned.tool().handling().keyHeader()),
                planned.tool().handling().safe(),
                deadline,
                trail);
    }

    private StepOutcome judged(Session session, Facts facts, Ready.Request request, Answered answered) {
        UpstreamResponse response = answered.response();
        String origin = request.elsewhere() == null
                ? means.delivery().origin().toString()
                : request.elsewhere().origin();
        Exchange exchange = Exchanges.of(planned.tool(), request.bound(), origin, response);
        Facts after = facts.after(exchange);
        ObjectNode outputs = outputs(after);
        if (!secretOutputs.stream().allMatch(secret -> session.secrets().keep(outputs.path(secret)))) {
            return Failures.unkept(planned.step().id());
        }
        var criteria = planned.step().successCriteria();
        boolean success = criteria.isEmpty()
                ? mapper.isSuccess(response)
                : criteria.stream().allMatch(one -> one.holds(after));
        if (success) {
            if (response.status() == 202) {
                session.notes().add("The platform works on " + planned.step().id() + " (202); it is not done yet");
            }
            return new StepOutcome.Succeeded(outputs, exchange);
        }
        return new StepOutcome.Failed(failure(session, after, request, answered), outputs, exchange);
    }

    private ObjectNode outputs(Facts after) {
        ObjectNode outputs = JsonNodeFactory.instance.objectNode();
        planned.step().outputs().forEach((name, value) -> {
            JsonNode found = value.in(after);
            if (!found.isMissingNode()) {
                outputs.set(name, found);
            }
        });
        return outputs;
    }

    /** In the owner's place for it, else in the platform's words, else in ours. */
    private ToolResult failure(Session session, Facts after, Ready.Request request, Answered answered) {
        UpstreamResponse response = answered.response();
        String said = Failures.said(planned.curation().errors(), after);
        int status = response.status();
        boolean own = request.elsewhere() == null
                && Objects.equals(answered.token(), session.call().caller().token());
        ToolResult plain = mapper.isSuccess(response)
                ? new ToolResult.UpstreamError(
                        status,
                        "step_failed",
                        "The platform answered " + status + ", which is no success for the step "
                                + planned.step().id() + ".")
                : mapper.map(session.call().carrying(answered.token()), own, response);
        return !said.isEmpty() && plain instanceof ToolResult.UpstreamError error
                ? new ToolResult.UpstreamError(
                        status, error.outcome(), session.secrets().mask(said))
                : plain;
    }

    private Ready refused(String why) {
        return new Ready.Refused(Failures.refused(planned.step().id(), why));
    }

    private static StepOutcome failed(ToolResult result, @Nullable Exchange exchange) {
        return new StepOutcome.Failed(result, JsonNodeFactory.instance.objectNode(), exchange);
    }
}
