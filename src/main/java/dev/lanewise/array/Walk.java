package dev.lanewise.array;

import dev.lanewise.kernel.Kernels;

/**
 * Runs a kernel over two operands of any strides, into a dense result: cuts the work into runs in which both have a step
 * of 0 or 1, as kernels want it.
 *
 * <p>The two innermost loops of the nest form a plane. Where its rows are long and of steps 0 and 1, each row is a run
 * of its own. Otherwise the plane is cut into tiles: an operand that steps otherwise is first brought into order by the
 * {@code copy} kernel, in the result if it can be, else in scratch, and where a tile holds whole rows it is a single run.
 */
final class Walk {

    /** A row of fewer elements is not worth a kernel call of its own. */
    static final int SHORT = 64;

    /** Elements of a tile of short rows: with two operands and the result 48 KB, which L1 holds or nearly so. */
    private static final int TILE = 4096;

    /** Elements of a tile with an operand that steps otherwise: 1 MB, which L2 holds or nearly so. */
    private static final int BAND = 1 << 18;

    /** Rows of a tile come in so many, as the columns of a transposed operand are brought into order. */
    private static final int LINE = 16;

    /** Columns of a tile; longer rows are cut, so that it has many rows. */
    private static final int WIDE = 4096;

    private final Elementwise.Binary op;
    private final Nest nest;
    private final Side a;
    private final Side b;
    private final float[] y;
    private final boolean overOperand;
    private final int rows;
    private final int columns;

    /** Scratch of its own for operands that both lie by columns. */
    private float[] turned = {};

    /** The operands broadcast to the shape, whose size is not 0; y may be the storage of a dense one of that shape. */
    @SuppressWarnings("ReferenceEquality") // whether it is the same storage
    Walk(Elementwise.Binary op, FloatArray a, FloatArray b, Shape shape, float[] y) {
        this.op = op;
        this.nest = Nest.of(shape, a, b);
        this.a = new Side(a, nest.strides[0], nest.rank);
        this.b = new Side(b, nest.strides[1], nest.rank);
        this.y = y;
        this.overOperand = y == this.a.data || y == this.b.data;
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
        boolean unit = a.isUnit() && b.isUnit();
        if (unit && (columns >= SHORT || rows == 1)) {
            runs(a.offset + aStart, b.offset + bStart, yo);
            return;
        }
        // An even split, so that the last tile of a row is not a sliver; nor is that of a column.
        int width = Math.ceilDiv(columns, Math.ceilDiv(columns, WIDE));
        int height = (unit ? TILE : BAND) / width & -LINE;
        for (int c = 0; c < columns; c += width) {
            for (int r = 0, h; r < rows; r += h) {
                int left = rows - r;
                h = left <= height ? left : Math.min(height, left - LINE);
                int w = Math.min(width, columns - c);
                tile(aStart + r * a.row + c * a.column, bStart + r * b.row + c * b.column, h, w, yo + r * columns + c);
            }
        }
    }

    private void tile(int aFrom, int bFrom, int height, int width, int yo) {
        boolean whole = width == columns; // and then the tile of the result is one run
        if (whole && rows >= SHORT && a.isTurned() && b.isTurned()) {
            turned(aFrom, bFrom, height, yo);
            return;
        }
        boolean single = height == 1 || (whole && (width < SHORT || (a.isOneRun(width) && b.isOneRun(width))));
        boolean free = whole && !overOperand;
        boolean taken = a.load(aFrom, height, width, single, free, y, yo);
        b.load(bFrom, height, width, single, free && !taken, y, yo);
        if (single) {
            Elementwise.calls(op, height * width, a.x, a.at, a.step, b.x, b.at, b.step, y, yo);
            return;
        }
        for (int i = 0; i < height; i++) {
            op.run(width, a.x, a.at + i * a.pitch, a.step, b.x, b.at + i * b.pitch, b.step, y, yo + i * columns);
        }
    }

    /** Rows as they stand. */
    private void runs(int aFrom, int bFrom, int yo) {
        for (int i = 0; i < rows; i++) {
            op.run(
                    columns,
                    a.data,
                    aFrom + i * a.row,
                    a.column,
                    b.data,
                    bFrom + i * b.row,
                    b.column,
                    y,
                    yo + i * columns);
        }
    }

    /** Where both operands lie by columns, the result is made by columns too, and brought into order then. */
    private void turned(int aFrom, int bFrom, int height, int yo) {
        if (turned.length < height * columns) {
            turned = Workspace.storage(height * columns);
        }
        int ao = a.offset + aFrom;
        int bo = b.offset + bFrom;
        for (int j = 0; j < columns; j++) {
            op.run(height, a.data, ao + j * a.column, 1, b.data, bo + j * b.column, 1, turned, j * height);
        }
        Kernels.ELEMENTWISE.copy(height, columns, turned, 0, 1, height, y, yo);
    }

    /** One operand: its steps in the plane, and how the next run reads it. */
    private static final class Side {
        private static final float[] NONE = {};

        final float[] data;
        final int offset;
        final int row;
        final int column;

        /** Whether a tile may serve again, further down or in another plane. */
        final boolean repeats;

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
            boolean repeated = false;
            for (int i = 0; i < rank - 1; i++) {
                repeated |= strides[i] == 0;
            }
            this.repeats = repeated;
        }

        boolean isUnit() {
            return column == 0 || column == 1;
        }

        /** Whether it lies by columns. */
        boolean isTurned() {
            return row == 1 && !isUnit();
        }

        /** Whether rows of a tile as wide as the result follow each other, as they stand or in scratch. */
        boolean isOneRun(int width) {
            return !isUnit() || row == column * width;
        }

        /**
         * Makes a tile ready: as it stands if its steps serve, else by way of scratch, or of the result where that is free;
         * returns whether it is.
         */
        boolean load(int from, int height, int width, boolean single, boolean free, float[] y, int yo) {
            boolean oneRun = !single || height == 1 || row == column * width;
            if (isUnit() && oneRun) {
                x = data;
                at = offset + from;
                step = column;
                pitch = row;
                return false;
            }
            step = 1;
            pitch = width;
            if (free && !repeats) {
                Kernels.ELEMENTWISE.copy(height, width, data, offset + from, row, column, y, yo);
                x = y;
                at = yo;
                return true;
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
            return false;
        }
    }
}
