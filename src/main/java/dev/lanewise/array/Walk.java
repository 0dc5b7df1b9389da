package dev.lanewise.array;

import dev.lanewise.kernel.Kernels;

/**
 * Runs a kernel over two operands of any strides, into a dense result: cuts the work into runs in which both have a step
 * of 0 or 1, as kernels want it.
 *
 * <p>The two innermost loops of the nest form a plane. Where its rows are long and of steps 0 and 1, each row is a run
 * of its own. Otherwise the plane is cut into tiles that fit the L1 cache; an operand that steps otherwise is first
 * brought into scratch by the {@code copy} kernel, and where a tile holds whole rows it is a single run.
 */
final class Walk {

    /** A row of fewer elements is not worth a kernel call of its own. */
    private static final int SHORT = 64;

    /** Columns of a tile cut out of longer rows: short enough for a tile to have as many rows as a cache line has floats. */
    private static final int COLUMNS = 128;

    /** Elements of a tile: with two operands and the result 48 KB, which L1 holds or nearly so. */
    private static final int TILE = 4096;

    private final Elementwise.Binary op;
    private final Nest nest;
    private final Side a;
    private final Side b;
    private final float[] y;
    private final int rows;
    private final int columns;

    /** The operands broadcast to the shape, whose size is not 0; y may be the storage of a dense one of that shape. */
    Walk(Elementwise.Binary op, FloatArray a, FloatArray b, Shape shape, float[] y) {
        this.op = op;
        this.nest = Nest.of(shape, a, b);
        this.a = new Side(a, nest.strides[0], nest.rank);
        this.b = new Side(b, nest.strides[1], nest.rank);
        this.y = y;
        this.columns = nest.rank > 0 ? nest.dims[nest.rank - 1] : 1;
        this.rows = nest.rank > 1 ? nest.dims[nest.rank - 2] : 1;
    }

    void run() {
        a.held = 0; // the numbers may be others than in the run before
        b.held = 0;
        loop(0, 0, 0, 0);
    }

    /** One of the loops outside the plane; returns where the result goes on. */
    private int loop(int depth, int aStart, int bStart, int yo) {
        if (depth >= nest.rank - 2) {
            plane(aStart, bStart, yo);
            return yo + rows * columns;
        }
        int next = yo;
        for (int i = 0; i < nest.dims[depth]; i++) {
            next = loop(depth + 1, aStart + i * nest.strides[0][depth], bStart + i * nest.strides[1][depth], next);
        }
        return next;
    }

    private void plane(int aStart, int bStart, int yo) {
        if ((columns >= SHORT || rows == 1) && a.isUnit() && b.isUnit()) {
            tile(aStart, bStart, rows, columns, yo);
            return;
        }
        // An even split, so that the last tile of a row is not a sliver (but of rows beyond some thousand columns).
        int parts = (columns + COLUMNS - 1) / COLUMNS;
        int width = (columns + parts - 1) / parts;
        int height = Math.min(rows, TILE / width);
        for (int c = 0; c < columns; c += width) {
            for (int r = 0; r < rows; r += height) {
                tile(
                        aStart + r * a.row + c * a.column,
                        bStart + r * b.row + c * b.column,
                        Math.min(height, rows - r),
                        Math.min(width, columns - c),
                        yo + r * columns + c);
            }
        }
    }

    private void tile(int aFrom, int bFrom, int height, int width, int yo) {
        boolean single = height == 1 || (width == columns && width < SHORT);
        a.load(aFrom, height, width, single);
        b.load(bFrom, height, width, single);
        int runs = single ? 1 : height;
        int n = single ? height * width : width;
        for (int i = 0; i < runs; i++) {
            op.run(n, a.x, a.at + i * a.pitch, a.step, b.x, b.at + i * b.pitch, b.step, y, yo + i * columns);
        }
    }

    /** One operand: its steps in the plane, and how the next run reads it. */
    private static final class Side {
        private static final float[] NONE = {};

        final float[] data;
        final int offset;
        final int row;
        final int column;

        // What the next runs read: the array, the first element, the step, and from one row of the tile to the next.
        float[] x;
        int at;
        int step;
        int pitch;

        // What scratch holds: so many rows of the tile that starts there.
        private float[] scratch = NONE;
        private int held;
        private int heldFrom;

        Side(FloatArray array, int[] strides, int rank) {
            this.data = array.operand();
            this.x = data;
            this.offset = array.offset;
            this.column = rank > 0 ? strides[rank - 1] : 0;
            this.row = rank > 1 ? strides[rank - 2] : 0;
        }

        boolean isUnit() {
            return column == 0 || column == 1;
        }

        /** Makes a tile ready: as it stands if its steps serve, else by way of scratch. */
        void load(int from, int height, int width, boolean single) {
            boolean oneRun = !single || height == 1 || row == column * width;
            if (isUnit() && oneRun) {
                x = data;
                at = offset + from;
                step = column;
                pitch = row;
                return;
            }
            if (scratch.length < height * width) {
                scratch = Workspace.storage(height * width);
                held = 0;
            }
            // Where one repeats all the way down a plane, or from plane to plane, the copy still stands.
            if (heldFrom != from || height > held) {
                Kernels.ELEMENTWISE.copy(height, width, data, offset + from, row, column, scratch, 0);
                held = height;
                heldFrom = from;
            }
            x = scratch;
            at = 0;
            step = 1;
            pitch = width;
        }
    }
}
