package dev.lanewise.kernel.vector;

import static dev.lanewise.kernel.ReductionKernels.BLOCK;
import static dev.lanewise.kernel.ReductionKernels.PARTIALS;
import static dev.lanewise.kernel.ReductionKernels.leftOf;
import static dev.lanewise.kernel.vector.VectorSums.ROW;
import static dev.lanewise.kernel.vector.VectorSums.SWAP_1;
import static dev.lanewise.kernel.vector.VectorSums.SWAP_2;
import static dev.lanewise.kernel.vector.VectorSums.SWAP_4;
import static dev.lanewise.kernel.vector.VectorSums.SWAP_8;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * A matrix whose rows are contiguous times a column, which memory bounds: every element is the dot product of a row and the
 * column in the order of {@link dev.lanewise.kernel.ReductionKernels}, as in {@link VectorSums}.
 *
 * <p>Four rows at a time share the loads of the column and most of the folding: the first two steps of it add lanes at a
 * distance of 2, then of 1, so a vector has room for four rows, one in each lane of a quad.
 */
final class Dots {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Rows at a time: 16 accumulators. With the 16 registers of AVX2 some are spilled; two rows at a time are slower still. */
    private static final int ROWS = 4;

    private static final VectorMask<Float> HAS_1 = lanesWith(1);
    private static final VectorMask<Float> HAS_2 = lanesWith(2);

    private Dots() {}

    /** B is one column, its elements {@code bRow} apart; {@link dev.lanewise.kernel.GemmKernels#isOfDots} must hold. */
    static void run(
            int m,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            int bRow,
            float beta,
            float[] c,
            int co,
            int cRow,
            Workspace w) {
        if (bRow == 1) {
            rows(m, k, alpha, a, ao, aRow, b, bo, beta, c, co, cRow, w.dots);
        } else {
            float[] column = k <= w.rows.length ? w.rows : new float[k];
            PackB.stridedRow(k, b, bo, bRow, column, 0);
            rows(m, k, alpha, a, ao, aRow, column, 0, beta, c, co, cRow, w.dots);
        }
    }

    private static void rows(
            int m,
            int k,
            float alpha,
            float[] a,
            int ao,
            int aRow,
            float[] b,
            int bo,
            float beta,
            float[] c,
            int co,
            int cRow,
            float[] dots) {
        int i = 0;
        for (; i + ROWS <= m; i += ROWS) {
            four(k, a, ao + i * aRow, aRow, b, bo, dots, 0);
            for (int r = 0; r < ROWS; r++) {
                put(alpha, dots[r], beta, c, co + (i + r) * cRow);
            }
        }
        for (; i < m; i++) {
            put(alpha, VectorSums.dot(k, a, ao + i * aRow, b, bo), beta, c, co + i * cRow);
        }
    }

    private static void put(float alpha, float dot, float beta, float[] c, int at) {
        c[at] = beta == 0 ? alpha * dot : Math.fma(alpha, dot, beta * c[at]);
    }

    /** The dots of four rows, {@code to} and behind; what lies further behind is overwritten. */
    private static void four(int n, float[] a, int ao, int aRow, float[] b, int bo, float[] y, int to) {
        if (n > BLOCK) {
            int left = leftOf(n, BLOCK);
            four(left, a, ao, aRow, b, bo, y, to);
            four(n - left, a, ao + left, aRow, b, bo + left, y, to + ROWS);
            addNext(y, to);
            return;
        }
        pass(n, a, ao, aRow, b, bo, 0, y, to);
        if (L == 8) {
            pass(n, a, ao, aRow, b, bo, 8, y, to + ROWS);
            addNext(y, to);
        } else if (L == 4) {
            pass(n, a, ao, aRow, b, bo, 4, y, to + ROWS);
            addNext(y, to);
            pass(n, a, ao, aRow, b, bo, 8, y, to + ROWS);
            pass(n, a, ao, aRow, b, bo, 12, y, to + 2 * ROWS);
            addNext(y, to + ROWS);
            addNext(y, to);
        }
    }

    private static void addNext(float[] y, int to) {
        y[to] += y[to + 4];
        y[to + 1] += y[to + 5];
        y[to + 2] += y[to + 6];
        y[to + 3] += y[to + 7];
    }

