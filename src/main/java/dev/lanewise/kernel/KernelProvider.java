package dev.lanewise.kernel;

/** One implementation of every contract; made once, by {@link Kernels}, through its public no-argument constructor. */
public interface KernelProvider {

    /** The elementwise loops. */
    ElementwiseKernels elementwise();

    /** The reductions. */
    ReductionKernels reductions();

    /** The matrix products. */
    GemmKernels gemm();

    /** What this implementation runs on, for people: {@code "vector, 512-bit species, 16 float lanes"}. */
    String describe();
}
