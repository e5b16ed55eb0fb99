package dev.wayleave.tool;

import java.util.Map;

/** How a body stands among the arguments. */
enum ArgumentStyle {
    /** Its properties are arguments of their own, where that says the same. */
    FLAT,
    /** It is one argument. */
    BODY,
    /** Flat, and what its schema says of the properties together stands at the root, which some clients refuse. */
    COMPOSED;

    static final Map<String, ArgumentStyle> BY_NAME = Map.of("flat", FLAT, "body", BODY, "composed", COMPOSED);
}
