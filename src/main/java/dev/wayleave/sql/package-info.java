/** Says of a statement of SQL what it would do, before anybody does it. */
@NullMarked
package dev.wayleave.sql;

import org.jspecify.annotations.NullMarked;
