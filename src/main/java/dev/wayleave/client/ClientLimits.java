package dev.wayleave.client;

import static dev.wayleave.client.Limit.breaks;
import static dev.wayleave.client.Limit.cut;
import static dev.wayleave.client.Limit.note;

import java.util.List;
import java.util.Set;

/** The limits of each client as documented late in 2026, with who says so. */
final class ClientLimits {
    private static final String NAME_64 = "[a-zA-Z0-9_-]{1,64}";
    private static final Limit CONTEXT = cut(
            "over 50,000 tokens, a quarter of a usual context, before anything is asked",
            "our own line; samanhappy/mcphub#1082 measured 207,000 tokens for 805 tools",
            ListCheck.tokens(50_000));

    private static final String ANTHROPIC_STRICT = "Anthropic structured outputs, quoted by LangSchema";
    private static final String OPENAI_STRICT = "structured outputs guide, February 2026";

    private ClientLimits() {}

    static List<Limit> of(Client client) {
        return switch (client) {
            case claude -> CLAUDE;
            case openai -> OPENAI;
            case gemini -> GEMINI;
            case cursor -> CURSOR;
            case vscode -> VSCODE;
        };
    }

    private static final List<Limit> CLAUDE = List.of(
            breaks(
                    "name not 1 to 64 of a-z A-Z 0-9 _ -",
                    "claude.com/docs/connectors/building/review-criteria",
                    NameCheck.matches(NAME_64)),
            breaks(
                    "left out: mcp__<server>__<tool> over 128 characters",
                    "bug-ops/zeph PR #1311, Claude Code runtime",
                    NameCheck.fullLength(128)),
            breaks(
                    "tool dropped or request refused: root of the schema is composed or no object",
                    "anthropics/claude-code#710, #95504; makenotion/notion-mcp-server#340",
                    SchemaCheck.root(SchemaFeature.COMPOSITION)),
            breaks(
                    "directory refuses tools without title and hints",
                    "claude.com/docs/connectors/building/review-criteria",
                    ListCheck.titleAndHints()),
            cut(
                    "description cut at 2 KB",
                    "Claude Code documentation, quoted by agentbeck.bot/report/4600",
                    ListCheck.descriptionLength(2_048)),
            note("no strict mode: over 20 tools", ANTHROPIC_STRICT, ListCheck.toolCount(20)),
            note(
                    "no strict mode: over 24 optional arguments in all tools",
                    ANTHROPIC_STRICT,
                    SchemaCheck.totalOfAll(24, SchemaFeature::optional)),
            note(
                    "no strict mode: over 16 arguments of several types in all tools",
                    ANTHROPIC_STRICT,
                    SchemaCheck.totalOfAll(16, SchemaFeature::unions)),
            note(
                    "no strict mode: bounds on numbers, texts or lists",
                    ANTHROPIC_STRICT,
                    SchemaCheck.without(schema -> SchemaFeature.anyOf(
                            schema, Set.of("minimum", "maximum", "minLength", "maxLength", "maxItems")))),
            CONTEXT);

    private static final List<Limit> OPENAI = List.of(
            breaks(
                    "name not 1 to 64 of a-z A-Z 0-9 _ -",
                    "function names, quoted in pingdotgg/t3code PR #12084",
                    NameCheck.matches(NAME_64)),
            breaks(
                    "request refused: root of the schema is composed or no object",
                    "makenotion/notion-mcp-server#340",
                    SchemaCheck.root(SchemaFeature.COMPOSITION)),
            breaks(
                    "ChatGPT apps need all three hints on every tool",
                    "openai/plugins, mcp-tool-hint-justifications",
                    ListCheck.titleAndHints()),
            note(
                    "ChatGPT apps warn of tools without outputSchema",
                    "openai/plugins, chatgpt-app-submission",
                    ListCheck.outputSchema()),
            note(
                    "no strict mode: over 5,000 properties",
                    OPENAI_STRICT,
                    SchemaCheck.total(5_000, SchemaFeature::properties)),
            note(
                    "no strict mode: over 1,000 enum values",
                    OPENAI_STRICT,
                    SchemaCheck.total(1_000, SchemaFeature::enumValues)),
            note(
                    "no strict mode: over 120,000 characters of property names and enum values",
                    OPENAI_STRICT,
                    SchemaCheck.total(120_000, SchemaFeature::characters)),
            note("no strict mode: over 10 levels", OPENAI_STRICT, SchemaCheck.levels(10)),
            note(
                    "no strict mode: `allOf`, `not`, `if` or `dependent…`",
                    OPENAI_STRICT,
                    SchemaCheck.without(schema -> SchemaFeature.anyOf(
                            schema, Set.of("allOf", "not", "if", "dependentRequired", "dependentSchemas")))),
            CONTEXT);

