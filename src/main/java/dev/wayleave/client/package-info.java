/** What AI clients accept of tools: their documented limits, and which of them a catalog would not keep. */
@NullMarked
package dev.wayleave.client;

import org.jspecify.annotations.NullMarked;
