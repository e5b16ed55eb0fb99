package dev.wayleave.tool;

import dev.wayleave.openapi.Parameter;

/** Where one argument goes in the request; decided once, when the tool is made. */
public sealed interface Slot {
    /** The argument's name. */
    String argument();

    /** A parameter of the operation. */
    record InParameter(String argument, Parameter parameter) implements Slot {}

    /** One property of a body that is an object. */
    record InBody(String argument, String property) implements Slot {}

    /** The whole body. */
    record WholeBody(String argument) implements Slot {}
}
