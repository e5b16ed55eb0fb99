package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what a {@code $ref} means: in the same document, in a file beside it, or nowhere else. */
final class References {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    /** What 2.0 and 3.0, which let nothing count beside a {@code $ref}, are nevertheless given there to say. */
    static final Set<String> BESIDE_IN_3_0 =
            Set.of("title", "description", "nullable", "x-nullable", "deprecated", "readOnly", "writeOnly", "x-mcp");

    private final Documents documents;
    private final boolean jsonSchema;
    private final IdentityHashMap<Document, Anchors> anchors = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, Place> followed = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, Unreadable> broken = new IdentityHashMap<>();
    private final Map<String, List<String>> tokens = new HashMap<>();

    References(Documents documents, Version version) {
        this.documents = documents;
        this.jsonSchema = version.hasJsonSchema();
    }

    static boolean isReference(JsonNode node) {
        return node.path("$ref").isTextual();
    }

    /** The first thing that is no reference, however many lie between; each is looked up once in a description. */
    Place follow(Place place) throws Unreadable {
        return isReference(place.node()) ? follow(place, References::isReference) : place;
    }

    /** The same for a schema, which may say more beside its reference and then is one of its own (2020-12 §8.2.3.1). */
    Place followSchema(Place place) throws Unreadable {
        return onlyRefers(place.node()) ? follow(place, this::onlyRefers) : place;
    }

    private boolean onlyRefers(JsonNode node) {
        return isReference(node)
                && (node.size() == 1 || (!jsonSchema && BESIDE_IN_3_0.stream().noneMatch(node::has)));
    }

    private Place follow(Place place, Predicate<JsonNode> passes) throws Unreadable {
        List<JsonNode> passed = new ArrayList<>();
        IdentityHashMap<JsonNode, Boolean> onTheWay = new IdentityHashMap<>();
        try {
            Place at = place;
            while (passes.test(at.node())) {
                Place known = followed.get(at.node());
                Unreadable knownBroken = broken.get(at.node());
                if (knownBroken != null) {
                    throw knownBroken;
                }
                if (known != null) {
                    at = known;
                    break;
                }
                if (onTheWay.put(at.node(), true) != null) {
                    throw new Unreadable(at.member("$ref"), "the references lead back to themselves");
                }
                passed.add(at.node());
                at = resolve(at, at.node().path("$ref").textValue());
            }
            for (JsonNode node : passed) {
                followed.put(node, at);
            }
            return at;
        } catch (Unreadable nowhere) {
            passed.forEach(node -> broken.put(node, nowhere));
            throw nowhere;
        }
    }

    /** One step. {@code from} is the object that holds the reference. */
    Place resolve(Place from, String reference) throws Unreadable {
        int hash = reference.indexOf('#');
        String uri = hash < 0 ? reference : reference.substring(0, hash);
        Place base = uri.isEmpty() ? resourceOf(from) : resource(from, uri);
        String fragment = hash < 0 ? "" : reference.substring(hash + 1);
        Place found = inside(from, base, fragment, uri.isEmpty());
        if (found == null) {
            throw new Unreadable(from.member("$ref"), "\"" + Texts.excerpt(reference) + "\" leads to nothing");
        }
        return found;
    }

    /** Null where only an instance could tell which of several schemas is meant. */
    @Nullable
    Place resolveDynamic(Place from, String reference) throws Unreadable {
        String name = reference.substring(reference.indexOf('#') + 1);
        return anchorsOf(from.document()).isAmbiguous(name) ? null : resolve(from, reference);
    }

    private @Nullable Place inside(Place from, Place base, String fragment, boolean local) throws Unreadable {
        if (fragment.isEmpty()) {
            return base;
        }
        if (!fragment.startsWith("/")) {
            return jsonSchema ? anchorsOf(base.document()).anchor(base, from, decoded(from, fragment)) : null;
        }
        List<String> path = tokensOf(from, fragment);
        Place found = walk(base, path);
        if (found == null && base.parent() != null) {
            found = walk(Place.rootOf(base.document()), path);
        }
        // Generators write `#/$defs/x` where they mean the schema they are in, not the document.
        for (Place at = from; local && found == null && at != null; at = at.parent()) {
            found = path.getFirst().equals("$defs") || path.getFirst().equals("definitions") ? walk(at, path) : null;
        }
        return found;
    }

    private Place resource(Place from, String uri) throws Unreadable {
        if (jsonSchema) {
            Anchors here = anchorsOf(from.document());
            Place named = here.resource(Anchors.resolved(here.baseOf(from), uri));
            if (named != null) {
                return named;
            }
        }
        Place at = from.member("$ref");
        if (SCHEME.matcher(uri).matches() || uri.startsWith("//")) {
            throw new Unreadable(
                    at, "\"" + Texts.excerpt(uri) + "\" is remote; only files beside the document are read");
        }
        String path = decoded(at, uri);
        if (path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf('?') >= 0 || path.indexOf('\0') >= 0) {
            throw new Unreadable(at, "\"" + Texts.excerpt(uri) + "\" is not a relative file reference");
        }
        return Place.rootOf(documents.at(at, path));
    }

    private Place resourceOf(Place from) {
        Place named = jsonSchema ? anchorsOf(from.document()).resourceAround(from) : null;
        return named != null ? named : Place.rootOf(from.document());
    }

    private static @Nullable Place walk(Place base, List<String> path) {
        Place at = base;
        for (String token : path) {
            if (at.node().isArray()) {
                int index = token.length() < 9 && token.matches("0|[1-9][0-9]*") ? Integer.parseInt(token) : -1;
                at = at.element(index);
            } else {
                at = at.member(token);
            }
            if (!at.exists()) {
                return null;
            }
        }
        return at;
    }

    private List<String> tokensOf(Place from, String fragment) throws Unreadable {
        List<String> known = tokens.get(fragment);
        if (known != null) {
            return known;
        }
        List<String> split = new ArrayList<>();
        for (String token : decoded(from, fragment).substring(1).split("/", -1)) {
            split.add(token.replace("~1", "/").replace("~0", "~"));
        }
        tokens.put(fragment, split);
        return split;
    }

    private Anchors anchorsOf(Document document) {
        return anchors.computeIfAbsent(document, Anchors::new);
    }

    /** Percent-decoding (RFC 3986 §2.1), where a sign that begins no escape stands for itself. */
    private static String decoded(Place from, String text) throws Unreadable {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            out.write(low >= 0 ? high * 16 + low : bytes[i]);
            i += low >= 0 ? 2 : 0;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new Unreadable(from, "\"" + Texts.excerpt(text) + "\" is not a percent-encoded reference");
        }
    }
}
