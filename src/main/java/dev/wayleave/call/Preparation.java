package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.tool.ArgumentPath;
import dev.wayleave.tool.ArgumentPath.Step;
import dev.wayleave.tool.MemberNames;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Treatment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Does with the arguments of one tool what its treatments say: some before they are checked, some after. */
final class Preparation {
    private final List<Treatment> treatments;

    Preparation(Tool tool) {
        this.treatments = tool.treatments();
    }

    /**
     * What is left to check.
     *
     * @param arguments a copy, with defaults, and numbers within their bounds
     * @param problems why nothing may be sent; empty where something may
     * @param notes what was changed, for the agent
     */
    record Prepared(ObjectNode arguments, List<String> problems, List<String> notes) {}

    Prepared prepare(ObjectNode given) {
        if (treatments.isEmpty()) {
            return new Prepared(given, List.of(), List.of());
        }
        Prepared prepared = new Prepared(given.deepCopy(), new ArrayList<>(), new ArrayList<>());
        for (Treatment treatment : treatments) {
            switch (treatment) {
                case Treatment.Hidden hidden -> refuseHidden(hidden, prepared);
                case Treatment.Forbid forbid -> refuseForbidden(forbid, prepared);
                case Treatment.ForbidOwn forbid -> refuseOwn(forbid, prepared);
                case Treatment.Default filled -> fill(filled, prepared);
                case Treatment.Clamp clamp -> clamp(clamp, prepared);
                case Treatment.Constant later -> {}
                case Treatment.Claim later -> {}
                case Treatment.Sql later -> {}
            }
        }
        return prepared;
    }

    /** The same, where arguments were healed after that; what was told then is told. */
    Prepared prepareAgain(ObjectNode healed, List<String> notes) {
        Prepared prepared = prepare(healed);
        List<String> all = new ArrayList<>(notes);
        all.addAll(prepared.notes());
        return new Prepared(prepared.arguments(), prepared.problems(), all);
    }

    /**
     * Looks at what nothing will change any more, and puts the values that no agent can set. They are not checked against
     * the schema, which does not know them.
     */
    List<String> bind(ObjectNode arguments, Caller caller) {
        List<String> problems = new ArrayList<>();
        for (Treatment treatment : treatments) {
            switch (treatment) {
                case Treatment.Constant constant -> put(arguments, constant.at(), constant.value(), problems);
                case Treatment.Claim claim -> {
                    Optional<JsonNode> value = ClaimValue.of(caller, claim.claim());
                    if (value.isPresent()) {
                        put(arguments, claim.at(), value.get(), problems);
                    } else {
                        problems.add("the token has no claim " + claim.claim());
                    }
                }
                case Treatment.Sql sql -> refuseSql(sql, arguments, problems);
                case Treatment.Hidden earlier -> {}
                case Treatment.Forbid earlier -> {}
                case Treatment.ForbidOwn earlier -> {}
                case Treatment.Default earlier -> {}
                case Treatment.Clamp earlier -> {}
            }
        }
        return problems;
    }

    private static void put(ObjectNode arguments, ArgumentPath path, JsonNode value, List<String> problems) {
        for (Spot spot : Spot.made(arguments, path)) {
            if (!spot.put(value)) {
                problems.add("argument " + path.argument() + ": must be an object where the server sets a part of it");
            }
        }
    }

    /** A hidden argument as a whole is unknown to the schema, which refuses it; here are the parts of others. */
    private static void refuseHidden(Treatment.Hidden hidden, Prepared prepared) {
        List<String> names = members(hidden.at());
        JsonNode argument = prepared.arguments().path(hidden.at().argument());
        if (!names.isEmpty() && MemberNames.at(argument, names)) {
            prepared.problems()
                    .add("argument " + hidden.at().argument() + ": " + String.join("/", names) + " is not an argument");
        }
    }

    private static void refuseForbidden(Treatment.Forbid forbid, Prepared prepared) {
        for (Spot spot : Spot.at(prepared.arguments(), forbid.at())) {
            for (String key : forbid.keys()) {
                if (MemberNames.anywhere(spot.value(), key)) {
                    prepared.problems().add("argument " + forbid.at() + ": must not contain " + key);
                }
            }
        }
    }

    /** Looked for from the argument on, which may still be JSON in a text. */
    private static void refuseOwn(Treatment.ForbidOwn forbid, Prepared prepared) {
        JsonNode argument = prepared.arguments().path(forbid.at().argument());
        for (String key : forbid.keys()) {
            List<String> path = members(forbid.at());
            path.add(key);
            if (MemberNames.exactly(argument, path)) {
                prepared.problems().add("argument " + forbid.at() + ": must not contain " + key);
            }
        }
    }

    private static List<String> members(ArgumentPath path) {
        List<String> names = new ArrayList<>();
        for (Step step : path.steps()) {
            if (step instanceof Step.Member member) {
                names.add(member.name());
            }
        }
        return names;
    }

    private static void refuseSql(Treatment.Sql sql, ObjectNode arguments, List<String> problems) {
        for (Spot spot : Spot.at(arguments, sql.at())) {
            if (spot.value().isTextual()) {
                sql.gate()
                        .refusal(spot.value().textValue())
                        .ifPresent(why -> problems.add("argument " + sql.at() + ": " + why));
            } else if (!spot.value().isMissingNode()) {
                problems.add("argument " + sql.at() + ": must be a text");
            }
        }
    }

    private static void fill(Treatment.Default filled, Prepared prepared) {
        for (Spot spot : Spot.at(prepared.arguments(), filled.at())) {
            if (spot.value().isMissingNode()) {
                spot.put(filled.value());
            }
        }
    }

    private static void clamp(Treatment.Clamp clamp, Prepared prepared) {
        for (Spot spot : Spot.at(prepared.arguments(), clamp.at())) {
            JsonNode value = spot.value();
            if (!value.isNumber()) {
                continue;
            }
            BigDecimal number = value.decimalValue();
            BigDecimal least = clamp.minimum();
            BigDecimal most = clamp.maximum();
            if (least != null && number.compareTo(least) < 0) {
                move(spot, clamp, least, "the least", prepared);
            } else if (most != null && number.compareTo(most) > 0) {
                move(spot, clamp, most, "the most", prepared);
            }
        }
    }

    private static void move(Spot spot, Treatment.Clamp clamp, BigDecimal bound, String what, Prepared prepared) {
        prepared.notes()
                .add("argument " + clamp.at() + ": " + spot.value().asText() + " was taken as " + bound.toPlainString()
                        + ", " + what + " that is allowed");
        boolean whole = bound.stripTrailingZeros().scale() <= 0;
        spot.put(whole ? BigIntegerNode.valueOf(bound.toBigInteger()) : DecimalNode.valueOf(bound));
    }
}
