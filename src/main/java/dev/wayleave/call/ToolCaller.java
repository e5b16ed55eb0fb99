package dev.wayleave.call;

/** Calls a tool. The flow and what is wrapped around it are of this one shape. */
public interface ToolCaller {
    /** Calls it and says what came of it; never throws for anything that the caller or the platform did. */
    ToolResult call(ToolCall call);
}
