/** JSONPath (RFC 9535) over Jackson trees, bounded in what an expression may cost. */
@NullMarked
package dev.wayleave.jsonpath;

import org.jspecify.annotations.NullMarked;