    private static void pass(int n, float[] a, int a0, int aRow, float[] b, int bo, int column, float[] y, int to) {
        int a1 = a0 + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        FloatVector p00 = FloatVector.zero(S);
        FloatVector p01 = FloatVector.zero(S);
        FloatVector p02 = FloatVector.zero(S);
        FloatVector p03 = FloatVector.zero(S);
        FloatVector p10 = FloatVector.zero(S);
        FloatVector p11 = FloatVector.zero(S);
        FloatVector p12 = FloatVector.zero(S);
        FloatVector p13 = FloatVector.zero(S);
        FloatVector p20 = FloatVector.zero(S);
        FloatVector p21 = FloatVector.zero(S);
        FloatVector p22 = FloatVector.zero(S);
        FloatVector p23 = FloatVector.zero(S);
        FloatVector p30 = FloatVector.zero(S);
        FloatVector p31 = FloatVector.zero(S);
        FloatVector p32 = FloatVector.zero(S);
        FloatVector p33 = FloatVector.zero(S);
        int whole = n & -PARTIALS;
        for (int i = column; i < whole; i += PARTIALS) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + i);
            p00 = FloatVector.fromArray(S, a, a0 + i).fma(b0, p00);
            p10 = FloatVector.fromArray(S, a, a1 + i).fma(b0, p10);
            p20 = FloatVector.fromArray(S, a, a2 + i).fma(b0, p20);
            p30 = FloatVector.fromArray(S, a, a3 + i).fma(b0, p30);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + i + ROW);
            p01 = FloatVector.fromArray(S, a, a0 + i + ROW).fma(b1, p01);
            p11 = FloatVector.fromArray(S, a, a1 + i + ROW).fma(b1, p11);
            p21 = FloatVector.fromArray(S, a, a2 + i + ROW).fma(b1, p21);
            p31 = FloatVector.fromArray(S, a, a3 + i + ROW).fma(b1, p31);
            FloatVector b2 = FloatVector.fromArray(S, b, bo + i + 2 * ROW);
            p02 = FloatVector.fromArray(S, a, a0 + i + 2 * ROW).fma(b2, p02);
            p12 = FloatVector.fromArray(S, a, a1 + i + 2 * ROW).fma(b2, p12);
            p22 = FloatVector.fromArray(S, a, a2 + i + 2 * ROW).fma(b2, p22);
            p32 = FloatVector.fromArray(S, a, a3 + i + 2 * ROW).fma(b2, p32);
            FloatVector b3 = FloatVector.fromArray(S, b, bo + i + 3 * ROW);
            p03 = FloatVector.fromArray(S, a, a0 + i + 3 * ROW).fma(b3, p03);
            p13 = FloatVector.fromArray(S, a, a1 + i + 3 * ROW).fma(b3, p13);
            p23 = FloatVector.fromArray(S, a, a2 + i + 3 * ROW).fma(b3, p23);
            p33 = FloatVector.fromArray(S, a, a3 + i + 3 * ROW).fma(b3, p33);
        }
        for (int i = whole + column; i < n; i += ROW) {
            VectorMask<Float> within = S.indexInRange(i, n);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i, within);
            FloatVector n0 = FloatVector.fromArray(S, a, a0 + i, within).fma(vb, p00);
            n0 = p00.blend(n0, within); // a sum of -0 that gets nothing stays -0
            p00 = p01;
            p01 = p02;
            p02 = p03;
            p03 = n0;
            FloatVector n1 = FloatVector.fromArray(S, a, a1 + i, within).fma(vb, p10);
            n1 = p10.blend(n1, within);
            p10 = p11;
            p11 = p12;
            p12 = p13;
            p13 = n1;
            FloatVector n2 = FloatVector.fromArray(S, a, a2 + i, within).fma(vb, p20);
            n2 = p20.blend(n2, within);
            p20 = p21;
            p21 = p22;
            p22 = p23;
            p23 = n2;
            FloatVector n3 = FloatVector.fromArray(S, a, a3 + i, within).fma(vb, p30);
            n3 = p30.blend(n3, within);
            p30 = p31;
            p31 = p32;
            p32 = p33;
            p33 = n3;
        }
        FloatVector s0 = p00.add(p02).add(p01.add(p03));
        FloatVector s1 = p10.add(p12).add(p11.add(p13));
        FloatVector s2 = p20.add(p22).add(p21.add(p23));
        FloatVector s3 = p30.add(p32).add(p31.add(p33));
        FloatVector s02 = s0.blend(s2, HAS_2).add(s2.blend(s0, HAS_2).rearrange(SWAP_2));
        FloatVector s13 = s1.blend(s3, HAS_2).add(s3.blend(s1, HAS_2).rearrange(SWAP_2));
        FloatVector s = s02.blend(s13, HAS_1).add(s13.blend(s02, HAS_1).rearrange(SWAP_1)); // quads
        if (L > 4) {
            s = s.add(s.rearrange(SWAP_4));
        }
        if (L > 8) {
            s = s.add(s.rearrange(SWAP_8));
        }
        s.intoArray(y, to);
    }

    /** Lanes whose number has that bit. */
    private static VectorMask<Float> lanesWith(int bit) {
        long lanes = 0;
        for (int i = 0; i < L; i++) {
            lanes |= (i & bit) == 0 ? 0 : 1L << i;
        }
        return VectorMask.fromLong(S, lanes);
    }
}
