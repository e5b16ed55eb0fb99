/** What is remembered: one durable line for each call. */
@NullMarked
package dev.wayleave.audit;

import org.jspecify.annotations.NullMarked;
