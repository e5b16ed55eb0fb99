package dev.wayleave.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the audit says of one call, as far as grants are concerned.
 *
 * @param groups that the token named
 * @param client null where the token did not say
 * @param scopes that the token held
 * @param tool null where there was none
 * @param needed those of the tool's scopes that the call used up
 * @param allowed whether it was let through
 */
public record RecordedCall(
        String platform,
        Set<String> groups,
        @Nullable String client,
        Set<String> scopes,
        @Nullable String tool,
        Set<String> needed,
        boolean allowed) {
    private static final int LONGEST_LINE = 256 << 10;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public RecordedCall {
        groups = Set.copyOf(groups);
        scopes = Set.copyOf(scopes);
        needed = Set.copyOf(needed);
    }

    /**
     * How many lines there were.
     *
     * @param unusable those of them that say nothing that could be understood, such as one that was torn off
     */
    public record Lines(long read, long unusable) {}

    /** Reads what {@link JsonLines} writes, line by line; fields that it does not know do not matter. */
    public static Lines each(InputStream in, Consumer<RecordedCall> calls) throws IOException {
        long read = 0;
        long unusable = 0;
        byte[] line = line(in);
        while (line != null) {
            if (line.length > 0) {
                read++;
                Optional<RecordedCall> call = parse(line);
                call.ifPresent(calls);
                unusable += call.isEmpty() ? 1 : 0;
            }
            line = line(in);
        }
        return new Lines(read, unusable);
    }

    /** The next one without its end, cut where it is too long to be one of ours; null after the last. */
    private static byte @Nullable [] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.size() <= LONGEST_LINE) {
                line.write(next);
            }
            next = in.read();
        }
        return line.toByteArray();
    }

    private static Optional<RecordedCall> parse(byte[] line) {
        try {
            JsonNode event = line.length > LONGEST_LINE ? null : JSON.readTree(line);
            String platform = event == null ? null : event.path("platform").textValue();
            String decision = event == null ? null : event.path("decision").textValue();
            if (event == null || platform == null || decision == null) {
                return Optional.empty();
            }
            return Optional.of(new RecordedCall(
                    platform,
                    texts(event.path("groups")),
                    event.path("client").textValue(),
                    texts(event.path("scopes")),
                    event.path("tool").textValue(),
                    texts(event.path("needed")),
                    decision.equals("allow")));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        for (JsonNode item : list) {
            if (!item.isTextual()) {
                throw new IllegalArgumentException("not a text");
            }
            texts.add(item.textValue());
        }
        return texts;
    }
}
