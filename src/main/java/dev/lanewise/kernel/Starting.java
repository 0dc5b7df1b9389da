package dev.lanewise.kernel;

/** Kernels that begin with the plain loops, see {@link Start}. */
public interface Starting {

    /** From now on the vectors compute: all of their loops are compiled. */
    void end();
}
