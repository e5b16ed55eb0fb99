package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wayleave.policy.Decision;
import dev.wayleave.tool.VisibleText;
import dev.wayleave.workflow.Expression;
import dev.wayleave.workflow.Facts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told of a step that failed, by itself or in the failure of the whole. */
final class Failures {
    private static final int LONGEST_MESSAGE = 2_048;

    private Failures() {}

    /** What stands in the first of the owner's places for it that has anything; empty for nothing. */
    static String said(List<Expression> places, Facts facts) {
        for (Expression place : places) {
            JsonNode found = place.in(facts);
            String words = found.isContainerNode() && !found.isEmpty() ? ErrorWords.of(found) : found.asText();
            String said = words.isBlank() && found.isContainerNode() && !found.isEmpty() ? found.toString() : words;
            if (!said.isBlank() && !found.isNull()) {
                return VisibleText.of(said, LONGEST_MESSAGE);
            }
        }
        return "";
    }

    /** Whether a status says that nothing was done: the request was refused, and not only late. */
    static boolean isRefusal(int status) {
        return status >= 400 && status < 500 && status != 408;
    }

    /** A step that is not sent. */
    static ToolResult refused(String step, String why) {
        return new ToolResult.UpstreamError(
                null, "step_refused", "The step " + step + " " + why + ". Nothing was sent by it.");
    }

    /** A step that got a credential which nobody could keep out of what is told; nothing of its answer is. */
    static StepOutcome unkept(String step) {
        return new StepOutcome.Failed(
                new ToolResult.UpstreamError(
                        null,
                        "step_refused",
                        "The step " + step
                                + " got a credential that cannot be kept secret, because it is too short or no"
                                + " bearer token. It is not used."),
                JsonNodeFactory.instance.objectNode(),
                null);
    }

    static String text(ToolResult result) {
        return switch (result) {
            case ToolResult.UpstreamError error -> error.text();
            case ToolResult.InvalidArguments unfit -> String.join("; ", unfit.problems());
            case ToolResult.Denied denied ->
                denied.decision() instanceof Decision.Refused refused
                        ? refused.told()
                        : "The caller may not do this. Nothing was sent.";
            case ToolResult.TokenRefused refused -> "The platform did not accept the caller's token for this.";
            case ToolResult.NotNarrowed refused -> "There is no token that is narrow enough. Nothing was sent.";
            case ToolResult.Unanswered unanswered -> "Somebody must answer first. Nothing was sent.";
            case ToolResult.NotRecorded forgotten -> "It could not be remembered.";
            case ToolResult.Shed shed -> "There is no room for it now. Nothing was sent.";
            case ToolResult.UnknownTool unknown -> "There is no such tool.";
            case ToolResult.Started started -> "The platform works on it.";
            case ToolResult.Followed followed -> "The platform works on it.";
            case ToolResult.Answer answer -> "The platform answered " + answer.status() + ".";
        };
    }

    /** The same behind a sentence and with what became of each, where it is told in sentences. */
    static ToolResult after(String sentence, ToolResult result, ToolResult.Answer parts) {
        return result instanceof ToolResult.UpstreamError error
                ? new ToolResult.UpstreamError(error.status(), error.outcome(), sentence + error.text(), parts)
                : result;
    }

    /**
     * As it ends a whole call: what was done before it stays done, and is told.
     *
     * @param parts what became of the elements of a list of which none succeeded; null for no such list
     */
    static ToolResult ending(Session session, ToolResult result, ToolResult.@Nullable Answer parts) {
        boolean told = result instanceof ToolResult.UpstreamError;
        if (session.done().isEmpty() && !told) {
            return result;
        }
        Integer status = result instanceof ToolResult.UpstreamError error ? error.status() : null;
        String before = session.done().isEmpty()
                ? ""
                : " Sent before it ended, and not undone: " + String.join(", ", session.done()) + ".";
        return result instanceof ToolResult.TokenRefused
                ? result
                : new ToolResult.UpstreamError(
                        status, result.outcome(), session.secrets().mask(text(result) + before), parts);
    }
}
