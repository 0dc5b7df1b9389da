package dev.lanewise.bench;

import dev.lanewise.kernel.ElementwiseKernels;
import dev.lanewise.kernel.ErrorFunction;
import dev.lanewise.kernel.scalar.ScalarKernels;
import dev.lanewise.kernel.vector.VectorKernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Measures the elementary functions over all 2^32 floats: the largest error against double {@link Math} in units in the
 * last place, and whether the vector kernels give the very bits of the scalar ones. Powers, of which there are 2^64, are
 * drawn: half of them from all pairs of bit patterns, half where the result is likely to be neither 0 nor infinite.
 *
 * <p>A unit is the distance of neighbouring floats where the exact result lies. A result counts as wrong where one of the
 * two is NaN, infinite (beyond rounding) or a zero of another sign and the other is not. A sum of two terms that may cancel,
 * as the derivative of gelu is, is measured twice: by units of the result, and by units of the sum without their signs; its
 * zeros may have either sign. Run it with names of functions to measure only those; each takes two to ten minutes on two
 * cores. {@code -Dulp.every=100} takes only each hundredth float (and as much fewer powers) for a quick look.
 */
public final class UlpScan {

    private static final int CHUNK = 1 << 16;
    private static final long EVERY = Long.getLong("ulp.every", 1);
    private static final long FLOATS = (1L << 32) / EVERY;
    private static final long DRAWN_POWERS = (1L << 31) / EVERY;

    private static final ElementwiseKernels SCALAR = new ScalarKernels().elementwise();
    private static final ElementwiseKernels VECTOR = new VectorKernels().elementwise();

    private interface Kernel {
        void run(int n, float[] x, int xo, float[] y, int yo);
    }

    /** The size is what errors are measured by besides the result, if it is another. */
    private record Unary(
            String name, Kernel scalar, Kernel vector, DoubleUnaryOperator exact, DoubleUnaryOperator size) {

        Unary(String name, Kernel scalar, Kernel vector, DoubleUnaryOperator exact) {
            this(name, scalar, vector, exact, exact);
        }
    }

    private static final float[] ONE = {1};

    private static final List<Unary> FUNCTIONS = List.of(
            new Unary("exp", SCALAR::exp, VECTOR::exp, Math::exp),
            new Unary("log", SCALAR::log, VECTOR::log, Math::log),
            new Unary("tanh", SCALAR::tanh, VECTOR::tanh, UlpScan::tanh),
            new Unary("sigmoid", SCALAR::sigmoid, VECTOR::sigmoid, x -> 1 / (1 + Math.exp(-x))),
            new Unary("sin", SCALAR::sin, VECTOR::sin, Math::sin),
            new Unary("cos", SCALAR::cos, VECTOR::cos, Math::cos),
            new Unary("erf", SCALAR::erf, VECTOR::erf, ErrorFunction::erf),
            new Unary("expm1", SCALAR::expm1, VECTOR::expm1, Math::expm1),
            new Unary("log1p", SCALAR::log1p, VECTOR::log1p, Math::log1p),
            new Unary("rsqrt", SCALAR::rsqrt, VECTOR::rsqrt, x -> 1 / Math.sqrt(x)),
            new Unary("gelu", SCALAR::gelu, VECTOR::gelu, UlpScan::gelu),
            new Unary("silu", SCALAR::silu, VECTOR::silu, UlpScan::silu),
            new Unary("softplus", SCALAR::softplus, VECTOR::softplus, UlpScan::softplus),
            new Unary(
                    "elu",
                    (n, x, xo, y, yo) -> SCALAR.elu(n, x, xo, 1, y, yo),
                    (n, x, xo, y, yo) -> VECTOR.elu(n, x, xo, 1, y, yo),
                    x -> x > 0 ? x : Math.expm1(x)),
            new Unary(
                    "geluGradient",
                    (n, x, xo, y, yo) -> SCALAR.geluGradient(n, x, xo, 1, ONE, 0, 0, y, yo),
                    (n, x, xo, y, yo) -> VECTOR.geluGradient(n, x, xo, 1, ONE, 0, 0, y, yo),
                    x -> distribution(x) + x * density(x),
                    x -> distribution(x) + Math.abs(x) * density(x)),
            new Unary(
                    "siluGradient",
                    (n, x, xo, y, yo) -> SCALAR.siluGradient(n, x, xo, 1, ONE, 0, 0, y, yo),
                    (n, x, xo, y, yo) -> VECTOR.siluGradient(n, x, xo, 1, ONE, 0, 0, y, yo),
                    x -> logistic(x) * (1 + x * logistic(-x)),
                    x -> logistic(x) * (1 + Math.abs(x) * logistic(-x))));

