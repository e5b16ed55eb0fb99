/** A small real platform, with its own sign-in, to try Wayleave on. Nothing but the command line starts it. */
@NullMarked
package dev.wayleave.sandbox;

import org.jspecify.annotations.NullMarked;
