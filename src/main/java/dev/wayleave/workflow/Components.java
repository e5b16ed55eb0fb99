package dev.wayleave.workflow;

import dev.wayleave.openapi.Place;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a document holds to be used again (Arazzo 1.1, "Components Object").
 *
 * @param place of the {@code components}
 */
record Components(Place place) {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$components\\.(parameters|successActions|failureActions)\\.([A-Za-z0-9._-]{1,100})");

    /**
     * A parameter that may have been referred to.
     *
     * @param other the value that stands beside the reference; null for its own
     */
    record Referred(Place object, @Nullable Place other) {
        Place value(Fields fields) {
            Place own = fields.member("value");
            return other == null ? own : other;
        }
    }

    static Components of(Fields root) throws InvalidWorkflow {
        Place place = root.member("components");
        if (place.exists()) {
            Fields fields = new Fields(place, "`components`");
            for (String kind : new String[] {"inputs", "parameters", "successActions", "failureActions"}) {
                fields.named(kind);
            }
            fields.end();
        }
        return new Components(place);
    }

    /** The object itself, or the one that it refers to. */
    Place object(Place place, String kind) throws InvalidWorkflow {
        if (!place.node().has("reference")) {
            return place;
        }
        Fields fields = new Fields(place, "a reference");
        Matcher reference = REFERENCE.matcher(fields.required("reference"));
        if (!reference.matches() || !reference.group(1).equals(kind)) {
            throw new InvalidWorkflow(fields.member("reference"), "refers to one of `$components." + kind + "`");
        }
        Place found = this.place.member(kind).member(reference.group(2));
        if (!found.exists()) {
            throw new InvalidWorkflow(fields.member("reference"), "refers to nothing");
        }
        return found;
    }

    Referred parameter(Place place) throws InvalidWorkflow {
        Place found = object(place, "parameters");
        boolean other = place.node().has("reference") && place.node().has("value");
        return new Referred(found, other ? place.member("value") : null);
    }
}