    private UlpScan() {}

    /** What one thread found by one measure; threads' findings are merged. */
    private static final class Worst {
        private final boolean signedZeros;
        double ulps;
        String at = "";
        long wrong;
        String wrongAt = "";
        long twinsDiffer;

        /** Whether a zero of another sign is of the wrong kind. */
        Worst(boolean signedZeros) {
            this.signedZeros = signedZeros;
        }

        void see(float got, float twin, double exact, double size, float a, float b) {
            if (Float.floatToIntBits(got) != Float.floatToIntBits(twin)) {
                twinsDiffer++;
            }
            double error = error(got, exact, size, signedZeros);
            if (Double.isNaN(error)) {
                wrong++;
                wrongAt = describe(a, b);
            } else if (error > ulps) {
                ulps = error;
                at = describe(a, b);
            }
        }

        private static String describe(float a, float b) {
            return Float.isNaN(b) ? Float.toHexString(a) : Float.toHexString(a) + ", " + Float.toHexString(b);
        }

        void merge(Worst other) {
            if (other.ulps > ulps) {
                ulps = other.ulps;
                at = other.at;
            }
            wrong += other.wrong;
            wrongAt = other.wrong > 0 ? other.wrongAt : wrongAt;
            twinsDiffer += other.twinsDiffer;
        }

