package dev.lanewise.kernel;

import java.lang.reflect.Proxy;

/**
 * What stands in for the kernels when those asked for cannot be had: every call says so. An exception at the choice
 * itself would be told once, to whoever came first, and as a {@link NoClassDefFoundError} to everybody after.
 */
final class RefusingKernels implements KernelProvider {

    private final String why;

    RefusingKernels(String why) {
        this.why = why;
    }

    private <K> K refusing(Class<K> contract) {
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(why);
                }));
    }

    @Override
    public ElementwiseKernels elementwise() {
        return refusing(ElementwiseKernels.class);
    }

    @Override
    public ReductionKernels reductions() {
        return refusing(ReductionKernels.class);
    }

    @Override
    public GemmKernels gemm() {
        return refusing(GemmKernels.class);
    }

    @Override
    public UpdateKernels updates() {
        return refusing(UpdateKernels.class);
    }

    @Override
    public String describe() {
        return "none";
    }
}
