package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.ApiDescription;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Source;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code x-mcp} says of the whole document.
 *
 * @param title of the server, for people
 * @param instructions for models: how to use the tools together
 * @param prefix of the names of the tools that ask the platform
 * @param arguments how a body stands among the arguments of an operation that does not say
 * @param tools those that tell a text
 * @param exposeAll whether operations are exposed that do not say
 * @param errors what is known of the platform's errors; the first that fits counts
 */
record DocumentCuration(
        @Nullable String title,
        @Nullable String instructions,
        String prefix,
        ArgumentStyle arguments,
        boolean exposeAll,
        List<ResourceCuration> resources,
        List<PromptCuration> prompts,
        List<Tool> tools,
        List<ErrorRule> errors) {
    private static final int INSTRUCTIONS_LENGTH = 4_096;
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]{1,16}");
    private static final DocumentCuration NONE =
            new DocumentCuration(null, null, "", ArgumentStyle.FLAT, true, List.of(), List.of(), List.of(), List.of());

    /**
     * A fault here is one of the whole document.
     *
     * @param findings where it is told what of its words is lost
     */
    static DocumentCuration of(ApiDescription api, List<Finding> findings) throws DocumentException {
        JsonNode extension = api.extensions().get(Extension.NAME);
        try {
            return extension == null
                    ? NONE
                    : Extension.read(extension, api.source(), x -> read(x, new CuratedWords(findings)));
        } catch (UnusableOperation e) {
            Source source = e.source();
            throw new DocumentException(source == null ? api.source() : source, String.valueOf(e.getMessage()));
        }
    }

    private static DocumentCuration read(Extension x, CuratedWords words) throws UnusableOperation {
        String title = words.title(x.text("title"), x.at("title"));
        String instructions = words.text(x.text("instructions"), INSTRUCTIONS_LENGTH, x.at("instructions"));
        String prefix = x.parsed(
                "prefix",
                "1 to 16 of A-Z, a-z, 0-9, _ and -",
                text -> PREFIX.matcher(text).matches() ? text : null);
        ArgumentStyle arguments = x.choice("arguments", ArgumentStyle.BY_NAME);
        return new DocumentCuration(
                title,
                instructions,
                prefix == null ? "" : prefix,
                arguments == null ? ArgumentStyle.FLAT : arguments,
                !Boolean.FALSE.equals(x.flag("expose")),
                x.list("resources", resource -> ResourceCuration.read(resource, words)),
                x.list("prompts", prompt -> PromptCuration.read(prompt, words)),
                x.list("tools", tool -> StaticTool.read(tool, words)),
                x.list("errors", error -> ErrorRule.read(error, words)));
    }
}
