package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes an object as {@code application/x-www-form-urlencoded} (WHATWG URL §5). An array repeats its name, an object is
 * JSON, unless an encoding object gives them a style; a null member is left out.
 */
final class FormFields {
    private final Map<String, FieldEncoding> encodings;

    FormFields(Map<String, JsonNode> encoding) {
        this.encodings = FieldEncoding.of(encoding, false);
    }

    String write(JsonNode form) throws UnfitArgument {
        if (!form.isObject()) {
            throw new UnfitArgument("must be an object, because it is a form");
        }
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : form.properties()) {
            if (!field.getValue().isNull()) {
                pairs(field.getKey(), field.getValue(), form).forEach(pair -> fields.add(pair.toString()));
            }
        }
        return String.join("&", fields);
    }

    private List<Pair> pairs(String name, JsonNode value, JsonNode form) throws UnfitArgument {
        FieldEncoding encoding = encodings.getOrDefault(name, FieldEncoding.USUAL);
        if (encoding.style() == null) {
            List<Pair> pairs = new ArrayList<>();
            for (JsonNode item : value.isArray() ? value : List.of(value)) {
                if (!item.isNull()) {
                    pairs.add(new Pair(PercentEncoding.form(name), PercentEncoding.form(encoding.text(item))));
                }
            }
            return pairs;
        }
        try {
            List<Pair> pairs = encoding.style().pairs(value);
            if (value.isObject()) {
                refuseForeign(pairs, name, form);
            }
            return pairs;
        } catch (UnfitArgument e) {
            throw e.in(name);
        }
    }

    /** An exploded object must not speak for another field. */
    private void refuseForeign(List<Pair> pairs, String own, JsonNode form) throws UnfitArgument {
        for (Pair pair : pairs) {
            for (String other : (Iterable<String>) form::fieldNames) {
                if (!other.equals(own) && pair.name().equals(PercentEncoding.encode(other))) {
                    throw new UnfitArgument("must not have a member " + other
                            + ", because that is the name of another field of the form");
                }
            }
        }
    }
}
