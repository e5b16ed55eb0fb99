package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What all readers of one description share. */
record Reading(Version version, References references, Schemas schemas, Findings findings) {
    static Reading of(Documents documents) throws DocumentException {
        Version version = Version.of(documents.first());
        References references = new References(documents, version);
        Findings findings = new Findings();
        return new Reading(version, references, new Schemas(version, references, findings), findings);
    }

    /** A member that should be text; null, and told, where it is not. */
    @org.jspecify.annotations.Nullable
    String text(Place object, String name) {
        Place member = object.member(name);
        if (member.node().isTextual()) {
            return member.node().textValue();
        }
        if (member.node().isNumber()) {
            return member.node().asText();
        }
        if (member.exists()) {
            findings.warning(member, "`" + name + "` is text; left out");
        }
        return null;
    }

    boolean flag(Place object, String name, boolean otherwise) {
        Place member = object.member(name);
        if (member.node().isBoolean()) {
            return member.node().booleanValue();
        }
        if (member.exists()) {
            findings.warning(member, "`" + name + "` is true or false; taken as " + otherwise);
        }
        return otherwise;
    }

    /** An object, or what a reference to one leads to. */
    Place object(Place place, String what) throws Unreadable {
        Place found = references.follow(place);
        if (!found.node().isObject()) {
            throw new Unreadable(found, what + " is an object");
        }
        return found;
    }

    /** The {@code x-*} members. */
    static Map<String, JsonNode> extensions(Place object) {
        Map<String, JsonNode> extensions = new LinkedHashMap<>();
        for (var member : object.node().properties()) {
            String name = member.getKey();
            if (name.startsWith("x-")) {
                extensions.put(name, name.equals("x-mcp") ? object.member(name).located() : member.getValue());
            }
        }
        return extensions;
    }
}