        void print(String name, String inputs) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.3f | %s | %d%s | %d |%n",
                    name,
                    inputs,
                    ulps,
                    at,
                    wrong,
                    wrong > 0 ? " (" + wrongAt + ")" : "",
                    twinsDiffer);
        }
    }

    /** Ten times as fast as {@link Math#tanh}, and good to some 2^-47. */
    private static double tanh(double x) {
        if (Math.abs(x) < 0.01) {
            double z = x * x;
            return x * (1 - z * (1.0 / 3 - z * (2.0 / 15 - z * (17.0 / 315))));
        }
        double e = Math.exp(-2 * Math.abs(x));
        return Math.copySign((1 - e) / (1 + e), x);
    }

    private static double gelu(double x) {
        return x < -30 ? -0.0 : x * 0.5 * ErrorFunction.erfc(-x * Math.sqrt(0.5));
    }

    private static double silu(double x) {
        return x < -200 ? -0.0 : x / (1 + Math.exp(-x));
    }

    private static double distribution(double x) {
        return x < -30 ? 0 : 0.5 * ErrorFunction.erfc(-x * Math.sqrt(0.5));
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** The error in units in the last place; NaN where the result is of the wrong kind. */
    static double error(float got, double exact, double size, boolean signedZeros) {
        if (Double.isNaN(exact) || Float.isNaN(got)) {
            return Double.isNaN(exact) && Float.isNaN(got) ? 0 : Double.NaN;
        }
        if (signedZeros && exact == 0 || Double.isInfinite(exact)) {
            return Double.compare(got, exact) == 0 ? 0 : Double.NaN;
        }
        if (Float.isInfinite(got)) {
            return Float.isInfinite((float) exact) && got > 0 == exact > 0 ? 0 : Double.NaN;
        }
        if (signedZeros && got == 0 && Math.copySign(1, got) != Math.signum(exact)) {
            return Double.NaN;
        }
        int exponent = Math.clamp(Math.getExponent(size), Float.MIN_EXPONENT, Float.MAX_EXPONENT);
        return Math.abs(got - exact) / Math.scalb(1.0, exponent - 23);
    }

    /** Measures the functions named, or all. */
    public static void main(String[] args) throws InterruptedException {
        System.out.println("scalar against " + new VectorKernels().describe());
        System.out.println("| function | inputs | worst error, ULP | at | wrong kind | twins differ |");
        System.out.println("|---|---|---|---|---|---|");
        List<String> names = List.of(args);
        for (Unary f : FUNCTIONS) {
            if (names.isEmpty() || names.contains(f.name)) {
                List<Worst> found = inParallel((from, step) -> scan(f, from, step));
                found.getFirst().print(f.name, FLOATS + " floats");
                found.stream().skip(1).forEach(each -> each.print(f.name + ", by its terms", FLOATS + " floats"));
            }
        }
        if (names.isEmpty() || names.contains("pow")) {
            inParallel(UlpScan::drawPowers).getFirst().print("pow", DRAWN_POWERS + " drawn");
        }
    }

    private interface Part {
        /** What it found by each measure. */
        List<Worst> run(int part, int parts);
    }

    private static List<Worst> inParallel(Part part) throws InterruptedException {
        int parts = Runtime.getRuntime().availableProcessors();
        List<List<Worst>> found = new ArrayList<>(Collections.nCopies(parts, List.of()));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int own = i;
            threads.add(Thread.ofPlatform().start(() -> found.set(own, part.run(own, parts))));
        }
        for (Thread each : threads) {
            each.join();
        }
        List<Worst> all = found.getFirst();
        for (List<Worst> other : found.subList(1, parts)) {
            for (int i = 0; i < all.size(); i++) {
                all.get(i).merge(other.get(i));
            }
        }
        return all;
    }

    private static List<Worst> scan(Unary f, int part, int parts) {
        float[] x = new float[CHUNK];
        float[] y = new float[CHUNK];
        float[] twin = new float[CHUNK];
        boolean ofTerms = f.size != f.exact;
        Worst worst = new Worst(!ofTerms);
        Worst byTerms = new Worst(false);
        for (long chunk = part; chunk * CHUNK < FLOATS; chunk += parts) {
            for (int i = 0; i < CHUNK; i++) {
                x[i] = Float.intBitsToFloat((int) ((chunk * CHUNK + i) * EVERY));
            }
            f.scalar.run(CHUNK, x, 0, twin, 0);
            f.vector.run(CHUNK, x, 0, y, 0);
            for (int i = 0; i < CHUNK; i++) {
                double exact = f.exact.applyAsDouble(x[i]);
                worst.see(y[i], twin[i], exact, exact, x[i], Float.NaN);
                if (ofTerms) {
                    byTerms.see(y[i], twin[i], exact, f.size.applyAsDouble(x[i]), x[i], Float.NaN);
                }
            }
        }
        return ofTerms ? List.of(worst, byTerms) : List.of(worst);
    }

    private static List<Worst> drawPowers(int part, int parts) {
        DoubleBinaryOperator exact = Math::pow;
        SplittableRandom random = new SplittableRandom(part);
        float[] a = new float[CHUNK];
        float[] b = new float[CHUNK];
        float[] y = new float[CHUNK];
        float[] twin = new float[CHUNK];
        Worst worst = new Worst(true);
        for (long chunk = part; chunk * CHUNK < DRAWN_POWERS; chunk += parts) {
            for (int i = 0; i < CHUNK; i += 2) {
                a[i] = Float.intBitsToFloat(random.nextInt());
                b[i] = Float.intBitsToFloat(random.nextInt());
                a[i + 1] = Float.intBitsToFloat(random.nextInt(0x7f800000));
                b[i + 1] = (float) ((random.nextDouble() * 304 - 152) / (Math.log(a[i + 1]) / Math.log(2)));
            }
            SCALAR.pow(CHUNK, a, 0, 1, b, 0, 1, twin, 0);
            VECTOR.pow(CHUNK, a, 0, 1, b, 0, 1, y, 0);
            for (int i = 0; i < CHUNK; i++) {
                double power = exact.applyAsDouble(a[i], b[i]);
                worst.see(y[i], twin[i], power, power, a[i], b[i]);
            }
        }
        return List.of(worst);
    }
}
