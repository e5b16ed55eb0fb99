package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.tool.StepCuration;
import dev.wayleave.workflow.Facts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Does a step once for each element of a list, a few at a time. All of them are looked at before the first is sent; what
 * became of each is told in the list's order, and none is sent twice but what the platform had no room for at first.
 */
record FanOut(String step, StepCall calls, StepCuration.ForEach each, InstantSource clock) {
    private static final int AT_A_TIME = 4;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST_PROBLEMS = 10;

    StepOutcome run(Session session, Facts facts, Instant deadline) {
        JsonNode items = each.items().in(facts);
        if (!items.isArray() || items.size() > each.atMost()) {
            return invalid(List.of("step " + step + ": needs a list of at most " + each.atMost() + " to go through"));
        }
        List<Facts> own = new ArrayList<>();
        List<StepCall.Ready.Request> requests = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (JsonNode item : items) {
            Facts with = with(facts, item);
            switch (calls.prepare(session, with)) {
                case StepCall.Ready.Request request -> {
                    own.add(with);
                    requests.add(request);
                }
                case StepCall.Ready.Refused refused -> {
                    if (!(refused.result() instanceof ToolResult.InvalidArguments unfit)) {
                        return new StepOutcome.Failed(refused.result(), empty(), null);
                    }
                    int index = own.size() + problems.size();
                    problems.add("item " + index + ": " + String.join("; ", unfit.problems()));
                }
            }
        }
        if (!problems.isEmpty()) {
            return invalid(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
        }
        return told(session, sent(session, own, requests, deadline));
    }

    private Facts with(Facts facts, JsonNode item) {
        ObjectNode inputs = facts.inputs().deepCopy();
        inputs.set(each.as(), item);
        return new Facts(inputs, facts.steps(), facts.workflows(), facts.outputs(), null);
    }

    /** In the list's order; null for what was not sent, because there was no time left. */
    private List<@Nullable StepOutcome> sent(
            Session session, List<Facts> own, List<StepCall.Ready.Request> requests, Instant deadline) {
        Semaphore places = new Semaphore(AT_A_TIME);
        Pace pace = new Pace(each.perSecond() == null ? Duration.ZERO : SECOND.dividedBy(each.perSecond()));
        List<FutureTask<@Nullable StepOutcome>> tasks = new ArrayList<>();
        List<@Nullable StepOutcome> outcomes = new ArrayList<>();
        try {
            for (int i = 0; i < requests.size(); i++) {
                int index = i;
                places.acquire();
                FutureTask<@Nullable StepOutcome> task = new FutureTask<>(() -> {
                    try {
                        return sent(session, own.get(index), requests.get(index), deadline, index, pace);
                    } finally {
                        places.release();
                    }
                });
                tasks.add(task);
                Thread.ofVirtual().start(task);
            }
            for (FutureTask<@Nullable StepOutcome> task : tasks) {
                outcomes.add(task.get());
            }
            return outcomes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Once more where the platform says when it will have room: so far it did nothing. */
    private @Nullable StepOutcome sent(
            Session session, Facts own, StepCall.Ready.Request request, Instant deadline, int index, Pace pace)
            throws InterruptedException {
        StepOutcome last = null;
        Duration wait = Duration.ZERO;
        for (int turn = 0; turn < 2 && wait != null; turn++) {
            Instant begin = pace.take(clock.instant().plus(wait));
            if (!begin.isBefore(deadline)) {
                return last;
            }
            session.call().trail().cancellation().rest(Duration.between(clock.instant(), begin));
            last = calls.send(session, own, request, deadline, step + "[" + index + "]");
            wait = calls.after(last);
        }
        return last;
    }

    /** Times to begin at, so far apart at least; whoever comes later than that begins at once. */
    private static final class Pace {
        private final Duration apart;
        private Instant next = Instant.MIN;

        private Pace(Duration apart) {
            this.apart = apart;
        }

        private synchronized Instant take(Instant earliest) {
            Instant taken = next.isAfter(earliest) ? next : earliest;
            next = taken.plus(apart);
            return taken;
        }
    }

    private StepOutcome told(Session session, List<@Nullable StepOutcome> outcomes) {
        ObjectNode outputs = empty();
        ArrayNode items = outputs.putArray("items");
        int succeeded = 0;
        StepOutcome.Failed first = null;
        for (StepOutcome outcome : outcomes) {
            ObjectNode item = items.addObject().put("ok", outcome instanceof StepOutcome.Succeeded);
            switch (outcome) {
                case null -> item.put("error", "There was no time left; this one was not sent.");
                case StepOutcome.Succeeded one -> {
                    succeeded++;
                    item.setAll(one.outputs());
                }
                case StepOutcome.Failed one -> {
                    first = first == null ? one : first;
                    if (one.exchange() != null) {
                        item.put("status", one.exchange().status());
                    }
                    item.put("error", session.secrets().mask(Failures.text(one.result())));
                }
            }
        }
        int failed = outcomes.size() - succeeded;
        outputs.put("succeeded", succeeded).put("failed", failed);
        if (failed > 0 && succeeded > 0) {
            session.notes()
                    .add(failed + " of " + outcomes.size() + " failed in the step " + step
                            + ", and were not tried again; the others are done");
        }
        if (succeeded > 0 || failed == 0) {
            return new StepOutcome.Succeeded(outputs, null);
        }
        ToolResult why = first == null
                ? new ToolResult.UpstreamError(null, "upstream_timeout", "There was no time left. Nothing was sent.")
                : Failures.after(
                        "None of the " + failed + " succeeded. The first: ",
                        first.result(),
                        new ToolResult.Answer(0, List.of(), outputs.toString(), false));
        return new StepOutcome.Failed(why, outputs, first == null ? null : first.exchange());
    }

    private static StepOutcome invalid(List<String> problems) {
        return new StepOutcome.Failed(new ToolResult.InvalidArguments(problems), empty(), null);
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }
}
