package dev.wayleave.tool;

import dev.wayleave.openapi.Source;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code x-mcp.resources}; null is what it does not say.
 *
 * @param operation its id, or method and path
 * @param source where it stands
 */
record ResourceCuration(
        UriTemplate uri,
        String operation,
        @Nullable String name,
        @Nullable String title,
        @Nullable String description,
        @Nullable String mimeType,
        Source source) {
    static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}");

    static ResourceCuration read(Extension x, CuratedWords words) throws UnusableOperation {
        UriTemplate uri = x.parsed(
                "uri",
                "a URI such as pets://shops/{shop}/pets, under a scheme of its own, with {name} for a whole part of it",
                UriTemplate::parse);
        String operation = x.text("operation");
        if (uri == null || operation == null) {
            throw x.wrong(uri == null ? "uri" : "operation", "is missing");
        }
        return new ResourceCuration(
                uri,
                operation,
                words.title(x.text("name"), x.at("name")),
                words.title(x.text("title"), x.at("title")),
                words.text(x.text("description"), Words.DESCRIPTION_LENGTH, x.at("description")),
                x.parsed(
                        "mimeType",
                        "a media type such as application/json",
                        text -> MEDIA_TYPE.matcher(text).matches() ? text : null),
                x.source());
    }
}
