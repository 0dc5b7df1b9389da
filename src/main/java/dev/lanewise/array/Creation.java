package dev.lanewise.array;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Arrays out of plain numbers, formulas and random generators. */
final class Creation {

    private Creation() {}

    static FloatArray wrap(String op, float[] numbers, Shape shape) {
        Shapes.requireSize(op, numbers.length, shape);
        return new FloatArray(numbers, shape);
    }

    static FloatArray ofRows(float[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        Shape shape = Shape.of(rows.length, columns);
        float[] data = new float[shape.size()];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "of: row " + i + " has " + rows[i].length + " numbers and row 0 has " + columns);
            }
            System.arraycopy(rows[i], 0, data, i * columns, columns);
        }
        return new FloatArray(data, shape);
    }

    static FloatArray full(float number, Shape shape) {
        float[] data = new float[shape.size()];
        Arrays.fill(data, number);
        return new FloatArray(data, shape);
    }

    static FloatArray arange(double start, double stop, double step) {
        String call = "arange from " + start + " to " + stop + " in steps of " + step;
        if (!Double.isFinite(start) || !Double.isFinite(stop) || !Double.isFinite(step) || step == 0) {
            throw new IllegalArgumentException(call + ": all three are finite, and a step is not 0");
        }
        double count = Math.max(0, Math.ceil((stop - start) / step));
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(call + ": more numbers than an array can hold");
        }
        float[] data = new float[(int) count];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (start + i * step);
        }
        return new FloatArray(data, Shape.of(data.length));
    }

    static FloatArray linspace(double start, double end, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("linspace: a count of " + count + " is negative");
        }
        if (!Double.isFinite(start) || !Double.isFinite(end)) {
            throw new IllegalArgumentException("linspace from " + start + " to " + end + ": both are finite");
        }
        float[] data = new float[count];
        double step = (end - start) / Math.max(1, count - 1);
        for (int i = 0; i < count; i++) {
            data[i] = (float) (start + i * step);
        }
        if (count > 1) {
            data[count - 1] = (float) end;
        }
        return new FloatArray(data, Shape.of(count));
    }

    static FloatArray eye(int n) {
        Shape shape = Shape.ofResult("eye", n, " by ", n, new int[] {n, n});
        float[] data = new float[shape.size()];
        for (int i = 0; i < n; i++) {
            data[i * n + i] = 1;
        }
        return new FloatArray(data, shape);
    }

    static FloatArray rand(RandomGenerator random, Shape shape) {
        float[] data = new float[shape.size()];
        for (int i = 0; i < data.length; i++) {
            // Not nextFloat(), whose way from bits to a number each generator may choose for itself.
            data[i] = (random.nextInt() >>> 8) * 0x1p-24f;
        }
        return new FloatArray(data, shape);
    }

    static FloatArray randn(RandomGenerator random, Shape shape) {
        float[] data = new float[shape.size()];
        for (int i = 0; i < data.length; i += 2) {
            double u = ((random.nextLong() >>> 11) + 1) * 0x1p-53; // in (0, 1], so that its logarithm is finite
            double angle = (random.nextLong() >>> 11) * (0x1p-53 * 2 * Math.PI);
            double radius = Math.sqrt(-2 * StrictMath.log(u));
            data[i] = (float) (radius * StrictMath.cos(angle));
            if (i + 1 < data.length) {
                data[i + 1] = (float) (radius * StrictMath.sin(angle));
            }
        }
        return new FloatArray(data, shape);
    }
}
