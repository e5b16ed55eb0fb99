package dev.wayleave.tool;

import dev.wayleave.openapi.Parameter;

/** Where one argument goes in the request; decided once, when the tool is made. */
public sealed interface Slot {
    /** The argument's name. */
    String argument();

    /** What it is called in the request; the argument's own name where it is the whole body. */
    String name();

    /** Whether a text in it can hold what divides and names values there, so that it can bring members of its own. */
    boolean isSentAsItIs();

    /** A parameter of the operation. */
    record InParameter(String argument, Parameter parameter) implements Slot {
        @Override
        public String name() {
            return parameter.name();
        }

        @Override
        public boolean isSentAsItIs() {
            return parameter.allowReserved() || parameter.in() == Parameter.In.QUERYSTRING;
        }
    }

    /** One property of a body that is an object. */
    record InBody(String argument, String property) implements Slot {
        @Override
        public String name() {
            return property;
        }

        @Override
        public boolean isSentAsItIs() {
            return false;
        }
    }

    /** The whole body. */
    record WholeBody(String argument) implements Slot {
        @Override
        public String name() {
            return argument;
        }

        @Override
        public boolean isSentAsItIs() {
            return true;
        }
    }
}
