package dev.wayleave.platform;

import dev.wayleave.audit.AuditKeys;
import dev.wayleave.audit.AuditLog;
import dev.wayleave.audit.BrokenAuditException;
import dev.wayleave.audit.DurableLog;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How calls are remembered.
 *
 * @param values tools and arguments, such as {@code get_pet.id}, that are remembered with their values
 * @param place of the settings, for what is said about them
 */
public record AuditSettings(DurableLog.Options options, Set<String> values, String place) {
    private static final int USUAL_SIZE = 128 << 20;
    private static final int LEAST_SIZE = 64 << 10;
    private static final int USUAL_REFUSALS = 100;
    private static final AuditSettings USUAL = new AuditSettings(
            new DurableLog.Options(null, null, false, USUAL_SIZE, USUAL_REFUSALS), Set.of(), "wayleave.audit");

    public AuditSettings {
        values = Set.copyOf(values);
    }

    static AuditSettings read(Settings root) {
        return root.child("audit").map(audit -> audit.read(AuditSettings::of)).orElse(USUAL);
    }

    /** Opens the log; there is no serving without it. */
    public AuditLog open(SecureRandom random, InstantSource clock) {
        try {
            return DurableLog.open(options, random, clock);
        } catch (IOException e) {
            throw new InvalidConfiguration(
                    place + " cannot be written, or is written by another process: " + options.file());
        } catch (BrokenAuditException e) {
            throw new InvalidConfiguration(place + ": " + options.file() + " " + e.what());
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(place + ": " + options.file() + ".key " + e.getMessage());
        }
    }

    /** Refuses a name of a value that no tool has: it would never be remembered. */
    void check(List<Catalog> catalogs) {
        Set<String> unknown = new LinkedHashSet<>(values);
        for (Catalog catalog : catalogs) {
            forget(unknown, catalog.tools());
            forget(unknown, catalog.readable().byName().values());
        }
        if (!unknown.isEmpty()) {
            throw new InvalidConfiguration(
                    place + " lists values of what is no tool's argument: " + String.join(", ", unknown));
        }
    }

    private static void forget(Set<String> names, Collection<Tool> tools) {
        for (Tool tool : tools) {
            for (Slot slot : tool.slots()) {
                names.remove(tool.name() + "." + slot.argument());
            }
        }
    }

    private static AuditSettings of(Settings s) {
        Path file = s.text("file").map(Path::of).orElse(null);
        boolean mayForget = s.choice("on-failure", Map.of("deny", false, "log", true), false);
        AuditKeys keys = s.secret("key").map(pem -> key(s, pem)).orElse(null);
        return new AuditSettings(
                new DurableLog.Options(
                        file,
                        keys,
                        mayForget,
                        s.count("max-bytes", USUAL_SIZE, LEAST_SIZE, Integer.MAX_VALUE),
                        s.count("refusals-per-second", USUAL_REFUSALS, 0, 1_000_000)),
                Set.copyOf(s.texts("values")),
                s.path("file") + " (" + s.file("file") + ")");
    }

    private static AuditKeys key(Settings s, String pem) {
        try {
            return AuditKeys.parse(pem);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(s.path("key") + " (" + s.file("key")
                    + ") must be an Ed25519 key in PEM (PKCS #8), better as file:/path than as it is; it "
                    + e.getMessage());
        }
    }
}
