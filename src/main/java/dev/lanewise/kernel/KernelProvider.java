package dev.lanewise.kernel;

import java.util.List;

/** One implementation of every contract; made once, by {@link Kernels}, through its public no-argument constructor. */
public interface KernelProvider {

    /** The elementwise loops. */
    ElementwiseKernels elementwise();

    /** The reductions. */
    ReductionKernels reductions();

    /** The matrix products. */
    GemmKernels gemm();

    /** The steps of optimizers. */
    UpdateKernels updates();

    /** What this implementation runs on, for people: {@code "vector, 512-bit species, 16 float lanes"}. */
    String describe();

    /** Calls that together run every loop of this implementation, each on small operands. */
    default List<Exercise> exercises() {
        return Exercises.of(this);
    }

    /** Whether calls allocate as long as they are not compiled by C2, and only then. */
    default boolean allocatesWhileCold() {
        return false;
    }
}
