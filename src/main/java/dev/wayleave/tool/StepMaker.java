package dev.wayleave.tool;

import dev.wayleave.openapi.ApiDescription;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Operation;
import dev.wayleave.workflow.Payload;
import dev.wayleave.workflow.Step;
import dev.wayleave.workflow.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes what a step calls of an operation, exposed or not: its body is one argument. */
final class StepMaker {
    private final ApiDescription api;
    private final Headers headers;
    private final SchemaBudget size;

    StepMaker(ApiDescription api, Headers headers, SchemaBudget size) {
        this.size = size;
        this.api = api;
        this.headers = headers;
    }

    /** Makes it under the name of the tool that it is part of. */
    Tool make(String named, String name, Step step) throws UnusableOperation {
        for (Operation operation : api.operations()) {
            if (Selection.isOperation(named, operation)) {
                return make(operation, name, step);
            }
        }
        throw new UnusableOperation(
                step.source(), "calls " + VisibleText.of(named, 100) + ", which is no operation of the description");
    }

    private Tool make(Operation operation, String name, Step step) throws UnusableOperation {
        Payload body = step.body();
        String type = body == null ? null : body.contentType();
        if (type != null && operation.requestBody() != null) {
            boolean same = BodyChoice.of(operation.requestBody())
                    .map(choice -> choice.type().essence().equals(type))
                    .orElse(false);
            if (!same) {
                throw new UnusableOperation(
                        step.source(), "sends " + VisibleText.of(type, 64) + ", which is not taken");
            }
        }
        Boolean reads = StepCuration.of(step).safe();
        if (Boolean.TRUE.equals(reads)
                && !operation.isSafe()
                && !operation.method().equals("POST")) {
            throw new UnusableOperation(step.source(), "is `safe` by `x-mcp`, which no " + operation.method() + " is");
        }
        List<Finding> findings = new ArrayList<>();
        try {
            return new ToolMaker(operation, ArgumentStyle.BODY, headers, size, saidBy(step))
                    .make(name, OperationCuration.of(operation).asStep(reads), findings);
        } catch (UnusableOperation e) {
            throw new UnusableOperation(
                    step.source(),
                    "calls " + operation.method() + " " + operation.path() + ", of which " + e.getMessage());
        }
    }

    /** What the step's owner wrote down in so many words, which only hides from agents; nothing that an agent sends gets there. */
    private static Predicate<ArgumentPath> saidBy(Step step) {
        return path -> path.steps().isEmpty()
                ? step.parameters().stream().anyMatch(one -> one.name().equals(path.argument()))
                : path.argument().equals(ArgumentNames.BODY)
                        && step.body() != null
                        && said(step.body().value(), path.steps());
    }

    private static boolean said(Value value, List<ArgumentPath.Step> way) {
        if (way.isEmpty()) {
            return true;
        }
        if (value instanceof Value.Members members && way.getFirst() instanceof ArgumentPath.Step.Member member) {
            Value next = members.members().get(member.name());
            return next != null && said(next, way.subList(1, way.size()));
        }
        return false;
    }
}
