package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where something stands in a document.
 *
 * @param file the document's name as its reader was given it, or that of the overlay that put it there
 * @param pointer an RFC 6901 JSON pointer; empty for the whole document
 * @param line the line, from 1; 0 where it is not known
 */
public record Source(String file, String pointer, int line) {
    /** Where the {@code x-mcp} object stands that is part of what was read here. */
    public Source of(JsonNode extension) {
        Source own = extension instanceof Located object ? object.source() : null;
        return own == null ? this : own;
    }

    /** Where a member of the object is that stands here. */
    public Source member(JsonNode object, String name) {
        String inner = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
        if (!(object instanceof Located located)) {
            return new Source(file, inner, line);
        }
        Located.Origin origin = located.originOf(name);
        return new Source(origin.file() == null ? file : origin.file(), inner, origin.line());
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (pointer.isEmpty() ? "" : " at " + pointer);
    }
}
