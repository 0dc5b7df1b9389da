package dev.lanewise.array;

import dev.lanewise.kernel.Kernels;

/**
 * Runs a kernel over operands of any strides, into a dense result: cuts the work into runs in which every operand has a
 * step of 0 or 1, as kernels want it.
 *
 * <p>The two innermost loops of the nest form a plane. Where its rows are long and of steps 0 and 1, each row is a run
 * of its own. Otherwise the plane is cut into tiles that fit the L1 cache; operands that step otherwise are first brought
 * into scratch by the {@code copy} kernel, and where a tile holds whole rows it is a single run.
 */
final class Walk {

    /** A row of fewer elements is not worth a kernel call of its own. */
    private static final int SHORT = 64;

    /** Columns of a tile cut out of longer rows: short enough for a tile to have as many rows as a cache line has floats. */
    private static final int COLUMNS = 128;

    /** Elements of a tile: with two operands and the result 48 KB, which L1 holds or nearly so. */
    private static final int TILE = 4096;

    /** A kernel call on some number of operands. */
    @FunctionalInterface
    interface Run {
        void run(int n, float[][] x, int[] at, int[] step, float[] y, int yo);
    }

    private final Run run;
    private final Nest nest;
    private final float[] y;
    private final int operands;
    private final int rows;
    private final int columns;
    private final int[] rowStride;
    private final int[] columnStride;

    /** Where each operand of the plane starts. */
    private final int[] start;

    /** The arguments of the next run. */
    private final float[][] x;

    private final int[] at;
    private final int[] step;

    /** How far each operand goes on from one row of a tile to the next. */
    private final int[] pitch;

    private final float[][] scratch;

    Walk(Run run, Nest nest, float[] y) {
        this.run = run;
        this.nest = nest;
        this.y = y;
        this.operands = nest.data.length;
        this.start = nest.offsets.clone();
        this.x = nest.data.clone();
        this.at = new int[operands];
        this.step = new int[operands];
        this.pitch = new int[operands];
        this.scratch = new float[operands][0];
        this.rowStride = new int[operands];
        this.columnStride = new int[operands];
        this.columns = nest.rank > 0 ? nest.dims[nest.rank - 1] : 1;
        this.rows = nest.rank > 1 ? nest.dims[nest.rank - 2] : 1;
        for (int i = 0; i < operands; i++) {
            columnStride[i] = nest.rank > 0 ? nest.strides[i][nest.rank - 1] : 0;
            rowStride[i] = nest.rank > 1 ? nest.strides[i][nest.rank - 2] : 0;
        }
    }

    void go() {
        if (y.length > 0) {
            loop(0, 0);
        }
    }

    /** One of the outer loops; returns where the result goes on. */
    private int loop(int depth, int yo) {
        if (depth >= nest.rank - 2) {
            plane(yo);
            return yo + rows * columns;
        }
        int next = yo;
        for (int k = 0; k < nest.dims[depth]; k++) {
            next = loop(depth + 1, next);
            for (int i = 0; i < operands; i++) {
                start[i] += nest.strides[i][depth];
            }
        }
        for (int i = 0; i < operands; i++) {
            start[i] -= nest.dims[depth] * nest.strides[i][depth];
        }
        return next;
    }

    private void plane(int yo) {
        if ((columns >= SHORT || rows == 1) && isUnitSteps()) {
            tile(0, 0, rows, columns, yo);
            return;
        }
        int parts = (columns + COLUMNS - 1) / COLUMNS;
        int width = (columns + parts - 1) / parts; // an even split: no sliver at the right
        int height = Math.max(1, Math.min(rows, TILE / width));
        for (int c = 0; c < columns; c += width) {
            for (int r = 0; r < rows; r += height) {
                tile(r, c, Math.min(height, rows - r), Math.min(width, columns - c), yo);
            }
        }
    }

    private boolean isUnitSteps() {
        for (int stride : columnStride) {
            if (stride != 0 && stride != 1) {
                return false;
            }
        }
        return true;
    }

    /** The rectangle of the plane from row r and column c on. */
    private void tile(int r, int c, int height, int width, int yo) {
        boolean wholeRows = width == columns && width < SHORT;
        boolean single = height == 1 || wholeRows;
        for (int i = 0; i < operands; i++) {
            load(i, r, c, height, width, wholeRows);
        }
        int to = yo + r * columns + c;
        if (single) {
            run.run(height * width, x, at, step, y, to);
            return;
        }
        for (int row = 0; row < height; row++) {
            run.run(width, x, at, step, y, to + row * columns);
            for (int i = 0; i < operands; i++) {
                at[i] += pitch[i];
            }
        }
    }

    /** Makes operand i ready: as it stands if its steps serve, else by way of scratch. */
    private void load(int i, int r, int c, int height, int width, boolean wholeRows) {
        int rs = rowStride[i];
        int cs = columnStride[i];
        int from = start[i] + r * rs + c * cs;
        boolean unit = cs == 0 || cs == 1;
        boolean oneRun = !wholeRows || height == 1 || rs == cs * width;
        if (unit && oneRun) {
            x[i] = nest.data[i];
            at[i] = from;
            step[i] = cs;
            pitch[i] = rs;
            return;
        }
        if (scratch[i].length == 0) {
            scratch[i] = new float[Math.min(rows * columns, TILE)];
        }
        Kernels.ELEMENTWISE.copy(height, width, nest.data[i], from, rs, cs, scratch[i], 0);
        x[i] = scratch[i];
        at[i] = 0;
        step[i] = 1;
        pitch[i] = width;
    }
}
