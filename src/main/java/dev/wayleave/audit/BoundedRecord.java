package dev.wayleave.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Makes of a call a record that can be read again, however much there is to tell: where it would be too long, hashes stand for
 * values; where it still is, of each long list only the first members are told, and the others counted.
 */
final class BoundedRecord {
    /** In bytes, as they are written; together with texts that are cut they leave some of {@link Chain#LONGEST_RECORD}. */
    private static final int MOST_OF_NAMES = 16 << 10;

    private static final int MOST_OF_VALUES = 32 << 10;
    private static final int MOST_OF_STEPS = 120 << 10;

    private BoundedRecord() {}

    static byte[] started(AuditEvent.Began began, AuditKeys keys) {
        return fitted(began, List.of(), keys, (told, steps, dropped) -> EventJson.started(told, dropped));
    }

    static byte[] ended(AuditEvent event, AuditKeys keys) {
        return fitted(
                event.began(),
                event.steps(),
                keys,
                (told, steps, dropped) -> EventJson.ended(
                        new AuditEvent(
                                told,
                                event.decision(),
                                event.reason(),
                                event.outcome(),
                                event.sent(),
                                event.duration(),
                                steps),
                        dropped));
    }

    /** Writes what is told of a call. */
    private interface Encoding {
        byte[] of(AuditEvent.Began began, List<AuditEvent.Step> steps, Map<String, Integer> dropped);
    }

    private static byte[] fitted(
            AuditEvent.Began began, List<AuditEvent.Step> steps, AuditKeys keys, Encoding encoding) {
        byte[] whole = encoding.of(began, steps, Map.of());
        if (whole.length <= Chain.LONGEST_RECORD) {
            return whole;
        }
        AuditEvent.Who who = began.who();
        AuditEvent.What what = began.what();
        List<AuditEvent.Value> hashes =
                what.values().stream().map(value -> hashed(value, keys)).toList();
        byte[] shorter =
                encoding.of(with(began, who, telling(what, what.needed(), what.arguments(), hashes)), steps, Map.of());
        if (shorter.length <= Chain.LONGEST_RECORD) {
            return shorter;
        }
        Map<String, Integer> dropped = new TreeMap<>();
        AuditEvent.Who shown = new AuditEvent.Who(
                who.issuer(),
                who.subject(),
                who.client(),
                names("groups", who.groups(), dropped),
                names("scopes", who.scopes(), dropped),
                who.token());
        AuditEvent.What called = telling(
                what,
                names("needed", what.needed(), dropped),
                names("arguments", what.arguments(), dropped),
                first("values", hashes, MOST_OF_VALUES, EventJson::length, dropped));
        List<AuditEvent.Step> done = first("steps", steps, MOST_OF_STEPS, EventJson::length, dropped);
        return encoding.of(with(began, shown, called), done, dropped);
    }

    private static AuditEvent.Began with(AuditEvent.Began began, AuditEvent.Who who, AuditEvent.What what) {
        return new AuditEvent.Began(began.time(), began.id(), began.request(), began.trace(), began.where(), who, what);
    }

    private static AuditEvent.What telling(
            AuditEvent.What what, List<String> needed, List<String> arguments, List<AuditEvent.Value> values) {
        return new AuditEvent.What(
                what.kind(), what.tool(), what.resource(), what.operation(), needed, arguments, values);
    }

    private static AuditEvent.Value hashed(AuditEvent.Value value, AuditKeys keys) {
        JsonNode kept = value.value();
        return kept == null
                ? value
                : new AuditEvent.Value(
                        value.argument(),
                        value.in(),
                        value.name(),
                        null,
                        keys.fingerprint(kept.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> names(String list, List<String> names, Map<String, Integer> dropped) {
        return first(list, names, MOST_OF_NAMES, EventJson::length, dropped);
    }

    /** Those that are that long together. */
    private static <T> List<T> first(
            String list, List<T> members, int most, ToIntFunction<T> length, Map<String, Integer> dropped) {
        List<T> first = new ArrayList<>();
        int room = most;
        for (T member : members) {
            room -= length.applyAsInt(member) + 1;
            if (room < 0) {
                dropped.put(list, members.size() - first.size());
                break;
            }
            first.add(member);
        }
        return first;
    }
}
