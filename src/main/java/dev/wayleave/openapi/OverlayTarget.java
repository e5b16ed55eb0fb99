package dev.wayleave.openapi;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Compares {@code extends} with the description that an overlay is applied to. Who configured the two decides, so that a
 * difference, or that there is nothing to compare, is told and no more; nothing is ever fetched.
 */
final class OverlayTarget {
    private OverlayTarget() {}

    /** The document that targets begin in: the file of the description that {@code extends} names, else the first. */
    static Document of(Overlay overlay, Document first, Collection<Document> all, Findings findings) {
        Place target = overlay.target();
        if (target == null) {
            return first;
        }
        String reference = target.node().textValue();
        URI wanted = wanted(overlay, reference);
        String message = "is written for \"" + Texts.excerpt(reference) + "\"";
        if (wanted != null && isFile(wanted) && first.file() != null) {
            Path path = Path.of(wanted).normalize();
            for (Document document : all) {
                if (path.equals(document.file())) {
                    return document;
                }
            }
            findings.warning(target, message + " and applied to " + first.name());
            return first;
        }
        String self = first.root().path("$self").asText("");
        if (wanted == null || self.isEmpty() || !wanted.isAbsolute() || !isAbsolute(self)) {
            findings.warning(target, message + ", which cannot be compared with " + first.name());
        } else if (!wanted.toString().equals(self)) {
            findings.warning(target, message + " and applied to " + self);
        }
        return first;
    }

    private static boolean isAbsolute(String uri) {
        try {
            return URI.create(uri).isAbsolute();
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    private static @Nullable URI wanted(Overlay overlay, String reference) {
        try {
            URI wanted = base(overlay).resolve(reference);
            return isFile(wanted) ? Path.of(wanted).toUri() : wanted;
        } catch (IllegalArgumentException | FileSystemNotFoundException notOne) {
            return null;
        }
    }

    private static boolean isFile(URI uri) {
        return "file".equals(uri.getScheme());
    }

    private static URI base(Overlay overlay) {
        @Nullable Path file = overlay.file();
        URI own = file == null ? URI.create("") : file.toUri();
        Place self = overlay.self();
        return self == null ? own : own.resolve(self.node().textValue());
    }
}
