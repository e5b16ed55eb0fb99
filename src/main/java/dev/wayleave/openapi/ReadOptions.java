package dev.wayleave.openapi;

/**
 * How a document is read.
 *
 * @param strict whether one operation that cannot be read makes the whole document unusable
 */
public record ReadOptions(boolean strict) {
    /** Leaves out what cannot be read, and tells. */
    public static final ReadOptions LENIENT = new ReadOptions(false);
}
