package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.GradientCheck.ArrayFunction;
import dev.lanewise.autodiff.GradientCheck.DoubleFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run of a {@link GradientCheck} at one point: what the modes give, beside what differences in double give. */
final class GradientComparison {

    /** Instead of the number of an operand: all of them at once. */
    private static final int ALL = -1;

    private static final long SEED = 20250916;

    private final String name;
    private final ArrayFunction function;
    private final DoubleFunction inDouble;
    private final double tolerance;
    private final double absolute;

    private final List<FloatArray> x;
    private final FloatArray y;
    private final Differences differences;
    private final List<double[][]> jacobian;

    /** A direction in each operand, to push forward. */
    private final List<FloatArray> v;

    /** A gradient of the result, to pull back. */
    private final FloatArray w;

    private final List<String> failures = new ArrayList<>();

    GradientComparison(
            String name,
            ArrayFunction function,
            DoubleFunction inDouble,
            double ulps,
            double absolute,
            List<FloatArray> x) {
        this.name = name;
        this.function = function;
        this.inDouble = inDouble;
        this.tolerance = ulps * Math.ulp(1f);
        this.absolute = absolute;
        this.x = x;
        this.y = function.apply(x.stream().map(AdjointArray::constant).toList()).value();
        this.differences = new Differences(inDouble, doubles(x), 1);
        int elements = differences.value().length;
        if (elements != y.size()) {
            throw new IllegalArgumentException(
                    head() + ": the value in double has " + elements + " elements, and the result is " + y.shape());
        }
        this.jacobian = differences.jacobian();
        RandomGenerator random = new SplittableRandom(SEED);
        this.v = x.stream().map(operand -> direction(random, operand.shape())).toList();
        this.w = direction(random, y.shape());
    }

    /** Numbers of magnitudes between 1/2 and 3/2, so that every element of a derivative counts. */
    private static FloatArray direction(RandomGenerator random, Shape shape) {
        float[] numbers = new float[shape.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (0.5f + random.nextFloat()) * (random.nextBoolean() ? 1 : -1);
        }
        return FloatArray.wrap(numbers, shape);
    }

    List<String> run(boolean secondOrder) {
        compare("value", "result", expectedValue(), y, 0);
        firstOrder(ALL);
        for (int i = 0; i < x.size() && x.size() > 1; i++) {
            firstOrder(i);
        }
        if (secondOrder) {
            List<double[][]> curvature = differences.jacobianAlong(doubles(v));
            reverseOverReverse(curvature);
            reverseOverForward(curvature);
            forwardOverReverse(curvature);
        }
        if (!failures.isEmpty()) {
            noteWhereNotSmooth();
        }
        return failures;
    }

    // ---- what is expected, from sums whose terms are known

    /**
     * Numbers, and the magnitude to which float32 can get them right: the largest sum of the absolute values of the terms
     * that make up one of them.
     */
    @SuppressWarnings("ArrayRecordComponent") // made and read here alone, never compared
    private record Expected(double[] numbers, double magnitude) {

        Expected plus(Expected other) {
            double[] sum = new double[numbers.length];
            Arrays.setAll(sum, i -> numbers[i] + other.numbers[i]);
            return new Expected(sum, magnitude + other.magnitude);
        }

        static Expected of(double[] numbers, double[] magnitudes) {
            return new Expected(
                    numbers,
                    Arrays.stream(magnitudes).filter(Double::isFinite).max().orElse(0));
        }
    }

    /** The value; its magnitude is what the operands' own roundings would make of it, if that is more. */
    private Expected expectedValue() {
        double[] value = differences.value();
        double[] sensitivity = weighted(doubles(x), ALL, true);
        double[] magnitudes = new double[value.length];
        Arrays.setAll(magnitudes, k -> Math.max(Math.abs(value[k]), sensitivity[k]));
        return Expected.of(value, magnitudes);
    }

    private Expected expectedTangent(int only) {
        return Expected.of(weighted(doubles(v), only, false), weighted(doubles(v), only, true));
    }

    /** The sum of the Jacobian's columns times the numbers given for one operand or all; of absolute values if asked. */
    private double[] weighted(List<double[]> weights, int only, boolean absolute) {
        double[] sum = new double[y.size()];
        for (int i = 0; i < x.size(); i++) {
            for (int j = 0; j < x.get(i).size() && (only == ALL || only == i); j++) {
                double[] column = jacobian.get(i)[j];
                double weight = weights.get(i)[j];
                for (int k = 0; k < sum.length; k++) {
                    double term = column[k] * weight;
                    sum[k] += absolute ? Math.abs(term) : term;
                }
            }
        }
        return sum;
    }

