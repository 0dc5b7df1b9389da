package dev.lanewise.bench.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** OpenBLAS. */
final class OpenBlas extends Cblas {

    OpenBlas() {
        useOneThread();
    }

    static void useOneThread() {
        openblas.blas_set_num_threads(1);
    }

    @Override
    public String version() {
        return configuration();
    }

    /** What OpenBLAS says of itself, the kernels that it chose for this machine included. */
    static String configuration() {
        for (String path : LoadedLibraries.all()) {
            if (path.contains("libopenblas")) {
                return call(path, "openblas_get_config").strip() + ", kernels " + call(path, "openblas_get_corename");
            }
        }
        return openblas.OPENBLAS_VERSION.strip();
    }

    /** These two functions are not among those that JavaCPP wraps. */
    private static String call(String library, String function) {
        try {
            SymbolLookup symbols = SymbolLookup.libraryLookup(Path.of(library), Arena.global());
            MethodHandle text = Linker.nativeLinker()
                    .downcallHandle(symbols.findOrThrow(function), FunctionDescriptor.of(ValueLayout.ADDRESS));
            return ((MemorySegment) text.invokeExact()).reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw new LinkageError(function + " of " + library, e);
        }
    }

    @Override
    void gemm(
            int order,
            int transA,
            int transB,
            int m,
            int n,
            int k,
            float alpha,
            FloatPointer a,
            int lda,
            FloatPointer b,
            int ldb,
            float beta,
            FloatPointer c,
            int ldc) {
        openblas.cblas_sgemm(order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    }

    @Override
    void gemv(
            int order,
            int trans,
            int m,
            int n,
            float alpha,
            FloatPointer a,
            int lda,
            FloatPointer x,
            int incX,
            float beta,
            FloatPointer y,
            int incY) {
        openblas.cblas_sgemv(order, trans, m, n, alpha, a, lda, x, incX, beta, y, incY);
    }
}
