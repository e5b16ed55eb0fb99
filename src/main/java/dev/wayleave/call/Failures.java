package dev.wayleave.call;

import dev.wayleave.policy.Decision;

/** What is told of a step that failed, by itself or in the failure of the whole. */
final class Failures {
    private Failures() {}

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

    /** The same behind a sentence, where it is told in sentences. */
    static ToolResult after(String sentence, ToolResult result) {
        return result instanceof ToolResult.UpstreamError error
                ? new ToolResult.UpstreamError(error.status(), error.outcome(), sentence + error.text())
                : result;
    }

    /** As it ends a whole call: what was done before it stays done, and is told. */
    static ToolResult ending(Session session, ToolResult result) {
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
                        status, result.outcome(), session.secrets().mask(text(result) + before));
    }
}
