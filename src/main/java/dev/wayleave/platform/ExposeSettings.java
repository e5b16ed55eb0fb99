package dev.wayleave.platform;

import dev.wayleave.config.Settings;
import dev.wayleave.tool.Selection;

/** Reads {@code expose}: which operations of a platform become tools. */
final class ExposeSettings {
    private ExposeSettings() {}

    static Selection read(Settings platform) {
        return platform.child("expose")
                .map(expose -> expose.read(s -> new Selection(
                        s.path(), s.texts("operations"), s.texts("tags"), s.texts("paths"), s.texts("methods"))))
                .orElse(Selection.ALL);
    }
}
