package dev.wayleave.tool;

import dev.wayleave.openapi.Parameter;

/** Where one argument goes in the request; decided once, when the tool is made. */
public sealed interface Slot {
    /** The argument's name. */
    String argument();

    /** What it is called in the request; the argument's own name where it is the whole body. */
    String name();

    /** A parameter of the operation. */
    record InParameter(String argument, Parameter parameter) implements Slot {
        @Override
        public String name() {
            return parameter.name();
        }
    }

    /** One property of a body that is an object. */
    record InBody(String argument, String property) implements Slot {
        @Override
        public String name() {
            return property;
        }
    }

    /** The whole body. */
    record WholeBody(String argument) implements Slot {
        @Override
        public String name() {
            return argument;
        }
    }
}