    /** Columns of a Jacobian, each multiplied by the gradient of the result. */
    private Expected expectedGradient(double[][] columns) {
        double[] gradient = doubles(w);
        double[] numbers = new double[columns.length];
        double[] magnitudes = new double[columns.length];
        for (int j = 0; j < columns.length; j++) {
            for (int k = 0; k < gradient.length; k++) {
                numbers[j] += columns[j][k] * gradient[k];
                magnitudes[j] += Math.abs(columns[j][k] * gradient[k]);
            }
        }
        return Expected.of(numbers, magnitudes);
    }

    // ---- first order, with one operand varying or all of them

    private void firstOrder(int only) {
        String suffix = only == ALL ? "" : ", operand " + only + " alone";
        FloatArray pushed = tangent(only);
        compare("forward" + suffix, "result", expectedTangent(only), pushed, differences.noise());
        List<FloatArray> pulled = gradients(only);
        double left = Differences.dot(doubles(pushed), doubles(w));
        double terms = absoluteDot(pushed, w);
        double right = 0;
        for (int i = 0; i < x.size(); i++) {
            if (only == ALL || only == i) {
                compare(
                        "reverse" + suffix,
                        operand(i),
                        expectedGradient(jacobian.get(i)),
                        pulled.get(i),
                        differences.noise());
                right += Differences.dot(doubles(v.get(i)), doubles(pulled.get(i)));
                terms += absoluteDot(v.get(i), pulled.get(i));
            }
        }
        double allowed = tolerance * terms + absolute;
        if (!(Math.abs(left - right) <= allowed)) {
            failures.add(String.format(
                    Locale.ROOT,
                    "%s: inner product%s: <push v, w> = %.9g and <v, pull w> = %.9g differ by %.2g, tolerance %.2g",
                    head(),
                    suffix,
                    left,
                    right,
                    Math.abs(left - right),
                    allowed));
        }
    }

