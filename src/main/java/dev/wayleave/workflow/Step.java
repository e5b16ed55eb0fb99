package dev.wayleave.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a workflow (Arazzo 1.1, "Step Object"), with what the workflow says of all its steps.
 *
 * @param body null for none
 * @param timeout the longest that it may take; null for as long as the call may
 * @param dependsOn ids of steps that must be done before
 * @param extensions its {@code x-*} members
 */
public record Step(
        String id,
        Target target,
        List<StepParameter> parameters,
        @Nullable Payload body,
        List<Criterion> successCriteria,
        List<Action> onSuccess,
        List<Action> onFailure,
        Map<String, Value> outputs,
        @Nullable Duration timeout,
        List<String> dependsOn,
        Map<String, JsonNode> extensions,
        Source source) {
    /** What it calls. */
    public sealed interface Target {
        /**
         * An operation of the platform's description.
         *
         * @param named its id, or method and path such as {@code GET /pets}
         */
        record Operation(String named) implements Target {}

        /** Another workflow of the same document. */
        record Workflow(String id) implements Target {}
    }

    public Step {
        parameters = List.copyOf(parameters);
        successCriteria = List.copyOf(successCriteria);
        onSuccess = List.copyOf(onSuccess);
        onFailure = List.copyOf(onFailure);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        dependsOn = List.copyOf(dependsOn);
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    /** Everything that it asks. */
    public List<Expression> expressions() {
        List<Expression> asked = new ArrayList<>();
        Stream<Value> values = parameters.stream().map(StepParameter::value);
        Stream<Value> bodies = body == null
                ? Stream.of()
                : Stream.concat(
                        Stream.of(body.value()), body.replacements().stream().map(Payload.Replacement::value));
        Stream.of(values, bodies, outputs.values().stream())
                .flatMap(all -> all)
                .flatMap(Value::expressions)
                .forEach(asked::add);
        successCriteria.stream().flatMap(Criterion::expressions).forEach(asked::add);
        for (Action action :
                Stream.concat(onSuccess.stream(), onFailure.stream()).toList()) {
            action.criteria().stream().flatMap(Criterion::expressions).forEach(asked::add);
            action.parameters().stream()
                    .flatMap(one -> one.value().expressions())
                    .forEach(asked::add);
        }
        return asked;
    }

    /** The steps and workflows whose outputs it asks, and the steps that it says it depends on. */
    public Set<String> needs() {
        Set<String> needs = new LinkedHashSet<>(dependsOn);
        expressions().stream()
                .map(Expression::owner)
                .filter(owner -> !owner.isEmpty())
                .forEach(needs::add);
        needs.remove(id);
        return needs;
    }
}
