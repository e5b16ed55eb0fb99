package dev.wayleave.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Makes a tool of one entry of {@code x-mcp.tools}: a text with values of the caller's claims and of the configuration. */
final class StaticTool {
    private static final Handling READS = new Handling(true, true, null, null, Asks.NONE, null);
    private static final Annotations HINTS = new Annotations(true, false, true, false);

    private StaticTool() {}

    static Tool read(Extension x, CuratedWords words) throws UnusableOperation {
        String name = x.parsed(
                "name",
                "1 to 64 of A-Z, a-z, 0-9, _ and -",
                said -> OperationCuration.TOOL_NAME.matcher(said).matches() ? said : null);
        TextTemplate text = x.parsed(
                "text",
                "text of at most 32768 characters, in which {{claims.NAME}} and {{constants.NAME}} and the like stand for values",
                TextTemplate::parse);
        if (name == null || text == null) {
            throw x.wrong(name == null ? "name" : "text", "is missing");
        }
        List<Ask> asks = AskCuration.read(x);
        for (String value : text.names()) {
            if (!Work.Fixed.isValue(value) && !Ask.isAnswer(value, asks)) {
                throw x.wrong("text", "has {{" + value + "}}, which is none of claims, constants and answers");
            }
        }
        ScopeRequirement scopes = OperationCuration.scopes(x);
        String title = words.title(x.text("title"), x.at("title"));
        ObjectNode nothing = InputSchema.JSON.objectNode().put("type", "object");
        nothing.putObject("properties");
        AskCuration.fit(asks, nothing);
        return new Tool(
                name,
                title == null ? name : title,
                words.text(x.text("description"), Words.DESCRIPTION_LENGTH, x.at("description")),
                nothing.put("additionalProperties", false),
                null,
                HINTS,
                scopes == null ? new ScopeRequirement(List.of(Set.of()), true, "x-mcp.tools of " + x.source()) : scopes,
                List.of(),
                List.of(),
                READS.asking(new Asks(asks, Set.of(), null)),
                null,
                new Work.Fixed(text, x.source()));
    }
}
