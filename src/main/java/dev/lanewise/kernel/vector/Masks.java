package dev.lanewise.kernel.vector;

/** Where masked loads and stores may stand. */
final class Masks {

    /**
     * The lanes from which on a run shorter than a vector goes through one masked vector. Machines with fewer (NEON, SSE)
     * have no masked stores, which then run lane by lane and boxed; plain code is faster there.
     */
    static final int LEAST_LANES = 8;

    private Masks() {}
}
