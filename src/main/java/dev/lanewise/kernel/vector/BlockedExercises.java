package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.LANES;
import static dev.lanewise.kernel.vector.Tiles.NR;

import dev.lanewise.kernel.Exercise;
import dev.lanewise.kernel.GemmKernels.Epilogue;
import java.util.Arrays;
import java.util.List;

/**
 * Exercises of the blocked matrix product, which a caller of the contract meets only with operands so large that the
 * interpreter would spend a second on one of them.
 */
final class BlockedExercises {

    private static final int MOST_ROWS = 31; // strips of every height
    private static final int MOST_COLUMNS = 9 * LANES + NR; // a group, vectors, and a part of one
    private static final int MOST_DEPTH = 64;

    private final float[] a = new float[MOST_ROWS * MOST_DEPTH];
    private final float[] b = new float[MOST_COLUMNS * MOST_DEPTH];
    private final float[] c = new float[MOST_ROWS * MOST_COLUMNS];
    private final PackedB shallow = PackedB.of(MOST_COLUMNS, 3, b, 0, MOST_COLUMNS, 1);
    private final PackedB deep = PackedB.of(MOST_COLUMNS, MOST_DEPTH, b, 0, MOST_COLUMNS, 1);

    private BlockedExercises() {
        Arrays.fill(a, 0.5f);
        Arrays.fill(b, 0.25f);
    }

    static List<Exercise> all() {
        BlockedExercises operands = new BlockedExercises();
        return List.of(
                new Exercise("blocked product", turn -> operands.product(turn, false)),
                new Exercise("blocked product of transposed operands", turn -> operands.product(turn, true)),
                new Exercise("packing of a whole operand", operands::pack));
    }

    /** Into the same place each time, for a new one would be garbage. */
    private void pack(int turn) {
        PackedB packed = turn < Exercise.SHORT ? shallow : deep;
        if (turn % 2 == 0) {
            packed.fill(b, 0, packed.n(), 1);
        } else {
            packed.fill(b, 0, 1, packed.k());
        }
    }

    private void product(int turn, boolean transposed) {
        int m = 1 + turn % MOST_ROWS;
        int n = 1 + turn % MOST_COLUMNS;
        int k = turn < Exercise.SHORT ? 1 + turn % 3 : 1 + turn % MOST_DEPTH;
        int aRow = transposed ? 1 : k;
        int aColumn = transposed ? m : 1;
        int bRow = transposed ? 1 : n;
        int bColumn = transposed ? k : 1;
        boolean fresh = turn % 3 != 0;
        float alpha = turn % 5 == 0 ? 0.5f : 1;
        Workspace workspace = Workspace.borrow();
        try {
            VectorGemm.blocked(
                    m, n, k, alpha, a, 0, aRow, aColumn, b, 0, bRow, bColumn, fresh, c, 0, n, Epilogue.NONE, workspace);
        } finally {
            workspace.giveBack();
        }
    }
}
