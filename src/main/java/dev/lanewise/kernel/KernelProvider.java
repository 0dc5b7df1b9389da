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

    /** The elementwise loops for a program that has just started: they begin with the plain ones, where that is a gain. */
    default ElementwiseKernels startingElementwise(ElementwiseKernels plain, Start start) {
        return elementwise();
    }

    /** The reductions for a program that has just started, as {@link #startingElementwise}. */
    default ReductionKernels startingReductions(ReductionKernels plain, Start start) {
        return reductions();
    }

    /** What this implementation runs on, for people: {@code "vector, 512-bit species, 16 float lanes"}. */
    String describe();

    /** Calls that together run every loop of this implementation, each on small operands. */
    default List<Exercise> exercises() {
        return Exercises.of(this);
    }

    /**
     * A small piece of a product, for practice: the loops that the product would run, on numbers that nobody sees. Only of
     * implementations that allocate while cold.
     */
    default Practice practice(int m, int n, int k, boolean rowsOfA, boolean rowsOfB) {
        throw new UnsupportedOperationException(describe() + " needs no practice");
    }

    /** Short calls of the loops of a product. */
    @FunctionalInterface
    interface Practice {

        /** Makes one call, told apart by the number of the turn; how many multiply-adds it took. */
        long run(int turn);
    }

    /** Whether calls allocate as long as they are not compiled by C2, and only then. */
    default boolean allocatesWhileCold() {
        return false;
    }
}