    private FloatArray tangent(int only) {
        List<DualArray> operands = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            boolean varies = only == ALL || only == i;
            operands.add(varies ? DualArray.of(x.get(i), v.get(i)) : DualArray.constant(x.get(i)));
        }
        return function.apply(operands).tangent().value();
    }

    private List<FloatArray> gradients(int only) {
        List<AdjointArray> operands = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            operands.add(AdjointArray.constant(x.get(i)).requiresGrad(only == ALL || only == i));
        }
        AdjointArray result = function.apply(operands);
        if (result.requiresGrad()) { // else the function does not depend on what varies, and all gradients are zero
            result.backward(w);
        }
        return operands.stream().map(GradientComparison::gradOrZeros).toList();
    }

    // ---- second order

    /**
     * The gradients g = pull w are functions of the operands and of w. Their product {@code <g, v>} has the gradient Hv
     * by the operands, and by w the tangent Jv, which also tests the second derivatives of what is linear.
     */
    private void reverseOverReverse(List<double[][]> curvature) {
        List<AdjointArray> operands = x.stream().map(AdjointArray::variable).toList();
        AdjointArray gradient = AdjointArray.variable(w);
        AdjointArray result = function.apply(operands);
        if (result.requiresGrad()) {
            result.backward(gradient, BackwardOption.CREATE_GRAPH);
        }
        AdjointArray slope = AdjointArray.constant(FloatArray.scalar(0));
        for (int i = 0; i < operands.size(); i++) {
            AdjointArray pulled = operands.get(i).adjoint();
            if (pulled != null) {
                slope = slope.add(pulled.mul(AdjointArray.constant(v.get(i))).sum());
                operands.get(i).zeroGrad();
            }
        }
        if (slope.requiresGrad()) {
            slope.backward();
        }
        String mode = "reverse over reverse";
        for (int i = 0; i < operands.size(); i++) {
            compare(
                    mode,
                    operand(i),
                    expectedGradient(curvature.get(i)),
                    gradOrZeros(operands.get(i)),
                    curvatureNoise());
        }
        compare(mode, "gradient of the result", expectedTangent(ALL), gradOrZeros(gradient), differences.noise());
    }

    /** The tangent is a function of the operands and of the directions: {@code <w, tangent>} is differentiated by both. */
    private void reverseOverForward(List<double[][]> curvature) {
        List<AdjointArray> operands = x.stream().map(AdjointArray::variable).toList();
        List<AdjointArray> directions = v.stream().map(AdjointArray::variable).toList();
        List<DualArray> duals = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            duals.add(DualArray.of(operands.get(i), directions.get(i)));
        }
        AdjointArray tangent = function.apply(duals).tangent();
        if (tangent.requiresGrad()) {
            tangent.backward(w);
        }
        String mode = "reverse over forward";
        for (int i = 0; i < x.size(); i++) {
            FloatArray byDirection = gradOrZeros(directions.get(i));
            compare(
                    mode,
                    operand(i),
                    expectedGradient(curvature.get(i)),
                    gradOrZeros(operands.get(i)),
                    curvatureNoise());
            compare(
                    mode,
                    "tangent of " + operand(i),
                    expectedGradient(jacobian.get(i)),
                    byDirection,
                    differences.noise());
        }
    }

    /** The gradients, as functions of the operands and of w, pushed forward along v and w: Hv and, w once more, pull w. */
    private void forwardOverReverse(List<double[][]> curvature) {
        int n = x.size();
        List<FloatArray> point = Stream.concat(x.stream(), Stream.of(w)).toList();
        List<FloatArray> along = Stream.concat(v.stream(), Stream.of(w)).toList();
        for (int i = 0; i < n; i++) {
            int operand = i;
            Function<List<DualArray>, DualArray> gradient = duals -> Gradients.vjp(function::apply, duals.subList(0, n))
                    .pull(duals.get(n))
                    .get(operand);
            compare(
                    "forward over reverse",
                    operand(i),
                    expectedGradient(curvature.get(i)).plus(expectedGradient(jacobian.get(i))),
                    Gradients.jvp(gradient, point, along).tangent(),
                    curvatureNoise());
        }
    }

    private double curvatureNoise() {
        return differences.noise(doubles(v));
    }

    // ---- comparing and telling

    private void compare(String mode, String what, Expected wanted, FloatArray got, double noise) {
        double[] expected = wanted.numbers();
        double allowed = tolerance * wanted.magnitude() + absolute + noise;
        double[] numbers = doubles(got);
        int worst = -1;
        double most = allowed;
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs(expected[i] - numbers[i]);
            boolean same = mode.equals("value") && Double.compare(expected[i], numbers[i]) == 0; // infinite or NaN
            if (!same && !(error <= most)) {
                worst = i;
                most = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
            }
        }
        if (worst >= 0) {
            failures.add(String.format(
                    Locale.ROOT,
                    "%s: %s, %s, element %s: expected %.9g, got %.9g, tolerance %.2g",
                    head(),
                    mode,
                    what,
                    Arrays.toString(Positions.of(got.shape(), worst)),
                    expected[worst],
                    numbers[worst],
                    allowed));
        }
    }

    /** Differences that depend on the step are none to compare with: a kink or a pole is near. */
    private void noteWhereNotSmooth() {
        List<double[][]> closer = new Differences(inDouble, doubles(x), 0.5).jacobian();
        for (int i = 0; i < x.size(); i++) {
            for (int j = 0; j < x.get(i).size(); j++) {
                for (int k = 0; k < y.size(); k++) {
                    double slope = jacobian.get(i)[j][k];
                    double again = closer.get(i)[j][k];
                    if (!(Math.abs(slope - again) <= tolerance * Math.abs(slope) + 3 * differences.noise())) {
                        failures.add(String.format(
                                Locale.ROOT,
                                "%s: is it smooth here? By element %s of operand %d the difference is %.9g, and %.9g"
                                        + " with half the step",
                                head(),
                                Arrays.toString(Positions.of(x.get(i).shape(), j)),
                                i,
                                slope,
                                again));
                        return;
                    }
                }
            }
        }
    }

    private String head() {
        return "GradientCheck " + name
                + x.stream().map(operand -> operand.shape().toString()).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String operand(int i) {
        return "operand " + i;
    }

    private static FloatArray gradOrZeros(AdjointArray leaf) {
        FloatArray grad = leaf.grad();
        return grad == null ? FloatArray.zeros(leaf.shape()) : grad;
    }

    private static double absoluteDot(FloatArray a, FloatArray b) {
        return Differences.dot(doubles(a.abs()), doubles(b.abs()));
    }

    private static double[] doubles(FloatArray array) {
        return DoubleArray.of(array).toArray();
    }

    private static List<double[]> doubles(List<FloatArray> arrays) {
        return arrays.stream().map(GradientComparison::doubles).toList();
    }
}
