package dev.wayleave.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One mapping of the configuration tree. Whoever reads it asks for each key by name; {@link #read} then refuses the keys
 * that nobody asked for, so that a key that does nothing cannot exist.
 */
public final class Settings {
    private final String path;
    private final Node.Mapping mapping;
    private final UnaryOperator<String> placeholders;
    private final Set<String> asked = new LinkedHashSet<>();

    Settings(String path, Node.Mapping mapping, UnaryOperator<String> placeholders) {
        this.path = path;
        this.mapping = mapping;
        this.placeholders = placeholders;
    }

    /**
     * Reads this mapping with a function that asks for all the keys it knows.
     *
     * @throws InvalidConfiguration where a key is left over, with the nearest one that was asked for
     */
    public <T> T read(Function<Settings, T> reader) {
        T result = reader.apply(this);
        for (String key : mapping.entries().keySet()) {
            if (!asked.contains(key)) {
                throw new InvalidConfiguration(path(key) + " is not a key (" + file(key) + "); " + nearest(key));
            }
        }
        return result;
    }

    public Optional<String> text(String key) {
        return node(key).map(node -> scalar(key, node));
    }

    /**
     * A text that must be there.
     *
     * @param purpose completes "it …" in what is said where it is missing
     */
    public String required(String key, String purpose) {
        return text(key)
                .filter(text -> !text.isBlank())
                .orElseThrow(() ->
                        new InvalidConfiguration(path(key) + " is missing (" + mapping.file() + "): it " + purpose));
    }

    /**
     * A secret: what stands there, or comes from an environment variable or property, or with {@code file:} the text of a
     * file. It is never shown, and neither is how the file spells it.
     */
    public Optional<String> secret(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!(node.get() instanceof Node.Scalar scalar)) {
            throw new InvalidConfiguration(path(key) + " must be a text, not a list or a mapping (" + file(key) + ")");
        }
        try {
            String secret = SecretText.of(placeholders.apply(scalar.text()));
            if (secret.isBlank()) {
                throw new InvalidConfiguration(path(key) + " is empty (" + file(key) + ")");
            }
            return Optional.of(secret);
        } catch (IOException e) {
            throw new InvalidConfiguration(path(key) + " (" + file(key)
                    + ") names a file that cannot be read, is larger than 64 KiB or not UTF-8");
        } catch (InvalidConfiguration e) {
            throw e;
        } catch (RuntimeException e) {
            throw new InvalidConfiguration(
                    path(key) + " (" + file(key) + ") names an environment variable or property that is not set");
        }
    }

    public boolean flag(String key, boolean otherwise) {
        return choice(key, Map.of("true", true, "false", false), otherwise);
    }

    /** One of a few words. */
    public <T> T choice(String key, Map<String, T> choices, T otherwise) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        T chosen = choices.get(text.get());
        if (chosen == null) {
            throw wrong(
                    key,
                    "one of "
                            + String.join(
                                    ", ", choices.keySet().stream().sorted().toList()));
        }
        return chosen;
    }

    public int count(String key, int otherwise, int least, int most) {
        return parsed(
                        key,
                        "a whole number from " + least + " to " + most,
                        text -> Optional.of(Integer.parseInt(text)).filter(n -> n >= least && n <= most))
                .orElse(otherwise);
    }

    /** Such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 4h}; more than nothing. */
    public Duration duration(String key, Duration otherwise) {
        return parsed(key, "a duration such as 500ms, 30s or 5m", Durations::parse)
                .orElse(otherwise);
    }

    /** An absolute {@code http} or {@code https} URL without user information, query or fragment. */
    public Optional<URI> url(String key) {
        return parsed(
                key, "an absolute http or https URL without user information, query or fragment", Settings::toUrl);
    }

    /** A list of texts; a single text is a list of one. */
    public List<String> texts(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get() instanceof Node.Sequence sequence) {
            return sequence.items().stream().map(item -> scalar(key, item)).toList();
        }
        return List.of(scalar(key, node.get()));
    }

    /** A list of lists of texts, such as {@code [[org], [workspace, user]]}. */
    public List<List<String>> textLists(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof Node.Sequence outer)) {
            throw wrong(key, "a list of lists");
        }
        List<List<String>> lists = new ArrayList<>();
        for (Node item : outer.items()) {
            if (!(item instanceof Node.Sequence inner)) {
                throw wrong(key, "a list of lists, such as [[org]]");
            }
            lists.add(inner.items().stream().map(text -> scalar(key, text)).toList());
        }
        return List.copyOf(lists);
    }

    public Optional<Settings> child(String key) {
        return node(key).map(node -> child(key, node));
    }

    /** The mappings below a key, by name, in their order. */
    public Map<String, Settings> children(String key) {
        Map<String, Settings> children = new LinkedHashMap<>();
        child(key)
                .ifPresent(parent ->
                        parent.mapping.entries().forEach((name, node) -> children.put(name, parent.child(name, node))));
        return children;
    }

    /** The mappings of a list, each to be read. */
    public List<Settings> list(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof Node.Sequence sequence)) {
            throw wrong(key, "a list");
        }
        List<Settings> list = new ArrayList<>();
        for (Node item : sequence.items()) {
            list.add(child(key + "[" + list.size() + "]", item));
        }
        return list;
    }

    /** Lists of texts below a key, by names that are free, in their order. */
    public Map<String, List<String>> textsByName(String key) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        child(key)
                .ifPresent(parent ->
                        parent.mapping.entries().keySet().forEach(name -> lists.put(name, parent.texts(name))));
        return lists;
    }

    /** Whether there is such a key. */
    public boolean has(String key) {
        return node(key).isPresent();
    }

    /** A digest of all that stands under a key, with what placeholders and files of secrets hold now. */
    public Optional<String> digest(String key) {
        return node(key).map(node -> Spelling.digest(node, placeholders));
    }

    /** The same of all of this mapping. */
    public String digest() {
        return Spelling.digest(mapping, placeholders);
    }

    /** What is wrong with a key of this mapping; shows the value as the file spells it, never what it resolves to. */
    public InvalidConfiguration wrong(String key, String expected) {
        String found =
                mapping.entries().get(key) instanceof Node.Scalar scalar ? shown(scalar.text()) : "something else";
        return new InvalidConfiguration(path(key) + " must be " + expected + ", not " + found + " (" + file(key) + ")");
    }

    /** The full name of this mapping. */
    public String path() {
        return path;
    }

    /** The full name of one of this mapping's keys. */
    public String path(String key) {
        return path + "." + key;
    }

    /** The file that a key stands in, or that this mapping stands in where there is no such key. */
    public String file(String key) {
        Node node = mapping.entries().get(key);
        return node == null ? mapping.file() : node.file();
    }

    private <T> Optional<T> parsed(String key, String expected, Function<String, Optional<T>> parser) {
        Optional<String> text = text(key);
        try {
            Optional<T> value = text.flatMap(parser);
            if (value.isPresent() || text.isEmpty()) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw wrong(key, expected);
    }

    private static Optional<URI> toUrl(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            return web && bare && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Optional<Node> node(String key) {
        asked.add(key);
        return Optional.ofNullable(mapping.entries().get(key));
    }

    private Settings child(String key, Node node) {
        if (!(node instanceof Node.Mapping child)) {
            throw wrong(key, "a mapping");
        }
        return new Settings(path(key), child, placeholders);
    }

    private String scalar(String key, Node node) {
        if (!(node instanceof Node.Scalar scalar)) {
            throw new InvalidConfiguration(path(key) + " must be a text, not a list or a mapping (" + file(key) + ")");
        }
        try {
            return placeholders.apply(scalar.text());
        } catch (RuntimeException e) {
            throw new InvalidConfiguration(path(key) + " (" + file(key) + ") names an environment variable or property"
                    + " that is not set: " + shown(scalar.text()));
        }
    }

    /** A text with an {@code @} may be a URL that holds a password. */
    private static String shown(String text) {
        return text.contains("@") ? "what stands there" : "'" + text + "'";
    }

    private String nearest(String key) {
        return Nearest.to(key, asked)
                .map(found -> "the nearest one is " + path(found))
                .orElse("the keys here are " + String.join(", ", asked));
    }
}
