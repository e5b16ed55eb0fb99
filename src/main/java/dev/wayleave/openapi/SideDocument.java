package dev.wayleave.openapi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A document beside a description that is none itself, such as one of workflows: its tree with places, and the schemas in
 * it, read within the limits of a description. Nothing is fetched.
 */
public final class SideDocument {
    private final Place root;
    private final Findings findings = new Findings();
    private final Schemas schemas;

    private SideDocument(Documents documents) {
        this.root = Place.rootOf(documents.first());
        Version jsonSchema = Version.V3_1;
        this.schemas = new Schemas(jsonSchema, new References(documents, jsonSchema), findings);
    }

    /** Reads one; its schemas may refer to files beside it. */
    public static SideDocument read(Path file) throws DocumentException {
        return new SideDocument(Documents.of(file));
    }

    /** Reads one that has no file, such as a resource. */
    public static SideDocument read(String name, byte[] bytes) throws DocumentException {
        return new SideDocument(Documents.of(name, bytes));
    }

    /** The whole of it. */
    public Place root() {
        return root;
    }

    /** The JSON Schema (2020-12) of values that are taken in; empty, and told, where it cannot be read. */
    public Optional<Schema> schema(Place place) {
        try {
            return Optional.of(schemas.at(place, Direction.REQUEST));
        } catch (Unreadable e) {
            findings.error(e.source(), e.reason());
            return Optional.empty();
        }
    }

    /** What was found in its schemas. */
    public List<Finding> findings() {
        return findings.list();
    }
}
