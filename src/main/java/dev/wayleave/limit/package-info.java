/** How many calls a platform gets at once and in a minute, and whose they are. */
@NullMarked
package dev.wayleave.limit;

import org.jspecify.annotations.NullMarked;
