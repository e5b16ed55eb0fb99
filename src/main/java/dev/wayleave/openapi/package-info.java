/** What the platform offers: an OpenAPI document read into {@link dev.wayleave.openapi.Operation}s with no reference left to chase. */
@NullMarked
package dev.wayleave.openapi;

import org.jspecify.annotations.NullMarked;
