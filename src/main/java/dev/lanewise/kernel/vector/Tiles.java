package dev.lanewise.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The blocking of the matrix product, and the contract of its micro-kernels.
 *
 * <p>A micro-kernel {@code TileMxW} computes {@code M} rows by {@code W} vectors of C in registers: sums start from zero
 * if the tile is {@code fresh}, else from C, take {@code k} products each, one fused multiply-add after the other in the
 * order of {@code k}, and are stored to C. So it changes no bit where a product is cut along {@code k}.
 *
 * <p>{@code last} is the last row that exists: rows beyond it repeat that row, with the same bits to the same place, so
 * a lower tile needs no kernel of its own. All loads from C come before all stores.
 *
 * <p>{@code TileMxW} reads a packed strip of A ({@link PackA}) and a packed panel of B ({@link PackB}),
 * {@code DirectTileMxW} rows of both where they lie; a strip is rows as well.
 */
final class Tiles {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static final int LANES = SPECIES.length();

    static final int VECTOR_BYTES = LANES * Float.BYTES;

    /**
     * Vectors in a row of a panel of B. 12 by 2 tiles need 27 registers: AVX-512 and NEON have 32. With the 16 of AVX2,
     * 12 by 1 is the shape that C2 compiles without a spill.
     */
    static final int PANEL_VECTORS =
            LANES == 16 || System.getProperty("os.arch", "").equals("aarch64") ? 2 : 1;

    /** Columns of a panel of B, and of the widest tile. */
    static final int NR = PANEL_VECTORS * LANES;

    static final int PANEL_ROW_BYTES = NR * Float.BYTES;

    /** Vectors in the widest tile that takes A and B in place: 6 by 3 need 22 registers, 6 by 2 need 15. */
    static final int DIRECT_VECTORS = PANEL_VECTORS + 1;

    /** Rows of a strip of A, and of the highest tile. */
    static final int MR = 12;

    /** Longest run of k that is packed at once: a strip of A (12 KB) stays in L1 while all panels of B pass by. */
    static final int KC = 256;

    /** Most columns of B that are packed at once: KC by NC floats (768 KB) stay in an L2 of 1 MB while all strips of A pass by. */
    static final int NC = 768;

    /**
     * Distance of the rows of a packed strip. A literal, so that C2 reaches all rows as displacements from one register;
     * not a multiple of the 4 KB after which L1 sets repeat.
     */
    static final int STRIP_ROW = KC + 16;

    private Tiles() {}

    /** Rows of the next strip: as many as the highest tile has, but rather two strips of 8 than 12 and a slow 4. */
    static int rows(int left) {
        return left > MR && left <= 16 ? 8 : Math.min(MR, left);
    }

    /** The lowest tile that holds so many rows. */
    static int height(int rows) {
        return rows > 8 ? MR : rows > 4 ? 8 : 4;
    }

    /** The size of the blocks when {@code length} is cut evenly into as few as possible of at most {@code most}. */
    static int evenBlock(int length, int most, int multiple) {
        int blocks = (length + most - 1) / most;
        int block = (length + blocks - 1) / blocks;
        return (block + multiple - 1) / multiple * multiple;
    }
}
