package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.vector.Tiles.KC;
import static dev.lanewise.kernel.vector.Tiles.NC;
import static dev.lanewise.kernel.vector.Tiles.NR;

import dev.lanewise.kernel.GemmKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * All of B in panels, block after block in the order of the blocked product's loops: what {@link PackB} else brings into
 * scratch memory, block by block, for every product. Even a product of a few rows is then one walk through memory from end
 * to end, which the processor reads ahead of; rows of B where they lie are many short ones.
 */
record PackedB(int n, int k, int nc, int kc, MemorySegment panels) implements GemmKernels.Packed {

    /** Off the heap, where panels can be aligned to cache lines; freed by the garbage collector. */
    static PackedB of(int n, int k, float[] b, int bo, int bRow, int bColumn) {
        if (n == 0 || k == 0) {
            return new PackedB(n, k, NR, 1, MemorySegment.NULL);
        }
        int nc = Tiles.evenBlock(n, NC, NR);
        int kc = Tiles.evenBlock(k, KC, 1);
        long bytes = (long) k * wholePanels(n) * Float.BYTES;
        PackedB packed = new PackedB(n, k, nc, kc, Arena.ofAuto().allocate(bytes, Workspace.CACHE_LINE));
        packed.fill(b, bo, bRow, bColumn);
        return packed;
    }

    /** Packs a B of this size. */
    void fill(float[] b, int bo, int bRow, int bColumn) {
        Workspace workspace = Workspace.borrow();
        try {
            for (int jc = 0; jc < n; jc += nc) {
                int width = Math.min(nc, n - jc);
                for (int pc = 0; pc < k; pc += kc) {
                    int depth = Math.min(kc, k - pc);
                    int from = bo + pc * bRow + jc * bColumn;
                    PackB.panels(depth, width, b, from, bRow, bColumn, workspace.rows, panels, place(jc, pc));
                }
            }
        } finally {
            workspace.giveBack();
        }
    }

    private static int wholePanels(int columns) {
        return (columns + NR - 1) / NR * NR;
    }

    /** Where the block that begins with column jc and row pc stands, in bytes. */
    long place(int jc, int pc) {
        int width = wholePanels(Math.min(nc, n - jc));
        return ((long) jc * k + (long) pc * width) * Float.BYTES;
    }
}
