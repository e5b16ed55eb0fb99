package dev.wayleave.platform;

import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that is mounted, each on a path of its own. */
public final class Platforms {
    private final List<Platform> all;

    private Platforms(List<Platform> all) {
        this.all = List.copyOf(all);
    }

    /** Builds every platform below {@code platforms}; a fault in one stops them all. */
    public static Platforms read(Settings root, PlatformFactory factory) {
        List<Platform> platforms = new ArrayList<>();
        Map<String, String> paths = new HashMap<>();
        Map<String, Settings> children = root.children("platforms");
        if (children.isEmpty()) {
            throw new InvalidConfiguration(root.path("platforms") + " is empty (" + root.file("platforms")
                    + "): it names the APIs to serve, each with an openapi and an upstream.url");
        }
        children.forEach((name, settings) -> {
            Platform platform = factory.make(name, children.size() == 1, settings);
            String other = paths.putIfAbsent(platform.path(), name);
            if (other != null) {
                throw new InvalidConfiguration(settings.path("path") + " (" + settings.file("path") + ") is "
                        + platform.path() + ", which " + root.path("platforms") + "." + other
                        + " has already; give each platform a path of its own");
            }
            platforms.add(platform);
        });
        factory.checkAll(platforms);
        return new Platforms(platforms);
    }

    public List<Platform> all() {
        return all;
    }
}
