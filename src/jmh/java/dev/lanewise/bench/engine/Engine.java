package dev.lanewise.bench.engine;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.scalar.ScalarKernels;
import java.util.List;
import java.util.Locale;

/** What the parameter {@code engine} of the benchmarks may be. */
public enum Engine {
    /** This library, with the kernels that it chose. */
    LANEWISE(false),
    /** This library's scalar twins, which any JVM runs. */
    SCALAR(false),
    /** Intel's MKL. */
    MKL(true, "mkl"),
    /** OpenBLAS. */
    OPENBLAS(true, "openblas"),
    /** libtorch, with the OpenBLAS that it comes with. */
    LIBTORCH(true, "openblas"),
    /** ONNX Runtime, which has products of its own and runs models only. */
    ONNXRUNTIME(true),
    /** EJML. */
    EJML(false),
    /** ojAlgo. */
    OJALGO(false),
    /** dev.ludovic.netlib without native code: its Vector API implementation where the JVM has the module. */
    NETLIB(false);

    private final boolean isNative;

    /** The BLAS that the engine works with, if any. */
    private final List<String> blas;

    Engine(boolean isNative, String... blas) {
        this.isNative = isNative;
        this.blas = List.of(blas);
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
        return isNative;
    }

    /**
     * Loads the library, lets it compute a little, and tells its version.
     *
     * @throws LinkageError if its native code is missing or does not load
     */
    public String tryOut() {
        if (this == ONNXRUNTIME) {
            return OnnxRuntime.tryOut();
        }
        Multiplier multiplier = load();
        multiplier.prepare(Product.random("3x4x5", "NN")).run();
        return multiplier.version();
    }

    /**
     * Loads the library's products and restricts it to one thread.
     *
     * @throws IllegalArgumentException if it is measured on models only
     * @throws LinkageError if its native code is missing or does not load
     */
    public Multiplier load() {
        return switch (this) {
            case LANEWISE -> new KernelMultiplier(Kernels.GEMM);
            case SCALAR -> new KernelMultiplier(new ScalarKernels().gemm());
            case MKL -> new Mkl();
            case OPENBLAS -> new OpenBlas();
            case LIBTORCH -> new Libtorch();
            case ONNXRUNTIME -> throw new IllegalArgumentException(id() + " is measured on the sentence encoder only");
            case EJML -> new Ejml();
            case OJALGO -> new OjAlgo();
            case NETLIB -> new Netlib();
        };
    }

    /**
     * Two implementations of BLAS in one process take each other's calls, so a process may have loaded the engine's own
     * alone, or none if it has none.
     *
     * @throws IllegalStateException if another one is loaded, or its own is not
     */
    public void requireAlone() {
        List<String> loaded = LoadedLibraries.blas();
        List<String> wanted = LoadedLibraries.areKnown() ? blas : List.of();
        if (!loaded.equals(wanted)) {
            throw new IllegalStateException(id() + " should be measured with " + wanted + " loaded, not " + loaded);
        }
    }
}