    private static final List<Limit> GEMINI = List.of(
            breaks(
                    "name not 1 to 64 of letters, digits, _ . - after a letter or _",
                    "cloud.google.com FunctionDeclaration",
                    NameCheck.matches("[a-zA-Z_][a-zA-Z0-9_.-]{0,63}")),
            breaks(
                    "argument's name not 1 to 64 of letters, digits, _ . - after a letter or _",
                    "cloud.google.com FunctionDeclaration",
                    NameCheck.arguments("[a-zA-Z_][a-zA-Z0-9_.-]{0,63}")),
            cut(
                    "mcp_<server>_<tool> over 63 characters is cut in the middle",
                    "google-gemini/gemini-cli a9532b3",
                    NameCheck.fullLength(63)),
            breaks(
                    "Antigravity drops all tools: `type` is a list",
                    "PerformanceMonitor PR #1082",
                    SchemaCheck.without(SchemaFeature::listOfTypes)),
            breaks(
                    "Antigravity drops all tools: `default`",
                    "PerformanceMonitor PR #1082",
                    SchemaCheck.without(schema -> schema.has("default"))),
            breaks(
                    "refused: an enum of other than strings",
                    "CLIProxyAPI gemini_schema.go",
                    SchemaCheck.without(SchemaFeature::enumOfOtherThanText)),
            breaks(
                    "refused: `$ref`, `$defs`, `$schema` or an extension",
                    "CLIProxyAPI gemini_schema.go; google-gemini/gemini-cli PR #21963",
                    SchemaCheck.without(SchemaFeature::referenceOrExtension)),
            breaks(
                    "refused: `propertyNames` or `additionalProperties`",
                    "CLIProxyAPI gemini_schema.go",
                    SchemaCheck.without(schema -> schema.has("propertyNames") || schema.has("additionalProperties"))),
            breaks(
                    "refused: an array without `items`",
                    "CLIProxyAPI gemini_schema.go",
                    SchemaCheck.without(SchemaFeature::arrayWithoutItems)),
            CONTEXT);

    private static final List<Limit> CURSOR = List.of(
            breaks(
                    "left out: names of server and tool together over 60 characters",
                    "anytype-mcp#5; stainless.com/changelog/mcp-server-supports-client-capabilities",
                    NameCheck.fullLength(60)),
            cut("warned of: over 80 tools", "anytype-mcp#5; Snowflake-Labs/mcp#77", ListCheck.toolCount(80)),
            note(
                    "left out by older versions: over 40 tools",
                    "anytype-mcp#5; Snowflake-Labs/mcp#77",
                    ListCheck.toolCount(40)),
            note(
                    "arguments of several types may be misread",
                    "awkoy/notion-mcp-server#1",
                    SchemaCheck.without(
                            schema -> SchemaFeature.listOfTypes(schema) || SchemaFeature.composition(schema))),
            CONTEXT);

    private static final List<Limit> VSCODE = List.of(
            cut("warned of: name not of a-z 0-9 _ -", "postman-mcp-server PR #26", NameCheck.matches("[a-z0-9_-]+")),
            breaks(
                    "refused: mcp_<server>_<tool> over 64 characters",
                    "microsoft/vscode#243602",
                    NameCheck.fullLength(64)),
            breaks(
                    "request refused: over 128 tools",
                    "postman-mcp-server PR #26; mcpbundles guide",
                    ListCheck.toolCount(128)),
            CONTEXT);
}
