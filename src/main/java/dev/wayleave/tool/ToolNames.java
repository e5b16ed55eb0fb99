package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names for tools: snake_case of the {@code operationId}, else of method and path; at most 40 characters, so that a
 * client's own prefix still fits the 64 that hosts allow. A name that is too long or not alone carries a digest of its
 * operation's method and path, so that it does not depend on the document's order.
 */
final class ToolNames {
    private static final int LENGTH = 40;
    private static final int DIGEST = 6;
    private final Map<String, Integer> uses = new HashMap<>();

    ToolNames(List<Operation> operations) {
        operations.forEach(operation -> uses.merge(plain(operation), 1, Integer::sum));
    }

    String of(Operation operation) {
        String name = plain(operation);
        if (name.length() <= LENGTH && uses.getOrDefault(name, 1) == 1) {
            return name;
        }
        String head = name.substring(0, Math.min(name.length(), LENGTH - DIGEST - 1));
        return head.replaceAll("_+$", "") + "_" + digest(operation);
    }

    private static String plain(Operation operation) {
        String id = operation.operationId();
        String name = id == null ? "" : snake(id);
        if (name.isEmpty()) {
            name = snake(operation.method().toLowerCase(Locale.ROOT) + "_" + operation.path());
        }
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    /** {@code listDBInstances v2} becomes {@code list_db_instances_v2}. */
    private static String snake(String text) {
        return text.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
    }

    private static String digest(Operation operation) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((operation.method() + " " + operation.path()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
