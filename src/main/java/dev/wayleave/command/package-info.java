/** The verbs of the command line. */
@NullMarked
package dev.wayleave.command;

import org.jspecify.annotations.NullMarked;
