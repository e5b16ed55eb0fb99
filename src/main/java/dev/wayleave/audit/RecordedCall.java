package dev.wayleave.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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

    /** Reads what an audit has written, line by line; fields and types of records that it does not know do not matter. */
    public static Lines each(InputStream in, Consumer<RecordedCall> calls) throws IOException {
        long read = 0;
        long unusable = 0;
        LineReader lines = new LineReader(in);
        byte[] line = lines.next();
        while (line != null) {
            JsonNode record = record(line);
            if (line.length > 0 && isCall(record)) {
                read++;
                Optional<RecordedCall> call = parse(record);
                call.ifPresent(calls);
                unusable += call.isEmpty() ? 1 : 0;
            }
            line = lines.next();
        }
        return new Lines(read, unusable);
    }

    /** Nothing at all where it is not JSON. */
    private static JsonNode record(byte[] line) {
        try {
            return line.length > Chain.LONGEST_LINE ? MissingNode.getInstance() : Chain.JSON.readTree(line);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Unless it says that it is something else: earlier versions did not say. */
    private static boolean isCall(JsonNode record) {
        return record.path("type").asText("call").equals("call");
    }

    private static Optional<RecordedCall> parse(JsonNode event) {
        try {
            String platform = event.path("platform").textValue();
            String decision = event.path("decision").textValue();
            if (platform == null || decision == null) {
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
        } catch (IllegalArgumentException e) {
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
