/** What grants may do, told to people: for the verb {@code explain}. It decides nothing, and reaches nobody. */
@NullMarked
package dev.wayleave.explain;

import org.jspecify.annotations.NullMarked;
