package dev.wayleave.command;

import dev.wayleave.openapi.DocumentException;
import dev.wayleave.platform.PlatformAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of which platform something is asked, and what is assumed of what only the platform itself could tell. */
final class AccessOptions {
    @Option(
            names = "--config",
            description = "A configuration file, beside those of MICRONAUT_CONFIG_FILES; repeatable, a later one wins.")
    private List<Path> files = List.of();

    @Option(names = "--platform", description = "One of the configuration's platforms, where it has several.")
    private @Nullable String platform;

    @Option(names = "--openapi", description = "A description alone, without any configuration.")
    private @Nullable Path openapi;

    @Option(names = "--overlay", description = "With --openapi, an overlay to apply first; repeatable.")
    private List<Path> overlays = List.of();

    @Option(names = "--workflow", description = "With --openapi, an Arazzo document; repeatable.")
    private List<Path> workflows = List.of();

    @Option(names = "--level", description = "The access level that the platform would tell, which is not asked.")
    private @Nullable String level;

    @Option(names = "--gate-open", description = "Take the platform's gate for open.")
    private boolean gateOpen;

    @Nullable
    String platform() {
        return platform;
    }

    /** Whether anything names a platform here; the environment may do so all the same. */
    boolean areGiven() {
        return platform != null || openapi != null || !files.isEmpty();
    }

    /**
     * Reads what is named.
     *
     * @throws IllegalArgumentException where the options do not fit each other
     */
    PlatformAccess access() throws DocumentException {
        PlatformAccess access = read();
        if (level != null && access.rules().level() == null) {
            throw new IllegalArgumentException("--level has no meaning where no access.level is configured");
        }
        PlatformAccess levelled = level == null ? access : access.at(level);
        return gateOpen ? levelled.open() : levelled;
    }

    /** What to know of the assumptions. */
    List<String> notes(PlatformAccess access) {
        List<String> notes = new ArrayList<>();
        var asked = access.rules().level();
        if (asked != null && level == null) {
            notes.add("the access level is the platform's to tell, which is not asked here; --level is one of "
                    + String.join(
                            ", ", asked.levels().keySet().stream().sorted().toList()));
        }
        if (access.rules().gate() != null) {
            notes.add("there is a gate before everything, and the platform is not asked about it; --gate-open takes it"
                    + " for open");
        }
        if (!access.verified()) {
            notes.add(
                    "callers.verify is none: nobody is verified, so token, scopes, groups and claims count for nothing");
        }
        return notes;
    }

    private PlatformAccess read() throws DocumentException {
        if (openapi == null) {
            if (!overlays.isEmpty() || !workflows.isEmpty()) {
                throw new IllegalArgumentException("--overlay and --workflow go with --openapi");
            }
            return ConfigurationFiles.read(files, root -> PlatformAccess.read(root, platform));
        }
        if (!files.isEmpty() || platform != null) {
            throw new IllegalArgumentException("--openapi goes without --config and --platform");
        }
        return PlatformAccess.of(ToolsCommand.catalog(openapi, overlays, workflows));
    }
}
