/** One mounted API as a value, and how it is put together from its settings. */
@NullMarked
package dev.wayleave.platform;

import org.jspecify.annotations.NullMarked;
