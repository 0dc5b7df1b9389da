package dev.lanewise.kernel.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The scratch memory of one matrix product, borrowed from a bounded pool and given back.
 *
 * <p>Panels lie off the heap because only there can they be aligned to cache lines; the garbage collector frees them with
 * the workspace that holds them. The pool keeps a few at most and belongs to no thread, so neither many platform threads
 * nor millions of virtual ones hold on to memory.
 */
final class Workspace {

    /** Columns of B that can be brought into rows at once. */
    static final int STAGED = 256;

    /** Rows of A that are transposed together where they are columns in memory: three whole cache lines, four strips. */
    static final int TURNED = 48;

    static final int TURNED_SIZE = TURNED * Tiles.STRIP_ROW;

    static final int CACHE_LINE = 64;

    /** Kept for reuse: one for each core, since a product neither blocks nor yields. More are made, then dropped. */
    private static final int KEPT =
            Math.clamp(Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 2 - 1), 1, 64);

    private static final AtomicReferenceArray<@Nullable Workspace> POOL = new AtomicReferenceArray<>(KEPT);

    /** Packed panels of B: up to {@link Tiles#KC} by {@link Tiles#NC}, and what the last panel is rounded up by. */
    final MemorySegment panels = Arena.ofAuto()
            .allocate((long) Tiles.KC * (Tiles.NC + Tiles.NR) * Float.BYTES, CACHE_LINE)
            .fill((byte) 0);

    /** One packed strip of A. */
    final float[] strip = new float[Transpose.SIDE * Tiles.STRIP_ROW];

    /** Rows of A that were columns, before they are packed, or columns of C that are computed as rows. */
    final float[] turned = new float[TURNED_SIZE];

    /** A block of B in contiguous rows. */
    final float[] rows = new float[Tiles.KC * STAGED];

    /** A tile of C that would reach beyond the last column. */
    final float[] edge = new float[Tiles.MR * Tiles.NR];

    /** Dots of a few rows, and of the parts of rows that are cut in two up to 19 times. */
    final float[] dots = new float[128];

    /** A few elements of A. */
    final float[] factors = new float[16];

    private Workspace() {}

    static Workspace borrow() {
        int home = home();
        for (int i = 0; i < KEPT; i++) {
            int slot = (home + i) & (KEPT - 1);
            if (POOL.getPlain(slot) != null) {
                Workspace kept = POOL.getAndSet(slot, null);
                if (kept != null) {
                    return kept;
                }
            }
        }
        return new Workspace();
    }

    void giveBack() {
        int home = home();
        for (int i = 0; i < KEPT; i++) {
            if (POOL.compareAndSet((home + i) & (KEPT - 1), null, this)) {
                return;
            }
        }
    }

    /** Where a thread looks first, so that it tends to get back what is still in its caches. */
    private static int home() {
        return (int) Thread.currentThread().threadId();
    }
}
