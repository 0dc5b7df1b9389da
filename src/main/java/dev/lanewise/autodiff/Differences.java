package dev.lanewise.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Derivatives of a function in double by central differences: what {@link GradientCheck} compares with.
 *
 * <p>A derivative along a line is the four-point central difference
 * {@code (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12h}, whose error is {@code h^4 f⁽⁵⁾ / 30} (Abramowitz and Stegun,
 * 25.3.6); a second derivative is a difference of differences. The step of an element is 2^-10 of its magnitude rounded
 * down to a power of two (of 1/8 where it is smaller), so that {@code x + h} is exact. With values and derivatives about
 * 1 that leaves errors of about 1e-12 in first and 1e-9 in second derivatives, against the 6e-8 of one rounding to
 * float32.
 */
final class Differences {

    private static final double RELATIVE_STEP = 0x1p-10;
    private static final double LEAST_MAGNITUDE = 0x1p-3;

    /** A function of a number with many results. */
    @FunctionalInterface
    private interface Curve {
        double[] at(double t);
    }

    private final GradientCheck.DoubleFunction function;
    private final List<double[]> at;
    private final double scale;

    /** The point of that many operands, and a factor for all steps: 1, or another to see whether it matters. */
    Differences(GradientCheck.DoubleFunction function, List<double[]> at, double scale) {
        this.function = function;
        this.at = at;
        this.scale = scale;
    }

    double[] value() {
        return function.apply(copy(at));
    }

    /** For each operand, for each of its elements, the derivatives of every element of the result. */
    List<double[][]> jacobian() {
        List<double[][]> jacobian = new ArrayList<>();
        for (int i = 0; i < at.size(); i++) {
            double[][] columns = new double[at.get(i).length][];
            for (int j = 0; j < columns.length; j++) {
                int operand = i;
                int element = j;
                columns[j] = slope(t -> function.apply(movedElement(copy(at), operand, element, t)), step(i, j));
            }
            jacobian.add(columns);
        }
        return jacobian;
    }

    /** The same for the derivative along the direction v instead of the function: second derivatives. */
    List<double[][]> jacobianAlong(List<double[]> v) {
        double along = stepAlong(v);
        List<double[][]> jacobian = new ArrayList<>();
        for (int i = 0; i < at.size(); i++) {
            double[][] columns = new double[at.get(i).length][];
            for (int j = 0; j < columns.length; j++) {
                int operand = i;
                int element = j;
                Curve directional = t -> slope(
                        s -> function.apply(movedElement(movedAlong(copy(at), v, s), operand, element, t)), along);
                columns[j] = slope(directional, step(i, j));
            }
            jacobian.add(columns);
        }
        return jacobian;
    }

    /** What rounding in double may put into a first derivative by an element, were it 0. */
    double noise() {
        return 8 * Math.ulp(largestValue()) / smallestStep();
    }

    /** The same for {@link #jacobianAlong}. */
    double noise(List<double[]> v) {
        return noise() / stepAlong(v);
    }

    private double largestValue() {
        double largest = 0;
        for (double y : value()) {
            largest = Math.max(largest, Double.isFinite(y) ? Math.abs(y) : 0);
        }
        return largest;
    }

    // ---- steps

    private double step(int operand, int element) {
        double magnitude = Math.max(Math.abs(at.get(operand)[element]), LEAST_MAGNITUDE);
        return scale * RELATIVE_STEP * Math.scalb(1.0, Math.getExponent(magnitude));
    }

    private double smallestStep() {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < at.size(); i++) {
            for (int j = 0; j < at.get(i).length; j++) {
                smallest = Math.min(smallest, step(i, j));
            }
        }
        return smallest;
    }

    /** The longest step along a direction that takes no element further than its own. */
    private double stepAlong(List<double[]> v) {
        double step = Double.POSITIVE_INFINITY;
        for (int i = 0; i < v.size(); i++) {
            for (int j = 0; j < v.get(i).length; j++) {
                step = Math.min(step, step(i, j) / Math.abs(v.get(i)[j]));
            }
        }
        return step;
    }

    private static double[] slope(Curve f, double h) {
        double[] near = difference(f, h);
        double[] far = difference(f, 2 * h);
        double[] slope = new double[near.length];
        Arrays.setAll(slope, i -> (8 * near[i] - far[i]) / (12 * h));
        return slope;
    }

    private static double[] difference(Curve f, double h) {
        double[] after = f.at(h);
        double[] before = f.at(-h);
        double[] difference = new double[after.length];
        Arrays.setAll(difference, i -> after[i] - before[i]);
        return difference;
    }

    private static List<double[]> copy(List<double[]> x) {
        return x.stream().map(double[]::clone).toList();
    }

    private static List<double[]> movedElement(List<double[]> x, int operand, int element, double by) {
        x.get(operand)[element] += by;
        return x;
    }

    private static List<double[]> movedAlong(List<double[]> x, List<double[]> v, double by) {
        for (int i = 0; i < x.size(); i++) {
            for (int j = 0; j < x.get(i).length; j++) {
                x.get(i)[j] += by * v.get(i)[j];
            }
        }
        return x;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
