package dev.wayleave.tool;

import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code x-mcp.prompts}.
 *
 * @param source where it stands
 */
record PromptCuration(Prompt prompt, Source source) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Map<String, String> ROLES = Map.of("user", "user", "assistant", "assistant");

    static PromptCuration read(Extension x, CuratedWords words) throws UnusableOperation {
        String name = name(x);
        List<Prompt.Argument> arguments = x.list("arguments", argument -> argument(argument, words));
        Set<String> names = new HashSet<>();
        for (Prompt.Argument argument : arguments) {
            if (!names.add(argument.name())) {
                throw x.wrong("arguments", "has " + argument.name() + " twice");
            }
        }
        List<Prompt.Message> messages = x.list("messages", PromptCuration::message);
        if (messages.isEmpty()) {
            throw x.wrong("messages", "is missing");
        }
        List<Ask> asks = AskCuration.read(x);
        if (asks.stream().anyMatch(ask -> !ask.fill().isEmpty())) {
            throw x.wrong("asks", "fill arguments of tools; a prompt's messages name the answers");
        }
        for (Prompt.Message message : messages) {
            check(x, message, arguments, asks);
        }
        List<String> tools = x.texts("tools");
        return new PromptCuration(
                new Prompt(
                        name,
                        words.title(x.text("title"), x.at("title")),
                        words.text(x.text("description"), Words.DESCRIPTION_LENGTH, x.at("description")),
                        arguments,
                        messages,
                        asks,
                        tools == null ? List.of() : tools),
                x.source());
    }

    /** Whether a prompt speaks of what is not there, or of an earlier one's name; told, and then it is left out. */
    static boolean isUsable(
            PromptCuration one,
            Set<String> taken,
            Set<String> tools,
            List<Resource> resources,
            List<Finding> findings) {
        String why = null;
        if (!taken.add(one.prompt().name())) {
            why = "another has its name";
        }
        for (String tool : one.prompt().tools()) {
            why = tools.contains(tool) ? why : "there is no tool " + VisibleText.of(tool, 64);
        }
        for (Prompt.Message message : one.prompt().messages()) {
            if (message instanceof Prompt.Embedded embedded
                    && resources.stream().noneMatch(resource -> resource.uri().equals(embedded.uri()))) {
                why = "there is no resource " + embedded.uri();
            }
        }
        if (why != null) {
            findings.add(new Finding(
                    Finding.Severity.ERROR,
                    one.source(),
                    "the prompt " + one.prompt().name() + " is left out: " + why));
        }
        return why == null;
    }

    private static String name(Extension x) throws UnusableOperation {
        String name = x.parsed(
                "name",
                "1 to 64 of A-Z, a-z, 0-9, _, . and -",
                text -> NAME.matcher(text).matches() ? text : null);
        if (name == null) {
            throw x.wrong("name", "is missing");
        }
        return name;
    }

    private static Prompt.Argument argument(Extension x, CuratedWords words) throws UnusableOperation {
        List<String> values = x.texts("values");
        return new Prompt.Argument(
                name(x),
                words.title(x.text("title"), x.at("title")),
                words.text(x.text("description"), Words.DESCRIPTION_LENGTH, x.at("description")),
                Boolean.TRUE.equals(x.flag("required")),
                values == null ? List.of() : values);
    }

    private static Prompt.Message message(Extension x) throws UnusableOperation {
        String said = x.choice("role", ROLES);
        String role = said == null ? "user" : said;
        TextTemplate text = x.parsed(
                "text",
                "text of at most 32768 characters, in which {{name}} stands for an argument",
                TextTemplate::parse);
        UriTemplate uri = x.parsed("resource", "the URI of a resource, as `resources` spells it", UriTemplate::parse);
        if ((text == null) == (uri == null)) {
            throw x.wrong("text", "or `resource` is needed, and only one of them");
        }
        Boolean inline = x.flag("inline");
        if (text != null) {
            if (inline != null) {
                throw x.wrong("inline", "is for a resource");
            }
            return new Prompt.Text(role, text);
        }
        return new Prompt.Embedded(role, embedded(x, uri), Boolean.TRUE.equals(inline));
    }

    private static UriTemplate embedded(Extension x, @Nullable UriTemplate uri) throws UnusableOperation {
        if (uri == null) {
            throw x.wrong("resource", "is missing");
        }
        return uri;
    }

    /** Every name in a message is an argument's, and a URI is never left with a hole. */
    private static void check(Extension x, Prompt.Message message, List<Prompt.Argument> arguments, List<Ask> asks)
            throws UnusableOperation {
        List<String> names = switch (message) {
            case Prompt.Text text -> text.text().names();
            case Prompt.Embedded embedded -> embedded.uri().names();
        };
        for (String name : names) {
            boolean known = arguments.stream()
                    .anyMatch(argument ->
                            argument.name().equals(name) && (argument.required() || message instanceof Prompt.Text));
            if (!known && !(message instanceof Prompt.Text && Ask.isAnswer(name, asks))) {
                throw x.wrong(
                        "messages",
                        message instanceof Prompt.Text
                                ? "name " + name + ", which is no argument"
                                : "name " + name + ", which is no required argument");
            }
        }
    }
}
