package dev.lanewise.autodiff;

import dev.lanewise.array.ArrayOps;

/**
 * An array of a kind that is found out at run time: a wrapper that {@link TracedFunction} makes of any other. It lets a
 * case be written as a lambda, which cannot be generic.
 */
public interface Any extends ArrayOps<Any> {}
