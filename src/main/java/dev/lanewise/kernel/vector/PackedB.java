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
        float[] staging = new float[bColumn == 1 ? 0 : (kc + Transpose.SIDE) * NR]; // blocks are transposed whole
        for (int jc = 0; jc < n; jc += nc) {
            int width = Math.min(nc, n - jc);
            for (int pc = 0; pc < k; pc += kc) {
                MemorySegment block = packed.panels.asSlice(packed.place(jc, pc));
                int from = bo + pc * bRow + jc * bColumn;
                PackB.panels(Math.min(kc, k - pc), width, b, from, bRow, bColumn, staging, block);
            }
        }
        return packed;
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
