package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.workflow.Action;
import dev.wayleave.workflow.Exchange;
import dev.wayleave.workflow.Facts;
import dev.wayleave.workflow.StepParameter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** One run of a workflow: its steps in their order, those that only read side by side, and what follows each. */
final class WorkflowRun {
    private final WorkflowJob job;
    private final Session session;
    private final ObjectNode inputs;
    private final boolean whole;
    private final Map<String, ObjectNode> outputs = new ConcurrentHashMap<>();
    private final Map<String, Facts.Finished> workflows = new ConcurrentHashMap<>();
    private final Set<String> once = new HashSet<>();

    /** @param whole whether it is what was called, and no part of it */
    WorkflowRun(WorkflowJob job, Session session, ObjectNode inputs, boolean whole) {
        this.whole = whole;
        this.job = job;
        this.session = session;
        this.inputs = inputs;
    }

    /** What follows a step. */
    private sealed interface Next {
        /** Another step, by its place. */
        record Go(int index) implements Next {}

        /** Nothing. */
        record Stop(StepOutcome outcome) implements Next {}
    }

    /** The outputs of the workflow, or why it failed. */
    StepOutcome run() {
        int at = 0;
        while (at < job.steps().size()) {
            int end = job.together(at);
            if (end > at + 1) {
                StepOutcome failed = sideBySide(at, end);
                if (failed != null) {
                    return failed;
                }
                at = end;
                continue;
            }
            switch (follow(at, done(at, session.call().deadline()))) {
                case Next.Go go -> at = go.index();
                case Next.Stop stop -> {
                    return stop.outcome();
                }
            }
        }
        return finished();
    }

    /** The outputs of the workflow as far as there are any by now. */
    StepOutcome finished() {
        Facts facts = facts(null);
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        job.workflow().outputs().forEach((name, value) -> {
            JsonNode found = value.in(facts);
            if (!found.isMissingNode()) {
                all.set(name, found);
            }
        });
        return new StepOutcome.Succeeded(all, null);
    }

    private Facts facts(@Nullable Exchange exchange) {
        return new Facts(inputs, outputs, workflows, JsonNodeFactory.instance.objectNode(), exchange);
    }

    /** Does one step, unless it was done and may not be done again. */
    private StepOutcome done(int index, Instant latest) {
        WorkflowJob.Part part = job.steps().get(index);
        boolean again = !part.planned().tool().handling().repeatable() && !once.add(part.id());
        if (again) {
            return broken("step_refused", "The step " + part.id() + " would be done twice, which is not done.");
        }
        return dealt(part, latest);
    }

    private StepOutcome dealt(WorkflowJob.Part part, Instant latest) {
        Instant now = job.means().clock().instant();
        if (session.call().trail().cancellation().isCancelled()) {
            return broken("cancelled", "Nobody waited for the answer any more: it ended before " + part.id() + ".");
        }
        if (!session.mayGoOn(now)) {
            return broken(
                    "workflow_limit", "The steps took too long, or were too many: it ended before " + part.id() + ".");
        }
        Facts known = facts(null);
        String astray = job.astray(part, known);
        if (astray != null) {
            return new StepOutcome.Failed(Failures.refused(astray, WorkflowJob.ASTRAY), empty(), null);
        }
        Duration timeout = part.planned().step().timeout();
        Instant own = timeout == null ? latest : now.plus(timeout);
        StepOutcome outcome = part.work().run(session, known, own.isBefore(latest) ? own : latest, workflows);
        outputs.put(part.id(), outcome.outputs());
        if (whole) {
            session.call().steps().passed(part.id(), job.steps().size());
        }
        return outcome;
    }

