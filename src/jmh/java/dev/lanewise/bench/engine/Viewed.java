package dev.lanewise.bench.engine;

import java.util.SplittableRandom;

/**
 * An operation of matrices, one or both of which are views: {@code first}, which is dense or by columns, and {@code second}.
 * An operation of one operand is of {@code second}.
 *
 * @param op {@code add}, {@code relu} or {@code exp}
 * @param view how the operands lie
 * @param rows rows of the result
 * @param columns columns of the result
 * @param first the storage of the first operand
 * @param second the storage of the second
 */
public record Viewed(String op, View view, int rows, int columns, float[] first, float[] second) {

    /** Columns that a column range leaves out at the left, and as many at the right. */
    static final int MARGIN = 5;

    /** How the operands lie; but where both are named, the first is dense. */
    public enum View {
        /** Both dense. */
        CONTIGUOUS,
        /** The second by columns. */
        TRANSPOSED,
        /** Both by columns. */
        BOTH_TRANSPOSED,
        /** Columns out of the middle of wider rows. */
        COLUMN_RANGE,
        /** The rows of even number. */
        EVERY_SECOND_ROW,
        /** One row for all. */
        BROADCAST_ROW,
        /** One column for all. */
        BROADCAST_COLUMN;

        /** As parameters name it: {@code column-range}. */
        public static View named(String name) {
            return valueOf(name.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        }
    }

    /** Of random numbers; the shape as {@code 333x301}. */
    public static Viewed of(String op, String view, String shape) {
        String[] lengths = shape.split("x");
        int m = Integer.parseInt(lengths[0]);
        int n = Integer.parseInt(lengths[1]);
        SplittableRandom random = new SplittableRandom(4);
        Viewed empty = new Viewed(op, View.named(view), m, n, new float[0], new float[0]);
        int length = empty.storedRows() * empty.storedColumns();
        return new Viewed(op, empty.view, m, n, numbers(random, m * n), numbers(random, length));
    }

    private static float[] numbers(SplittableRandom random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-2, 2);
        }
        return numbers;
    }

    /** Rows of the dense matrix that the second operand is a view of. */
    int storedRows() {
        return switch (view) {
            case CONTIGUOUS, COLUMN_RANGE, BROADCAST_COLUMN -> rows;
            case TRANSPOSED, BOTH_TRANSPOSED -> columns;
            case EVERY_SECOND_ROW -> 2 * rows;
            case BROADCAST_ROW -> 1;
        };
    }

    /** Columns of the same. */
    int storedColumns() {
        return switch (view) {
            case CONTIGUOUS, EVERY_SECOND_ROW, BROADCAST_ROW -> columns;
            case TRANSPOSED, BOTH_TRANSPOSED -> rows;
            case COLUMN_RANGE -> columns + 2 * MARGIN;
            case BROADCAST_COLUMN -> 1;
        };
    }

    /** The result in double, row by row. */
    public double[] wanted() {
        double[] wanted = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double a = first[view == View.BOTH_TRANSPOSED ? j * rows + i : i * columns + j];
                double b = second[position(i, j)];
                wanted[i * columns + j] = switch (op) {
                    case "add" -> a + b;
                    case "relu" -> Math.max(b, 0);
                    case "exp" -> Math.exp(b);
                    default -> throw unknown();
                };
            }
        }
        return wanted;
    }

    private int position(int i, int j) {
        return switch (view) {
            case CONTIGUOUS -> i * columns + j;
            case TRANSPOSED, BOTH_TRANSPOSED -> j * rows + i;
            case COLUMN_RANGE -> i * storedColumns() + MARGIN + j;
            case EVERY_SECOND_ROW -> 2 * i * columns + j;
            case BROADCAST_ROW -> j;
            case BROADCAST_COLUMN -> i;
        };
    }

    IllegalArgumentException unknown() {
        return new IllegalArgumentException("no operation " + op);
    }
}
