/** What the agent sees: operations turned into tools. */
@NullMarked
package dev.wayleave.tool;

import org.jspecify.annotations.NullMarked;
