/** The library as a whole: what runs here, and why. Arrays are in {@code dev.lanewise.array}. */
@NullMarked
package dev.lanewise;

import org.jspecify.annotations.NullMarked;
