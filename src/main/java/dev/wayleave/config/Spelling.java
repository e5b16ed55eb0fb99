package dev.wayleave.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.DigestUtils;

/** Tells whether a part of the configuration is still the same, without keeping what it says. */
final class Spelling {
    private final MessageDigest digest;
    private final UnaryOperator<String> placeholders;

    private Spelling(MessageDigest digest, UnaryOperator<String> placeholders) {
        this.digest = digest;
        this.placeholders = placeholders;
    }

    static String digest(Node node, UnaryOperator<String> placeholders) {
        Spelling spelling = new Spelling(DigestUtils.getSha256Digest(), placeholders);
        spelling.add(node);
        return HexFormat.of().formatHex(spelling.digest.digest());
    }

    private void add(Node node) {
        switch (node) {
            case Node.Scalar scalar -> add('s', meant(scalar.text()));
            case Node.Sequence sequence -> {
                add('l', String.valueOf(sequence.items().size()));
                sequence.items().forEach(this::add);
            }
            case Node.Mapping mapping -> {
                add('m', String.valueOf(mapping.entries().size()));
                new TreeMap<>(mapping.entries()).forEach((key, child) -> {
                    add('k', key);
                    add(child);
                });
            }
        }
    }

    /** With its length, so that no two things are spelled alike. */
    private void add(char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((kind + ":" + bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /** What cannot be resolved stands for itself; whoever reads it will say so. */
    private String meant(String text) {
        try {
            return SecretText.of(placeholders.apply(text));
        } catch (IOException | RuntimeException e) {
            return text;
        }
    }
}
