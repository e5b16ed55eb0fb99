package dev.wayleave.command;

import java.net.URI;
import java.nio.file.Path;

/** What a newcomer needs to connect a client to the sandbox, ready to copy. */
final class SandboxGreeting {
    private SandboxGreeting() {}

    static String of(URI mcp, URI issuer, Path data) {
        return """

                Wayleave is up, with the sandbox platform behind it.

                  MCP URL   %1$s
                  sign-in   %2$s   (no password: pick an organization and what the agent may do)
                  audit     %3$s

                Connect a client:

                  Claude Code   claude mcp add --transport http wayleave %1$s      then /mcp to sign in
                  Cursor        {"mcpServers": {"wayleave": {"url": "%1$s"}}}      in .cursor/mcp.json
                  Inspector     npx @modelcontextprotocol/inspector --cli %1$s --transport http --method tools/list
                  curl          curl -i %1$s -H 'Content-Type: application/json' -d '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
                                (401, and where to sign in)

                Ctrl-C stops it.""".formatted(mcp, issuer, data.resolve("audit.jsonl"));
    }
}
