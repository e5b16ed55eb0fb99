/** A strict view of the configuration tree: every key is asked for, and a key that nobody asked for is an error. */
@NullMarked
package dev.wayleave.config;

import org.jspecify.annotations.NullMarked;
