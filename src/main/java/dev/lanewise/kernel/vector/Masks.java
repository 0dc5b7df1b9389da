package dev.lanewise.kernel.vector;

import jdk.incubator.vector.FloatVector;

/** Where masked loads and stores may stand. */
final class Masks {

    /**
     * Whether the last vector of a costly loop may be a masked one. Machines with four lanes (NEON, SSE) have no masked
     * stores: there they would run lane by lane and boxed, and plain code serves at most three numbers faster.
     */
    private static final boolean GOOD = FloatVector.SPECIES_PREFERRED.length() >= 8;

    private Masks() {}

    /** How many of n numbers a loop over vectors of the given length takes whose last vector may be a masked one. */
    static int reach(int n, int length) {
        return GOOD ? n : n & -length;
    }
}
