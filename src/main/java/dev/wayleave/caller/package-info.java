/** Who is calling: HTTP credentials turned into a verified caller, or into a challenge. */
@NullMarked
package dev.wayleave.caller;

import org.jspecify.annotations.NullMarked;
