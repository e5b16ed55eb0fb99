package dev.wayleave.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * How records hold together: each has a number and the hash of the one before it, and ends with its own hash, of all its
 * bytes before that. Some are signed, too, over all their bytes before the signature.
 */
final class Chain {
    /** What the first of all records has for the hash of the one before it. */
    static final String BEGINNING = "0".repeat(64);

    /** In bytes; whatever is longer is none of ours. */
    static final int LONGEST_LINE = 256 << 10;

    /** In bytes; what makes a record a line needs the rest. */
    static final int LONGEST_RECORD = LONGEST_LINE - 512;

    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String HASH = ",\"hash\":\"";
    private static final String SIGNATURE = ",\"signature\":\"";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final int TAIL = HASH.length() + 64 + 2;

    private Chain() {}

    /**
     * A line as it stands in the file, read back.
     *
     * @param whole whether its own hash fits
     */
    record Link(long seq, String prev, String hash, String type, JsonNode record, boolean whole) {
        boolean isSigned() {
            return type.equals("checkpoint") || type.equals("opened");
        }
    }

    /** The line, with its end, that makes this record the next one. */
    static byte[] line(long seq, String prev, byte[] record) {
        ByteArrayOutputStream line = begin(seq, prev, record);
        return end(line);
    }

    /** The same with a signature. */
    static byte[] signed(long seq, String prev, byte[] record, AuditKeys keys) {
        ByteArrayOutputStream line = begin(seq, prev, record);
        line.writeBytes(ascii(",\"key\":\"" + keys.name() + "\""));
        String signature = keys.sign(line.toByteArray());
        line.writeBytes(ascii(SIGNATURE + signature + "\""));
        return end(line);
    }

    /** Nothing where the line is no record at all. */
    static Optional<Link> read(byte[] line) {
        if (line.length < TAIL || line.length > LONGEST_LINE) {
            return Optional.empty();
        }
        try {
            JsonNode record = JSON.readTree(line);
            JsonNode seq = record.path("seq");
            String prev = record.path("prev").textValue();
            String type = record.path("type").textValue();
            String hash = record.path("hash").textValue();
            if (!seq.isIntegralNumber() || !seq.canConvertToLong() || prev == null || type == null || hash == null) {
                return Optional.empty();
            }
            String tail = new String(line, line.length - TAIL, TAIL, StandardCharsets.ISO_8859_1);
            boolean whole = HEX.matcher(hash).matches()
                    && tail.equals(HASH + hash + "\"}")
                    && sha256(line, line.length - TAIL).equals(hash);
            return Optional.of(new Link(seq.longValue(), prev, hash, type, record, whole));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a line is signed with the private half of this key. */
    static boolean isSigned(byte[] line, Link link, AuditKeys keys) {
        String signature = link.record().path("signature").textValue();
        if (signature == null || !keys.name().equals(link.record().path("key").textValue())) {
            return false;
        }
        int signed = line.length - TAIL - ascii(SIGNATURE + signature + "\"").length;
        byte[] expected = ascii(SIGNATURE + signature + "\"");
        return signed > 0
                && Arrays.equals(line, signed, line.length - TAIL, expected, 0, expected.length)
                && keys.verifies(Arrays.copyOf(line, signed), signature);
    }

    /** The hash in a line of our own, which has its end. */
    static String hashOf(byte[] line) {
        return new String(line, line.length - 67, 64, StandardCharsets.US_ASCII);
    }

    static String sha256(byte[] bytes, int length) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(bytes, 0, length);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static ByteArrayOutputStream begin(long seq, String prev, byte[] record) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(record.length + 256);
        line.writeBytes(ascii("{\"seq\":" + seq + ",\"prev\":\"" + prev + "\","));
        line.write(record, 1, record.length - 2);
        return line;
    }

    private static byte[] end(ByteArrayOutputStream line) {
        byte[] bytes = line.toByteArray();
        line.writeBytes(ascii(HASH + sha256(bytes, bytes.length) + "\"}\n"));
        return line.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
