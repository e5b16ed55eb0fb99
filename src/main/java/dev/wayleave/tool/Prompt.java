package dev.wayleave.tool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words that a person chooses to begin with (MCP 2026-07-28, server/prompts).
 *
 * @param asks what is asked before it is given
 * @param tools the names of those that a caller must be offered, to be offered the prompt
 */
public record Prompt(
        String name,
        @Nullable String title,
        @Nullable String description,
        List<Argument> arguments,
        List<Message> messages,
        List<Ask> asks,
        List<String> tools) {
    public Prompt {
        arguments = List.copyOf(arguments);
        messages = List.copyOf(messages);
        asks = List.copyOf(asks);
        tools = List.copyOf(tools);
    }

    /**
     * What a person is asked for.
     *
     * @param values all that it may be; empty where it may be anything
     */
    public record Argument(
            String name, @Nullable String title, @Nullable String description, boolean required, List<String> values) {
        public Argument {
            values = List.copyOf(values);
        }
    }

    /** One message, by the role that says it: {@code user} or {@code assistant}. */
    public sealed interface Message {
        String role();
    }

    /** A text, with the arguments in their places. */
    public record Text(String role, TextTemplate text) implements Message {}

    /**
     * What stands under a resource's URI, with the arguments for its variables.
     *
     * @param inline whether it stands in the message itself, an image as an image, and not as a resource
     */
    public record Embedded(String role, UriTemplate uri, boolean inline) implements Message {}
}
