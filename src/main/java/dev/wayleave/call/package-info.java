/** The flow of one tool call, from arguments to result. */
@NullMarked
package dev.wayleave.call;

import org.jspecify.annotations.NullMarked;
