package dev.wayleave.openapi;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Compares {@code extends} with the description that an overlay is applied to. Who configured the two decides, so that a
 * difference is told and no more; nothing is ever fetched.
 */
final class OverlayTarget {
    private OverlayTarget() {}

    static void check(Overlay overlay, Document document, Findings findings) {
        Place target = overlay.target();
        if (target != null && differs(overlay, target.node().textValue(), document)) {
            findings.warning(
                    target,
                    "is written for \"" + Texts.excerpt(target.node().textValue()) + "\" and applied to "
                            + document.name());
        }
    }

    private static boolean differs(Overlay overlay, String reference, Document document) {
        try {
            URI wanted = base(overlay).resolve(reference);
            String self = document.root().path("$self").asText("");
            if (!self.isEmpty() && URI.create(self).isAbsolute() && wanted.isAbsolute() && !isFile(wanted)) {
                return !wanted.equals(URI.create(self));
            }
            Path file = document.file();
            return isFile(wanted)
                    && file != null
                    && !Path.of(wanted).normalize().equals(file.toAbsolutePath().normalize());
        } catch (RuntimeException notComparable) {
            return false;
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
