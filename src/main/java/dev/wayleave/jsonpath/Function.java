package dev.wayleave.jsonpath;

import java.util.Collections;
import java.util.List;

/** The functions of RFC 9535 §2.4.4 to §2.4.8 and the types of what they take and give. */
enum Function {
    LENGTH("length", false, Type.VALUE, 1),
    COUNT("count", false, Type.NODES, 1),
    MATCH("match", true, Type.VALUE, 2),
    SEARCH("search", true, Type.VALUE, 2),
    VALUE("value", false, Type.NODES, 1);

    /** What a parameter takes. */
    enum Type {
        VALUE,
        NODES
    }

    private final String spelling;
    private final boolean logical;
    private final Type type;
    private final int arity;

    Function(String spelling, boolean logical, Type type, int arity) {
        this.spelling = spelling;
        this.logical = logical;
        this.type = type;
        this.arity = arity;
    }

    String spelling() {
        return spelling;
    }

    /** Whether it gives a truth value, which can be tested, and not a value, which can be compared. */
    boolean isLogical() {
        return logical;
    }

    List<Type> parameters() {
        return Collections.nCopies(arity, type);
    }
}
