package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.tool.Ask;
import dev.wayleave.tool.Asks;
import dev.wayleave.tool.TextTemplate;
import dev.wayleave.tool.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request's way through what is asked first. An answer counts for what was asked in the state that comes with it;
 * without a state, only where nothing can be harmed.
 */
final class Conversation {
    private static final String CONFIRMATION = "confirmation";
    private static final String CONFIRM = "confirm";
    private static final String NOT_OURS =
            "requestState is not good for this request: it was changed, has expired, or belongs"
                    + " to another caller, to something else or to other arguments. Begin again without it.";
    private static final String UNREADABLE = "The values are more than a person can be shown, which is " + AskWords.MOST
            + " characters. Nothing was done; ask for less at once.";
    private final Asking asking;
    private final Asking.Subject subject;
    private final Inputs inputs;
    private final @Nullable AskState brought;
    private final Map<String, ObjectNode> answers;
    private String agreed = "";
    private boolean claimed;

    Conversation(Asking asking, Asking.Subject subject, Inputs inputs) {
        this.asking = asking;
        this.subject = subject;
        this.inputs = inputs;
        String handle = inputs.state();
        this.brought = handle == null ? null : asking.open(subject, handle).orElse(null);
        this.answers = new LinkedHashMap<>(brought == null ? Map.of() : brought.answers());
    }

    /** How it was agreed to, behind the reason of a decision; empty where nobody had to. */
    String agreed() {
        return agreed;
    }

    Map<String, ObjectNode> answers() {
        return answers;
    }

    /**
     * What stops the call, as far as asks do: a question, or an answer that is none.
     *
     * @param needed arguments without which the work cannot be done
     */
    Optional<ToolResult.Unanswered> ask(List<Ask> asks, Set<String> needed) {
        if (inputs.state() != null && brought == null) {
            return Optional.of(new ToolResult.RefusedRetry(NOT_OURS));
        }
        List<Ask> open = new ArrayList<>();
        for (Ask ask : asks) {
            Optional<ToolResult.Unanswered> stop = take(ask);
            if (stop.isPresent()) {
                return stop;
            }
            if (!answers.containsKey(ask.name()) && isNeeded(ask, needed)) {
                open.add(ask);
            }
        }
        int round = open.stream().mapToInt(Ask::round).min().orElse(0);
        List<Ask> next = open.stream().filter(ask -> ask.round() == round).toList();
        return next.isEmpty() ? Optional.empty() : Optional.of(questions(next));
    }

    /** Takes the answer to one ask, where there is one that counts. */
    private Optional<ToolResult.Unanswered> take(Ask ask) {
        JsonNode response = inputs.responses().get(ask.name());
        boolean counts = brought == null ? subject.safe() : brought.asked().contains(ask.name());
        if (response == null || !counts) {
            return Optional.empty();
        }
        return switch (asking.read(ask.question(), response)) {
            case AskAnswer.Read.Given given -> {
                answers.put(ask.name(), given.fields());
                yield Optional.empty();
            }
            case AskAnswer.Read.Malformed malformed ->
                Optional.of(new ToolResult.RefusedRetry("inputResponses." + ask.name() + " " + malformed.why() + "."));
            case AskAnswer.Read.Declined declined -> {
                answers.put(ask.name(), JsonNodeFactory.instance.objectNode());
                yield ask.optional() ? Optional.empty() : Optional.of(declined(declined));
            }
        };
    }

    private static ToolResult.Unanswered declined(AskAnswer.Read.Declined declined) {
        return new ToolResult.NotAgreed(
                declined.cancelled()
                        ? "The person closed the question without an answer. Nothing was done."
                        : "The person declined. Nothing was done.");
    }

    /** Not where the agent gave what the answer is for, nor where nobody must answer and nobody can. */
    private boolean isNeeded(Ask ask, Set<String> needed) {
        Set<String> filled = ask.fill().keySet();
        boolean some = filled.stream().anyMatch(needed::contains);
        boolean given = !filled.isEmpty()
                && filled.stream()
                        .filter(argument -> !some || needed.contains(argument))
                        .allMatch(subject.arguments()::hasNonNull);
        return !given && (can(ask) || !ask.optional());
    }

    private boolean can(Ask ask) {
        return inputs.abilities().contains(ability(ask.question()));
    }

    private static Inputs.Ability ability(Ask.Question question) {
        return switch (question) {
            case Ask.Form form -> Inputs.Ability.FORM;
            case Ask.Url url -> Inputs.Ability.URL;
            case Ask.Sampling sampling -> Inputs.Ability.SAMPLING;
            case Ask.Roots roots -> Inputs.Ability.ROOTS;
        };
    }

    private ToolResult.Unanswered questions(List<Ask> asks) {
        List<Ask> impossible = asks.stream().filter(ask -> !can(ask)).toList();
        if (!impossible.isEmpty()) {
            Set<Inputs.Ability> lacking = new LinkedHashSet<>();
            Set<String> arguments = new LinkedHashSet<>();
            for (Ask ask : impossible) {
                lacking.add(ability(ask.question()));
                arguments.addAll(ask.fill().keySet());
            }
            return new ToolResult.CannotAsk(
                    lacking,
                    "This needs an answer that your client cannot be asked for. Nothing was done."
                            + (arguments.isEmpty() ? "" : " Give it as: " + String.join(", ", arguments) + "."));
        }
        Map<String, ObjectNode> requests = new LinkedHashMap<>();
        for (Ask ask : asks) {
            Optional<ObjectNode> request = AskWords.request(ask.question(), subject.arguments(), answers);
            if (request.isEmpty()) {
                return new ToolResult.NotAgreed(UNREADABLE);
            }
            requests.put(ask.name(), request.get());
        }
        return questions(requests);
    }

