/** What is handed to clients to bring back: nobody else can read, make or change it, and it works only where it belongs. */
@NullMarked
package dev.wayleave.seal;

import org.jspecify.annotations.NullMarked;
