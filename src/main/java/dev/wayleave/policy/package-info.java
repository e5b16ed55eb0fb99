/** May they: one function from caller and tool to a decision with its reason. */
@NullMarked
package dev.wayleave.policy;

import org.jspecify.annotations.NullMarked;