    private ToolResult.Unanswered questions(Map<String, ObjectNode> requests) {
        AskState state = brought == null ? asking.fresh() : brought;
        return asking.seal(subject, state.asking(requests.keySet(), answers))
                .<ToolResult.Unanswered>map(handle -> new ToolResult.InputRequired(requests, handle))
                .orElseGet(() -> new ToolResult.RefusedRetry("The answers are too long."));
    }

    /** The arguments with what the answers fill, and what is still missing of it. */
    ObjectNode filled(Asks asks, ObjectNode given, List<String> missing) {
        ObjectNode filled = given.deepCopy();
        for (Ask ask : asks.list()) {
            ObjectNode answer = answers.get(ask.name());
            ask.fill().forEach((argument, pointer) -> {
                JsonNode value = answer == null ? null : answer.at(pointer);
                if (!filled.hasNonNull(argument) && value != null && !value.isMissingNode()) {
                    filled.set(argument, value);
                }
            });
        }
        for (String argument : asks.needed()) {
            if (!filled.has(argument)) {
                missing.add("argument " + argument + " is missing, and no answer has it");
            }
        }
        return filled;
    }

    /** What stops the call until a person agrees. */
    Optional<ToolResult.Unanswered> confirm(Tool tool, ObjectNode arguments) {
        Asks.Confirmation confirmation = tool.handling().asks().confirmation();
        if (confirmation == null) {
            return Optional.empty();
        }
        if (!inputs.abilities().contains(Inputs.Ability.FORM)) {
            return unaskable(confirmation, arguments);
        }
        Ask.Form form =
                AskWords.agreement(tool, arguments).map(Conversation::agreement).orElse(null);
        if (form == null) {
            return Optional.of(new ToolResult.NotAgreed(UNREADABLE));
        }
        JsonNode response = brought != null && brought.asked().contains(CONFIRMATION)
                ? inputs.responses().get(CONFIRMATION)
                : null;
        if (response == null) {
            return AskWords.request(form, arguments, answers).map(asked -> questions(Map.of(CONFIRMATION, asked)));
        }
        return switch (asking.read(form, response)) {
            case AskAnswer.Read.Given given ->
                given.fields().path(CONFIRM).asBoolean()
                        ? agreed("; a person agreed")
                        : Optional.of(declined(new AskAnswer.Read.Declined(false)));
            case AskAnswer.Read.Declined declined -> Optional.of(declined(declined));
            case AskAnswer.Read.Malformed malformed ->
                Optional.of(
                        new ToolResult.RefusedRetry("inputResponses." + CONFIRMATION + " " + malformed.why() + "."));
        };
    }

    private static Ask.Form agreement(String text) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties").putObject(CONFIRM).put("type", "boolean").put("title", "Yes, do it");
        schema.putArray("required").add(CONFIRM);
        return new Ask.Form(new TextTemplate(List.of(text)), schema);
    }

    private Optional<ToolResult.Unanswered> agreed(String how) {
        agreed = how;
        return Optional.empty();
    }

    private Optional<ToolResult.Unanswered> unaskable(Asks.Confirmation confirmation, ObjectNode arguments) {
        return switch (confirmation.otherwise()) {
            case ALLOW -> agreed("; nobody could be asked");
            case REFUSE ->
                Optional.of(new ToolResult.CannotAsk(
                        Set.of(Inputs.Ability.FORM),
                        "A person must agree to this, and your client cannot be asked. Nothing was done."));
            case ARGUMENT -> {
                String argument = String.valueOf(confirmation.argument());
                yield arguments.path(argument).asBoolean()
                        ? agreed("; the agent says that a person agreed")
                        : Optional.of(new ToolResult.NotAgreed(
                                "A person must agree to this. Nothing was done. Tell the person exactly what this call"
                                        + " does, and call it again with " + argument
                                        + ": true only where that person agrees."));
            }
        };
    }

    /** What keeps it from being done a second time. */
    Optional<ToolResult.Unanswered> once(Tool tool) {
        boolean harmless = subject.safe() || tool.handling().keyHeader() != null;
        if (brought == null || harmless) {
            return Optional.empty();
        }
        if (!asking.mayDo(brought)) {
            return Optional.of(new ToolResult.RefusedRetry(
                    "This is done only by the instance that asked, and another one was reached. Nothing was done."));
        }
        return switch (asking.done().claim(brought.once(), subject.caller())) {
            case FIRST -> {
                claimed = true;
                yield Optional.empty();
            }
            case AGAIN ->
                Optional.of(new ToolResult.RefusedRetry(
                        "What this leads to was already sent, or may have been, and is not sent again. Begin anew without"
                                + " requestState."));
            case TOO_MANY ->
                Optional.of(new ToolResult.RefusedRetry(
                        "More was agreed to than can be kept from being done twice. Nothing was done; try again in some"
                                + " minutes."));
        };
    }

    /** Nothing was sent, so that the same request may lead to it later. */
    void giveBack() {
        if (claimed && brought != null) {
            asking.done().giveBack(brought.once());
        }
    }

    /** The same for every retry with the same answers; null where nothing was asked. */
    @Nullable
    String key() {
        return brought == null ? null : brought.once();
    }
}
