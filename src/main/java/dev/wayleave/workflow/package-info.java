/** What is composed of several calls: Arazzo 1.0 and 1.1 documents become workflows whose expressions can be evaluated. */
@NullMarked
package dev.wayleave.workflow;

import org.jspecify.annotations.NullMarked;
