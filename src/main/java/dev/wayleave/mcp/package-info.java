/** How agents reach us: HTTP and JSON-RPC in two eras. */
@NullMarked
package dev.wayleave.mcp;

import org.jspecify.annotations.NullMarked;
