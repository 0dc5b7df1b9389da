/**
 * What the library says about itself.
 */
@NullMarked
package dev.lanewise;

import org.jspecify.annotations.NullMarked;
