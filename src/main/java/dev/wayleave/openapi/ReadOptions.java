package dev.wayleave.openapi;

import java.util.List;

/**
 * How a document is read.
 *
 * @param strict whether one operation that cannot be read makes the whole document unusable
 * @param overlays applied to the document in this order before anything in it is read
 */
public record ReadOptions(boolean strict, List<Overlay> overlays) {
    /** Leaves out what cannot be read, and tells. */
    public static final ReadOptions LENIENT = new ReadOptions(false);

    public ReadOptions {
        overlays = List.copyOf(overlays);
    }

    public ReadOptions(boolean strict) {
        this(strict, List.of());
    }

    /** Lenient, with these overlays. */
    public static ReadOptions with(List<Overlay> overlays) {
        return new ReadOptions(false, overlays);
    }
}
