package dev.lanewise.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The start-up choice of kernels, made once per class loader and told in one log line.
 *
 * <p>The vector kernels are chosen where the incubator module is present and the JVM compiles it to vector instructions;
 * otherwise the scalar twins. {@code -Dlanewise.kernels=vector|scalar} forces either; where a forced choice cannot be had,
 * every use of a kernel is an {@link IllegalStateException} that says why, so that nobody measures the wrong one.
 */
public final class Kernels {

    private static final String VECTOR = "dev.lanewise.kernel.vector.VectorKernels";
    private static final String SCALAR = "dev.lanewise.kernel.scalar.ScalarKernels";

    /** Numbers that go through plain loops first, see {@link Start}: more than the first answer of a small encoder has, and some 10 ms. */
    private static final long STARTING_NUMBERS = 2_000_000;

    /** Until practice of products begins; the first of it loads classes for a tenth of a second. */
    private static final long AHEAD_NANOS = 20_000_000;

    private static final Start START = new Start(STARTING_NUMBERS);

    private static final Choice CHOICE = choose();

    /** The elementwise loops in use. */
    public static final ElementwiseKernels ELEMENTWISE = CHOICE.elementwise();

    /** The reductions in use. */
    public static final ReductionKernels REDUCTIONS = CHOICE.reductions();

    /** The matrix products in use. */
    public static final GemmKernels GEMM = CHOICE.gemm();

    /** The steps of optimizers in use. */
    public static final UpdateKernels UPDATES = CHOICE.provider.updates();

    private Kernels() {}

    /** The implementation in use, in one phrase. */
    public static String describe() {
        return CHOICE.provider.describe();
    }

    /** Why this implementation was chosen, in one phrase. */
    public static String reason() {
        return CHOICE.reason;
    }

    /** The implementation in use. */
    static KernelProvider provider() {
        return CHOICE.provider;
    }

    /** All kernels are warm, so none needs to begin with the scalar ones. */
    static void endStart() {
        START.end();
        if (GEMM instanceof StartingGemm starting) {
            starting.end();
        }
    }

    /** What runs and why, and the scalar kernels that it starts with, if it may. */
    private record Choice(
            KernelProvider provider,
            String reason,
            @Nullable KernelProvider plain) {

        /** Vectors that were asked for by name compute from the first call on. */
        Choice(KernelProvider provider, String reason) {
            this(provider, reason, null);
        }

        ElementwiseKernels elementwise() {
            return plain == null ? provider.elementwise() : provider.startingElementwise(plain.elementwise(), START);
        }

        ReductionKernels reductions() {
            return plain == null ? provider.reductions() : provider.startingReductions(plain.reductions(), START);
        }

        GemmKernels gemm() {
            return plain == null ? provider.gemm() : new StartingGemm(provider, plain.gemm(), AHEAD_NANOS);
        }
    }

    private static Choice choose() {
        Choice choice = choose(System.getProperty("lanewise.kernels", ""));
        Logger logger = System.getLogger("dev.lanewise");
        Level level = choice.provider instanceof RefusingKernels ? Level.ERROR : Level.INFO;
        // ready made: to put parameters into a message takes a new JVM another 30 ms
        logger.log(level, "Lanewise kernels: " + choice.provider.describe() + " (" + choice.reason + ")");
        return choice;
    }

    private static Choice choose(String wanted) {
        switch (wanted.toLowerCase(Locale.ROOT)) {
            case "scalar" -> {
                return new Choice(load(SCALAR), "asked for by -Dlanewise.kernels=scalar");
            }
            case "vector" -> {
                try {
                    return new Choice(load(VECTOR), "asked for by -Dlanewise.kernels=vector");
                } catch (LinkageError e) {
                    return refusal(
                            ModuleLayer.boot()
                                            .findModule("jdk.incubator.vector")
                                            .isPresent()
                                    ? "-Dlanewise.kernels=vector cannot be had: " + deepestMessage(e)
                                    : "-Dlanewise.kernels=vector needs the module jdk.incubator.vector:"
                                            + " start the JVM with --add-modules jdk.incubator.vector");
                }
            }
            case "" -> {
                return chooseByMachine();
            }
            default -> {
                return refusal("-Dlanewise.kernels=" + wanted + " is not a choice: it is vector or scalar");
            }
        }
    }

    private static Choice refusal(String why) {
        return new Choice(new RefusingKernels(why), why);
    }

    private static Choice chooseByMachine() {
        String obstacle = obstacleToVectors();
        if (obstacle != null) {
            return new Choice(load(SCALAR), obstacle);
        }
        try {
            return new Choice(load(VECTOR), "jdk.incubator.vector is present and this JVM compiles it", load(SCALAR));
        } catch (LinkageError e) {
            return new Choice(load(SCALAR), deepestMessage(e));
        }
    }

    private static String deepestMessage(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }

    /** What would make the vector kernels run boxed, some hundred times slower than the scalar ones; null for nothing. */
    private static @Nullable String obstacleToVectors() {
        String vm = System.getProperty("java.vm.name", "");
        String mode = System.getProperty("java.vm.info", "");
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return "the JVM was started without --add-modules jdk.incubator.vector";
        }
        if (vm.contains("OpenJ9")) {
            return vm + " does not compile jdk.incubator.vector to vector instructions";
        }
        if (mode.contains("interpreted") || mode.contains("emulated-client")) {
            return "the JVM runs without its optimising compiler (" + mode + ")";
        }
        return null;
    }

    private static KernelProvider load(String className) {
        try {
            return Class.forName(className)
                    .asSubclass(KernelProvider.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot make " + className, e);
        }
    }
}
