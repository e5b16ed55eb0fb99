package dev.wayleave.platform;

import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that is mounted, each on a path of its own. */
public final class Platforms {
    private final List<Platform> all;

    private Platforms(List<Platform> all) {
        this.all = List.copyOf(all);
    }

    /** Builds every platform below {@code platforms}; a fault in one stops them all. */
    public static Platforms read(Settings root, PlatformFactory factory) {
        List<Platform> platforms = new ArrayList<>();
        Map<String, Settings> children = root.children("platforms");
        if (children.isEmpty()) {
            throw new InvalidConfiguration(root.path("platforms") + " is empty (" + root.file("platforms")
                    + "): it names the APIs to serve, each with an openapi and an upstream.url");
        }
        try {
            make(root, factory, children, platforms);
            factory.checkAll(platforms);
        } catch (RuntimeException e) {
            platforms.forEach(Platform::close);
            throw e;
        }
        return new Platforms(platforms);
    }

    /** The files that the platforms name, whether they are there or not. */
    public static Set<Path> files(Settings root) {
        Set<Path> files = new LinkedHashSet<>();
        root.children("platforms").values().forEach(settings -> files.addAll(DescriptionFiles.named(settings)));
        return files;
    }

    private static void make(
            Settings root, PlatformFactory factory, Map<String, Settings> children, List<Platform> platforms) {
        Map<String, String> paths = new HashMap<>();
        children.forEach((name, settings) -> {
            Platform platform = factory.make(name, children.size() == 1, settings);
            platforms.add(platform);
            String other = paths.putIfAbsent(platform.path(), name);
            if (other != null) {
                throw new InvalidConfiguration(settings.path("path") + " (" + settings.file("path") + ") is "
                        + platform.path() + ", which " + root.path("platforms") + "." + other
                        + " has already; give each platform a path of its own");
            }
        });
    }

    public List<Platform> all() {
        return all;
    }
}
