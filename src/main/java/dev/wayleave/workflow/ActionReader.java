package dev.wayleave.workflow;

import dev.wayleave.openapi.Place;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads criteria and the actions that have them. */
final class ActionReader {
    private static final int MOST = 50;
    private static final int MOST_RETRIES = 10;
    private static final BigDecimal LONGEST_PAUSE = BigDecimal.valueOf(3_600);
    private final Components components;
    private final ValueReader values;
    private final boolean withParameters;

    /** @param withParameters whether the version lets actions pass parameters on */
    ActionReader(Components components, ValueReader values, boolean withParameters) {
        this.components = components;
        this.values = values;
        this.withParameters = withParameters;
    }

    List<Criterion> criteria(Fields fields, String key) throws InvalidWorkflow {
        List<Criterion> criteria = new ArrayList<>();
        for (Place place : fields.list(key, MOST)) {
            criteria.add(criterion(new Fields(place, "a criterion")));
        }
        return criteria;
    }

    /**
     * The actions of a step: its own, and those of its workflow that it does not override.
     *
     * @param success whether they follow success
     */
    List<Action> actions(Fields step, Fields workflow, boolean success) throws InvalidWorkflow {
        Map<String, Action> actions = new LinkedHashMap<>();
        for (Action own : actions(step, success ? "onSuccess" : "onFailure", success)) {
            actions.put(own.name(), own);
        }
        for (Action common : actions(workflow, success ? "successActions" : "failureActions", success)) {
            actions.putIfAbsent(common.name(), common);
        }
        return List.copyOf(actions.values());
    }

    private List<Action> actions(Fields owner, String key, boolean success) throws InvalidWorkflow {
        Map<String, Action> actions = new LinkedHashMap<>();
        for (Place place : owner.list(key, MOST)) {
            Place found = components.object(place, success ? "successActions" : "failureActions");
            Action action = action(new Fields(found, "an action"), success);
            if (actions.put(action.name(), action) != null) {
                throw new InvalidWorkflow(place, "the action " + action.name() + " stands here twice");
            }
        }
        return List.copyOf(actions.values());
    }

    private Action action(Fields fields, boolean success) throws InvalidWorkflow {
        String name = fields.required("name");
        Action.Type type = switch (fields.required("type")) {
            case "end" -> Action.Type.END;
            case "goto" -> Action.Type.GOTO;
            case "retry" -> Action.Type.RETRY;
            default -> throw new InvalidWorkflow(fields.member("type"), "is no type of action");
        };
        String step = fields.text("stepId");
        String workflow = fields.text("workflowId");
        if (success && type == Action.Type.RETRY) {
            throw new InvalidWorkflow(fields.member("type"), "success is not retried");
        }
        if (step != null && workflow != null) {
            throw new InvalidWorkflow(fields.member("workflowId"), "an action has `stepId` or `workflowId`, not both");
        }
        if (type == Action.Type.GOTO && step == null && workflow == null) {
            throw new InvalidWorkflow(fields.place(), "goes nowhere: it needs a `stepId` or a `workflowId`");
        }
        List<StepParameter> parameters = withParameters ? parameters(fields) : List.of();
        Duration pause = success ? Duration.ZERO : pause(fields);
        long limit = success ? 0 : fields.number("retryLimit", 1, MOST_RETRIES);
        List<Criterion> criteria = criteria(fields, "criteria");
        fields.end();
        return new Action(name, type, step, workflow, parameters, pause, (int) limit, criteria);
    }

    private List<StepParameter> parameters(Fields fields) throws InvalidWorkflow {
        List<StepParameter> parameters = new ArrayList<>();
        for (Place place : fields.list("parameters", MOST)) {
            Components.Referred found = components.parameter(place);
            Fields parameter = new Fields(found.object(), "a parameter");
            String name = parameter.required("name");
            Value value = values.value(found.value(parameter));
            parameter.end();
            parameters.add(new StepParameter(name, null, value));
        }
        return parameters;
    }

    private static Duration pause(Fields fields) throws InvalidWorkflow {
        Place place = fields.member("retryAfter");
        if (!place.exists()) {
            return Duration.ZERO;
        }
        boolean number = place.node().isNumber();
        BigDecimal seconds = number ? place.node().decimalValue() : BigDecimal.ONE.negate();
        if (seconds.signum() < 0 || seconds.compareTo(LONGEST_PAUSE) > 0) {
            throw new InvalidWorkflow(place, "`retryAfter` is a number of seconds from 0 to " + LONGEST_PAUSE);
        }
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }

    private Criterion criterion(Fields fields) throws InvalidWorkflow {
        String condition = fields.required("condition");
        Place type = fields.member("type");
        String name = type.exists() ? ValueReader.type(type) : "simple";
        boolean simple = name.equals("simple");
        if (!Set.of("simple", "regex", "jsonpath").contains(name)) {
            throw new InvalidWorkflow(type, "`type` is simple, regex or jsonpath here");
        }
        try {
            if (simple) {
                fields.member("context");
                fields.end();
                return new Criterion.Simple(SimpleCondition.parse(condition));
            }
            Expression context = values.expression(fields, "context");
            fields.end();
            Template template = Template.parse(condition);
            return name.equals("regex")
                    ? Criterion.Matches.of(context, template)
                    : Criterion.Selects.of(context, template);
        } catch (InvalidExpression e) {
            throw new InvalidWorkflow(fields.member("condition"), String.valueOf(e.getMessage()));
        }
    }
}
