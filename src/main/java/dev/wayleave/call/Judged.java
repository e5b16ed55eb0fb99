package dev.wayleave.call;

/**
 * What came of a call, and why it was let through or not.
 *
 * @param reason of the decision, for the audit alone
 */
record Judged(ToolResult result, String reason) {}
