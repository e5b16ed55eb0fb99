package dev.wayleave.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import dev.wayleave.caller.Caller;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Callers, tools, claims and arguments as the values of CEL. */
final class CelFacts {
    private static final int MOST_BITS = 63;

    private CelFacts() {}

    static Map<String, Object> of(Caller caller) {
        String client = caller.clientId();
        return Map.of(
                "issuer", caller.issuer(),
                "subject", caller.subject(),
                "client", client == null ? "" : client,
                "scopes", List.copyOf(caller.scopes()));
    }

    static Map<String, Object> of(Tool tool) {
        return switch (tool.work()) {
            case Work.OneCall one ->
                of(tool, one.operation().method(), one.operation().path());
            case Work.Fixed fixed -> of(tool, "", "");
            case Work.Steps several -> of(tool, "", "");
        };
    }

    private static Map<String, Object> of(Tool tool, String method, String path) {
        return Map.of(
                "name", tool.name(),
                "access", AccessLevel.of(tool).name().toLowerCase(Locale.ROOT),
                "read_only", tool.annotations().readOnly(),
                "destructive", tool.annotations().destructive(),
                "method", method,
                "path", path);
    }

    static Map<String, Object> of(Map<?, ?> claims) {
        Map<String, Object> values = new LinkedHashMap<>();
        claims.forEach((name, value) -> values.put(String.valueOf(name), value(value)));
        return values;
    }

    static Map<String, Object> of(JsonNode object) {
        Map<String, Object> values = new LinkedHashMap<>();
        object.properties().forEach(member -> values.put(member.getKey(), value(member.getValue())));
        return values;
    }

    private static Object value(Object claim) {
        return switch (claim) {
            case Map<?, ?> object -> of(object);
            case List<?> list -> list.stream().map(CelFacts::value).toList();
            case Number number -> number(new BigDecimal(number.toString()));
            default -> claim;
        };
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            return of(node);
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(element -> list.add(value(element)));
            return list;
        }
        if (node.isNumber()) {
            return number(node.decimalValue());
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isTextual() ? node.textValue() : NullValue.NULL_VALUE;
    }

    /** CEL's {@code int} where it is whole and fits, else its {@code double}. */
    private static Object number(BigDecimal number) {
        if (number.stripTrailingZeros().scale() <= 0 && number.precision() - number.scale() <= MOST_BITS) {
            BigInteger whole = number.toBigInteger();
            if (whole.bitLength() <= MOST_BITS) {
                return whole.longValueExact();
            }
        }
        return number.doubleValue();
    }
}
