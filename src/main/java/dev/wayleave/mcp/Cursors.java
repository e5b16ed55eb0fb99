package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.seal.Binding;
import dev.wayleave.seal.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Parts lists into pages (MCP 2026-07-28, server/utilities/pagination). A cursor is sealed for one caller and one list, and
 * names the entry behind which the next page begins, so that any instance can go on.
 */
final class Cursors {
    private static final Duration GOOD_FOR = Duration.ofHours(1);
    private final Seal seal;
    private final String path;
    private final int size;
    private final InstantSource clock;

    /** @param size the most entries of a page */
    Cursors(Seal seal, String path, int size, InstantSource clock) {
        this.seal = seal;
        this.path = path;
        this.size = size;
        this.clock = clock;
    }

    /**
     * A part of a list.
     *
     * @param places where its entries stand in the whole list; not to be changed
     * @param next where the next page begins; null for the last one
     */
    record Page<T>(List<T> entries, BitSet places, @Nullable String next) {
        void writeNext(JsonGenerator json) throws IOException {
            if (next != null) {
                json.writeStringField("nextCursor", next);
            }
        }
    }

    /**
     * The page that the call asks for.
     *
     * @param all in the order of the list
     * @param name unlike that of every other entry
     * @param offered what the caller gets to see
     */
    <T> Page<T> page(Caller caller, Message.Call call, List<T> all, Function<T, String> name, Predicate<T> offered)
            throws ProtocolError {
        Binding binding = Binding.of("cursor", path, caller, call.method());
        List<T> entries = new ArrayList<>();
        BitSet places = new BitSet(all.size());
        for (int i = first(binding, call.params().path("cursor"), all, name); i < all.size(); i++) {
            T entry = all.get(i);
            if (!offered.test(entry)) {
                continue;
            }
            if (entries.size() == size) {
                byte[] last = name.apply(entries.getLast()).getBytes(StandardCharsets.UTF_8);
                return new Page<>(
                        entries,
                        places,
                        seal.seal(binding, last, clock.instant().plus(GOOD_FOR)));
            }
            entries.add(entry);
            places.set(i);
        }
        return new Page<>(entries, places, null);
    }

    private <T> int first(Binding binding, JsonNode cursor, List<T> all, Function<T, String> name)
            throws ProtocolError {
        if (cursor.isMissingNode() || cursor.isNull()) {
            return 0;
        }
        String last = seal.open(binding, cursor.isTextual() ? cursor.textValue() : "", clock.instant())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(Cursors::unknown);
        for (int i = 0; i < all.size(); i++) {
            if (name.apply(all.get(i)).equals(last)) {
                return i + 1;
            }
        }
        throw unknown();
    }

    private static ProtocolError unknown() {
        return ProtocolError.of(
                200, ProtocolError.INVALID_PARAMS, "There is no such cursor; begin the list anew without one.");
    }
}
