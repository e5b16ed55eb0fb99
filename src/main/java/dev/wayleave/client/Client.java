package dev.wayleave.client;

/** A family of clients that shares its limits; spelled as on the command line. */
public enum Client {
    claude("mcp__%s__%s"),
    openai("%2$s"),
    gemini("mcp_%s_%s"),
    cursor("%s%s"),
    vscode("mcp_%s_%s");

    private final String fullName;

    Client(String fullName) {
        this.fullName = fullName;
    }

    /** What the model is told that a tool is called. */
    String fullName(String server, String tool) {
        return fullName.formatted(server, tool);
    }
}
