package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.limit.Admission;
import dev.wayleave.policy.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What came of a call. */
public sealed interface ToolResult {
    /** One word for it, for the audit. */
    String outcome();

    /**
     * It was done.
     *
     * @param status the platform's; 0 where it was not asked
     * @param structured the same as a JSON object, as text; null where the answer was not JSON, or differs
     * @param differs whether it is not what the description says
     */
    record Answer(
            int status, List<Content> content, @Nullable String structured, boolean differs) implements ToolResult {
        public Answer {
            content = List.copyOf(content);
        }

        @Override
        public String outcome() {
            return differs ? "drift" : "ok";
        }

        /** The same behind a sentence. */
        Answer after(String sentence) {
            List<Content> all = new ArrayList<>(content);
            all.addFirst(new Content.Text(sentence, 0));
            return new Answer(status, all, structured, differs);
        }

        /** The same in front of a sentence. */
        Answer before(String sentence) {
            List<Content> all = new ArrayList<>(content);
            all.add(new Content.Text(sentence, 0));
            return new Answer(status, all, structured, differs);
        }

        /** The same, told to differ from its description: nothing is withheld, and nothing is promised of it. */
        Answer differing(String place, String how) {
            String told = "The platform answered " + status + "; the answer differs from its description at " + place
                    + (how.isEmpty() ? "." : ": " + how + ".");
            List<Content> all = new ArrayList<>(content);
            if (all.getFirst() instanceof Content.Text first) {
                all.set(0, new Content.Text(told + "\n" + first.text(), first.hidden()));
            } else {
                all.addFirst(new Content.Text(told, 0));
            }
            return new Answer(status, all, null, true);
        }
    }

    /** The platform works on it, and the client can follow that. */
    record Started(TaskState task) implements ToolResult {
        @Override
        public String outcome() {
            return "ok";
        }
    }

    /**
     * How far a task is.
     *
     * @param end what came of it where it is completed, else null
     */
    record Followed(TaskState.Status status, @Nullable ToolResult end) implements ToolResult {
        @Override
        public String outcome() {
            return "ok";
        }
    }

    /**
     * The platform was asked and refused or failed, or gave no answer.
     *
     * @param status null where there was no answer
     * @param text for the model: what happened and what it can do
     * @param reserved the same without what the platform says of its own faults, unless its owner knows of it
     */
    record UpstreamError(@Nullable Integer status, String outcome, String text, String reserved) implements ToolResult {
        /** One that tells nothing of the platform's faults. */
        public UpstreamError(@Nullable Integer status, String outcome, String text) {
            this(status, outcome, text, text);
        }
    }

    /** Nothing was sent, because the arguments do not fit. */
    record InvalidArguments(List<String> problems) implements ToolResult {
        public InvalidArguments {
            problems = List.copyOf(problems);
        }

        @Override
        public String outcome() {
            return "invalid_arguments";
        }
    }

    /** There is no such tool for this caller. */
    record UnknownTool() implements ToolResult {
        @Override
        public String outcome() {
            return "unknown_tool";
        }
    }

    /** Nothing was sent, because a rule says no. */
    record Denied(Decision.Denied decision) implements ToolResult {
        @Override
        public String outcome() {
            return switch (decision) {
                case Decision.InsufficientScope scope -> "insufficient_scope";
                case Decision.MissingClaim claim -> "missing_claim";
                case Decision.Forbidden forbidden -> "forbidden";
                case Decision.Refused refused -> "refused";
            };
        }
    }

    /**
     * Nothing was sent, because there is no token that has what this call needs and nothing else.
     *
     * @param why for the audit alone
     */
    record NotNarrowed(String why) implements ToolResult {
        @Override
        public String outcome() {
            return "exchange_refused";
        }
    }

    /** Nothing was done, because nobody answered yet, or not as it takes. */
    sealed interface Unanswered extends ToolResult {}

    /**
     * Nothing was done yet: the client is to answer first, and to ask again with its answers.
     *
     * @param requests what it is asked, by name
     * @param state what it is to bring back
     */
    record InputRequired(Map<String, ObjectNode> requests, String state) implements Unanswered {
        public InputRequired {
            requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
        }

        @Override
        public String outcome() {
            return "input_required";
        }
    }

    /**
     * Nothing was done, because the client cannot be asked.
     *
     * @param lacking what it would have to be able to
     * @param text for the model, where the protocol has no better words
     */
    record CannotAsk(Set<Inputs.Ability> lacking, String text) implements Unanswered {
        public CannotAsk {
            lacking = Set.copyOf(lacking);
        }

        @Override
        public String outcome() {
            return "cannot_ask";
        }
    }

    /**
     * Nothing was done, because no person agreed.
     *
     * @param text for the model
     */
    record NotAgreed(String text) implements Unanswered {
        @Override
        public String outcome() {
            return "not_agreed";
        }
    }

    /**
     * Nothing was done, because what the client brought back is not what it was given, or was used already.
     *
     * @param text for the client
     */
    record RefusedRetry(String text) implements Unanswered {
        @Override
        public String outcome() {
            return "refused_retry";
        }
    }

    /**
     * It could not be remembered, so it was not made, or its answer is withheld.
     *
     * @param sent whether the platform was asked
     * @param safe whether the tool only reads
     */
    record NotRecorded(boolean sent, boolean safe) implements ToolResult {
        @Override
        public String outcome() {
            return "audit_unavailable";
        }
    }

    /**
     * Nothing was sent, because there is no room for it now.
     *
     * @param refused when to come back, and which limit it is
     */
    record Shed(Admission.Refused refused) implements ToolResult {
        @Override
        public String outcome() {
            return refused.outcome();
        }
    }

    /**
     * The platform refused the token itself, in the words of RFC 6750.
     *
     * @param scopes what it asks for; empty where the token is not accepted at all
     */
    record TokenRefused(int status, Set<String> scopes) implements ToolResult {
        @Override
        public String outcome() {
            return scopes.isEmpty() ? "token_refused" : "insufficient_scope";
        }
    }
}
