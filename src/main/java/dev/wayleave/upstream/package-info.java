/** How we reach the platform: one fixed origin, requests built from scratch. */
@NullMarked
package dev.wayleave.upstream;

import org.jspecify.annotations.NullMarked;
