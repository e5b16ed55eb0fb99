package dev.wayleave.platform;

import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.seal.Seal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of what clients carry from one request to the next, shared by all instances. */
final class SealSettings {
    private static final Logger LOG = LoggerFactory.getLogger(SealSettings.class);
    private static final int MOST_KEYS = 8;

    private SealSettings() {}

    /** Without a key, one that ends with this process; that is told. */
    static Seal read(Settings root, RandomGenerator random) {
        Optional<String> keys = root.child("seal").flatMap(seal -> seal.read(s -> s.secret("key")));
        if (keys.isPresent()) {
            return new Seal(keys(root, keys.get()), random);
        }
        LOG.warn(
                "{} is not set: what one instance asks of a person or lists in pages, no other instance can go on with",
                root.path("seal.key"));
        byte[] own = new byte[Seal.KEY_LENGTH];
        random.nextBytes(own);
        return new Seal(List.of(own), random);
    }

    private static List<byte[]> keys(Settings root, String text) {
        List<byte[]> keys = new ArrayList<>();
        for (String key : text.strip().split("[,\\s]+", -1)) {
            byte[] bytes = decoded(key);
            if (bytes.length != Seal.KEY_LENGTH || keys.size() == MOST_KEYS) {
                throw new InvalidConfiguration(root.path("seal.key") + " (" + root.file("seal") + ") must be 1 to "
                        + MOST_KEYS + " keys of " + Seal.KEY_LENGTH
                        + " bytes in Base64, parted by commas, such as `openssl rand -base64 32` makes");
            }
            keys.add(bytes);
        }
        return keys;
    }

    private static byte[] decoded(String key) {
        try {
            return Base64.getDecoder().decode(key);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
