package dev.wayleave.openapi;

/**
 * Where something stands in a document.
 *
 * @param file the document's name as its reader was given it
 * @param pointer an RFC 6901 JSON pointer; empty for the whole document
 * @param line the line, from 1; 0 where it is not known
 */
public record Source(String file, String pointer, int line) {
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (pointer.isEmpty() ? "" : " at " + pointer);
    }
}