    /** Each as soon as those are done that it needs. Null where all went well; else the first that did not. */
    private @Nullable StepOutcome sideBySide(int from, int end) {
        Map<String, FutureTask<StepOutcome>> tasks = new HashMap<>();
        List<WorkflowJob.Part> parts = job.steps().subList(from, end);
        for (WorkflowJob.Part part : parts) {
            List<FutureTask<StepOutcome>> before = job.needs(part).stream()
                    .filter(tasks::containsKey)
                    .map(tasks::get)
                    .toList();
            FutureTask<StepOutcome> task = new FutureTask<>(() -> {
                for (FutureTask<StepOutcome> needed : before) {
                    if (needed.get() instanceof StepOutcome.Failed failed) {
                        return failed;
                    }
                }
                return dealt(part, session.call().deadline());
            });
            tasks.put(part.id(), task);
            Thread.ofVirtual().start(task);
        }
        StepOutcome first = null;
        for (WorkflowJob.Part part : parts) {
            StepOutcome outcome = got(tasks.get(part.id()));
            first = first == null && outcome instanceof StepOutcome.Failed ? outcome : first;
        }
        return first;
    }

    private static StepOutcome got(@Nullable FutureTask<StepOutcome> task) {
        try {
            return task == null ? broken("internal_error", "") : task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Next follow(int index, StepOutcome outcome) {
        WorkflowJob.Part part = job.steps().get(index);
        Map<String, Integer> retries = new HashMap<>();
        StepOutcome last = outcome;
        while (true) {
            Action action = action(part, last, retries);
            if (action == null) {
                return last instanceof StepOutcome.Failed ? new Next.Stop(last) : new Next.Go(index + 1);
            }
            switch (action.type()) {
                case END -> {
                    return new Next.Stop(last instanceof StepOutcome.Failed ? last : finished());
                }
                case GOTO -> {
                    return action.step() != null
                            ? new Next.Go(job.indexOf(action.step()))
                            : new Next.Stop(other(action, last));
                }
                case RETRY -> {
                    retries.merge(action.name(), 1, Integer::sum);
                    StepOutcome before = before(action, last);
                    last = before instanceof StepOutcome.Failed ? before : again(index, last, action);
                    if (before instanceof StepOutcome.Failed) {
                        return new Next.Stop(before);
                    }
                }
            }
        }
    }

    /** The first whose criteria hold; a retry that is used up, late or not allowed is none. */
    private @Nullable Action action(WorkflowJob.Part part, StepOutcome outcome, Map<String, Integer> retries) {
        Facts facts = facts(outcome.exchange());
        boolean failed = outcome instanceof StepOutcome.Failed;
        for (Action action : failed
                ? part.planned().step().onFailure()
                : part.planned().step().onSuccess()) {
            boolean may = action.type() != Action.Type.RETRY
                    || (part.planned().tool().handling().repeatable()
                            && retries.getOrDefault(action.name(), 0) < action.retryLimit()
                            && job.means()
                                    .clock()
                                    .instant()
                                    .plus(pause(action, outcome))
                                    .isBefore(session.call().deadline()));
            if (may && action.criteria().stream().allMatch(one -> one.holds(facts))) {
                return action;
            }
        }
        return null;
    }

    /** What the platform asks for overrules what the workflow says. */
    private static Duration pause(Action action, StepOutcome outcome) {
        Exchange exchange = outcome.exchange();
        String asked = exchange == null ? "" : exchange.answerHeaders().getOrDefault("retry-after", "");
        return asked.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(asked)) : action.retryAfter();
    }

    private StepOutcome again(int index, StepOutcome last, Action action) {
        try {
            session.call().trail().cancellation().rest(pause(action, last));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return last;
        }
        return dealt(job.steps().get(index), session.call().deadline());
    }

    /** What is to be done before a retry. */
    private StepOutcome before(Action action, StepOutcome last) {
        if (action.step() != null) {
            return done(job.indexOf(action.step()), session.call().deadline());
        }
        return action.workflow() != null ? other(action, last) : new StepOutcome.Succeeded(empty(), null);
    }

    private StepOutcome other(Action action, StepOutcome last) {
        WorkflowJob other = job.others().get(String.valueOf(action.workflow()));
        if (other == null) {
            return broken("internal_error", "");
        }
        Facts facts = facts(last.exchange());
        ObjectNode given = empty();
        for (StepParameter parameter : action.parameters()) {
            JsonNode value = parameter.value().in(facts);
            if (!value.isMissingNode()) {
                given.set(parameter.name(), value);
            }
        }
        return other.within(session, given);
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static StepOutcome broken(String outcome, String text) {
        return new StepOutcome.Failed(new ToolResult.UpstreamError(null, outcome, text), empty(), null);
    }
}
