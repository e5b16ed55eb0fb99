package dev.wayleave.openapi;

import java.util.HashMap;
import java.util.Map;

/** The kinds of JSON Schema keywords: where schemas lie within schemas, and what the values of the others must be. */
enum Keyword {
    SCHEMA("not if then else contains propertyNames additionalProperties items contentSchema"
            + " unevaluatedItems unevaluatedProperties"),
    SCHEMA_LIST("allOf anyOf oneOf prefixItems"),
    SCHEMA_MAP("properties patternProperties dependentSchemas"),
    TYPE("type"),
    ENUM("enum"),
    NAMES("required"),
    NAMES_MAP("dependentRequired"),
    COUNT("minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains"),
    NUMBER("minimum maximum exclusiveMinimum exclusiveMaximum"),
    DIVISOR("multipleOf"),
    FLAG("uniqueItems deprecated readOnly writeOnly"),
    TEXT("title description format contentEncoding contentMediaType $comment"),
    PATTERN("pattern"),
    ANY("const default x-mcp"),
    LIST("examples"),
    /** Names that schemas give themselves. */
    ANCHOR("$anchor $dynamicAnchor"),
    /** Older spellings and OpenAPI's own, each with a meaning that other keywords carry. */
    CONVERTED("$ref $dynamicRef $recursiveRef nullable x-nullable example discriminator dependencies additionalItems"),
    /** What references were resolved with, what stands at a root alone, and what says nothing about a value. */
    DROPPED("$id id $schema $recursiveAnchor $vocabulary $defs definitions xml externalDocs"),
    UNKNOWN("");

    private static final Map<String, Keyword> KINDS = new HashMap<>();

    static {
        for (Keyword kind : values()) {
            for (String name : kind.names.split(" ", -1)) {
                KINDS.put(name, kind);
            }
        }
    }

    private final String names;

    Keyword(String names) {
        this.names = names;
    }

    static Keyword of(String name) {
        return KINDS.getOrDefault(name, UNKNOWN);
    }
}
