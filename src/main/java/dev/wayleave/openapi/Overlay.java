package dev.wayleave.openapi;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAPI Overlay document, 1.0, 1.1 or 1.2: changes to a description that is itself never edited. Read it, and hand
 * it to {@link OpenApiReader} with {@link ReadOptions}.
 */
public final class Overlay {
    /** The versions of the Overlay Specification, as far as they differ. */
    enum Version {
        V1_0("1.0"),
        V1_1("1.1"),
        V1_2("1.2");

        private final String feature;

        Version(String feature) {
            this.feature = feature;
        }

        String feature() {
            return feature;
        }

        boolean isAtLeast(Version other) {
            return compareTo(other) >= 0;
        }
    }

    private final Document document;
    private final Version version;
    private final @Nullable Place self;
    private final @Nullable Place target;
    private final List<OverlayAction> actions;

    Overlay(
            Document document,
            Version version,
            @Nullable Place self,
            @Nullable Place target,
            List<OverlayAction> actions) {
        this.document = document;
        this.version = version;
        this.self = self;
        this.target = target;
        this.actions = List.copyOf(actions);
    }

    /** Reads one, within the limits of a description. */
    public static Overlay read(Path file) throws DocumentException {
        return new OverlayReader(Documents.of(file).first()).read();
    }

    /** Reads one that has no file, such as a resource. */
    public static Overlay read(String name, byte[] bytes) throws DocumentException {
        return new OverlayReader(Documents.of(name, bytes).first()).read();
    }

    /**
     * Changes the files of a description, each overlay what the one before it left.
     *
     * @param first in which targets begin, unless the overlay is for another file of the description
     */
    static void apply(List<Overlay> overlays, Document first, FileLinks links, Findings findings)
            throws DocumentException {
        TreeCopy copies = new TreeCopy();
        for (Overlay overlay : overlays) {
            Document target = OverlayTarget.of(overlay, first, links.documents(), findings);
            for (OverlayAction action : overlay.actions) {
                new Overlaying(overlay, target, links, copies, findings).apply(action);
            }
        }
    }

    String name() {
        return document.name();
    }

    @Nullable
    Path file() {
        return document.file();
    }

    Version version() {
        return version;
    }

    /** {@code $self}, by which it names itself. */
    @Nullable
    Place self() {
        return self;
    }

    /** {@code extends}: the description that it was written for. */
    @Nullable
    Place target() {
        return target;
    }
}
