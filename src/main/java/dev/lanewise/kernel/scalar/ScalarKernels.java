package dev.lanewise.kernel.scalar;

import dev.lanewise.kernel.ElementwiseKernels;
import dev.lanewise.kernel.GemmKernels;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.PlainUpdates;
import dev.lanewise.kernel.ReductionKernels;
import dev.lanewise.kernel.UpdateKernels;

/** The plain loops as one implementation. */
public final class ScalarKernels implements KernelProvider {

    private final ElementwiseKernels elementwise = new ScalarElementwise();
    private final ReductionKernels reductions = new ScalarReductions();
    private final GemmKernels gemm = new ScalarGemm();
    private final UpdateKernels updates = new PlainUpdates();

    /** The only instance that matters is made by {@link dev.lanewise.kernel.Kernels}. */
    public ScalarKernels() {}

    @Override
    public ElementwiseKernels elementwise() {
        return elementwise;
    }

    @Override
    public ReductionKernels reductions() {
        return reductions;
    }

    @Override
    public GemmKernels gemm() {
        return gemm;
    }

    @Override
    public UpdateKernels updates() {
        return updates;
    }

    @Override
    public String describe() {
        return "scalar, plain loops";
    }
}
