package dev.lanewise.bench.engine;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.scalar.ScalarKernels;
import java.util.List;
import java.util.Locale;

/** What the parameter {@code engine} of the benchmarks may be. */
public enum Engine {
    /** This library, with the kernels that it chose. */
    LANEWISE("Java"),
    /** This library's scalar twins, which any JVM runs. */
    SCALAR("Java"),
    /** Intel's MKL. */
    MKL("mkl"),
    /** OpenBLAS. */
    OPENBLAS("openblas"),
    /** libtorch, with the OpenBLAS that it comes with. */
    LIBTORCH("openblas"),
    /** EJML. */
    EJML("Java"),
    /** ojAlgo. */
    OJALGO("Java"),
    /** dev.ludovic.netlib without native code: its Vector API implementation where the JVM has the module. */
    NETLIB("Java");

    /** The BLAS that the engine works with, "Java" for none. */
    private final String blas;

    Engine(String blas) {
        this.blas = blas;
    }

    /** By its name in small letters. */
    public static Engine named(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** The name in small letters. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is this library. */
    public boolean isLanewise() {
        return this == LANEWISE || this == SCALAR;
    }

    /** Whether its code is native and comes from jars of their own. */
    public boolean isNative() {
        return !blas.equals("Java");
    }

    /**
     * Loads the library and restricts it to one thread.
     *
     * @throws LinkageError if its native code is missing or does not load
     */
    public Multiplier load() {
        return switch (this) {
            case LANEWISE -> new KernelMultiplier(Kernels.GEMM);
            case SCALAR -> new KernelMultiplier(new ScalarKernels().gemm());
            case MKL -> new Mkl();
            case OPENBLAS -> new OpenBlas();
            case LIBTORCH -> new Libtorch();
            case EJML -> new Ejml();
            case OJALGO -> new OjAlgo();
            case NETLIB -> new Netlib();
        };
    }

    /**
     * Two implementations of BLAS in one process take each other's calls, so a process may have loaded the engine's own
     * alone.
     *
     * @throws IllegalStateException if another one is loaded, or its own is not
     */
    public void requireAlone() {
        List<String> loaded = LoadedLibraries.blas();
        List<String> wanted = isNative() && LoadedLibraries.areKnown() ? List.of(blas) : List.of();
        if (!loaded.equals(wanted)) {
            throw new IllegalStateException(id() + " should be measured with " + wanted + " loaded, not " + loaded);
        }
    }
}
