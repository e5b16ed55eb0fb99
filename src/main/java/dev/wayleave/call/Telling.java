package dev.wayleave.call;

/** What is told of an answer of the platform, where there is more to it than the answer. */
interface Telling {
    /** The answer and nothing more. */
    Telling PLAIN = (call, bound, answered, plain) -> plain;

    /**
     * Tells it.
     *
     * @param bound what was sent
     * @param plain the answer as it would be told by itself
     */
    ToolResult of(ToolCall call, Binding.Bound bound, Sender.Sent.Answered answered, ToolResult plain);
}
