package dev.lanewise.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.GradientCheck;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttentionTest {

    private static final int BATCH = 2;
    private static final int N = 3;
    private static final int M = 4;
    private static final int D = 5;
    private static final int E = 2;

    private static final Random RANDOM = new Random(8);
    private static final FloatArray Q = FloatArray.randn(RANDOM, BATCH, N, D);
    private static final FloatArray K = FloatArray.randn(RANDOM, BATCH, M, D);
    private static final FloatArray V = FloatArray.randn(RANDOM, BATCH, M, E);

    /** The first example sees three keys, the second only the last one. */
    private static final FloatArray KEYS = FloatArray.of(new float[] {1, 1, 1, 0, 0, 0, 0, 1}, BATCH, 1, M);

    /** The second query sees nothing. */
    private static final FloatArray BLIND = FloatArray.of(new float[] {1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1}, N, M);

    /** The definition, in double. */
    private static FloatArray expected(FloatArray q, FloatArray k, FloatArray v, @Nullable FloatArray mask) {
        FloatArray seen = mask == null ? FloatArray.ones(BATCH, N, M) : mask.expand(Shape.of(BATCH, N, M));
        float[] result = new float[BATCH * N * E];
        for (int b = 0; b < BATCH; b++) {
            for (int i = 0; i < N; i++) {
                double[] weights = new double[M];
                double sum = 0;
                for (int j = 0; j < M; j++) {
                    double score = 0;
                    for (int d = 0; d < D; d++) {
                        score += (double) q.get(b, i, d) * k.get(b, j, d);
                    }
                    weights[j] = seen.get(b, i, j) == 0 ? 0 : Math.exp(score / Math.sqrt(D));
                    sum += weights[j];
                }
                for (int e = 0; e < E; e++) {
                    double mixed = 0;
                    for (int j = 0; j < M; j++) {
                        mixed += weights[j] == 0 ? 0 : weights[j] / sum * v.get(b, j, e);
                    }
                    result[(b * N + i) * E + e] = (float) mixed;
                }
            }
        }
        return FloatArray.of(result, BATCH, N, E);
    }

    private static void assertFollows(@Nullable FloatArray mask) {
        FloatArray wanted = expected(Q, K, V, mask);
        FloatArray got = Attention.attend(Q, K, V, mask);
        assertTrue(got.closeTo(wanted, 1e-5, 1e-6), () -> got + " is not " + wanted);
    }

    @Test
    void mixesTheValuesByTheDefinition() {
        assertFollows(null);
        assertFollows(FloatArray.ones(M));
        assertFollows(KEYS);
        assertFollows(BLIND);
        assertFollows(KEYS.mul(BLIND));
        assertFollows(FloatArray.scalar(1));
        assertFollows(FloatArray.scalar(0));
    }

    @Test
    void anyNumberButZeroLetsAKeyBeSeen() {
        assertEquals(Attention.attend(Q, K, V, KEYS), Attention.attend(Q, K, V, KEYS.mul(-0.5f)));
    }

    @Test
    void whatIsMaskedHasNoInfluenceAtAll() {
        FloatArray otherKeys = K.where(KEYS.reshape(BATCH, M, 1), FloatArray.scalar(1e6f));
        FloatArray otherValues = V.where(KEYS.reshape(BATCH, M, 1), FloatArray.scalar(-1e6f));
        assertEquals(Attention.attend(Q, K, V, KEYS), Attention.attend(Q, otherKeys, otherValues, KEYS));
    }

    @Test
    void aQueryThatSeesNothingGivesZeroAndNoGradient() {
        AdjointArray q = AdjointArray.variable(Q);
        AdjointArray k = AdjointArray.variable(K);
        AdjointArray v = AdjointArray.variable(V);
        AdjointArray blind = Attention.attend(q, k, v, FloatArray.zeros(1, M));
        assertEquals(FloatArray.zeros(BATCH, N, E), blind.value());
        blind.sum().backward();
        for (AdjointArray operand : List.of(q, k, v)) {
            assertEquals(0, requireNonNull(operand.grad()).abs().max().item());
        }
        FloatArray second = Attention.attend(Q, K, V, BLIND).slice(Index.all(), Index.at(1));
        assertEquals(FloatArray.zeros(BATCH, E), second);
    }

    private static <A extends ArrayOps<A>> A open(List<A> x) {
        return Attention.attend(x.get(0), x.get(1), x.get(2), null);
    }

    private static <A extends ArrayOps<A>> A masked(List<A> x) {
        return Attention.attend(x.get(0), x.get(1), x.get(2), KEYS);
    }

    private static <A extends ArrayOps<A>> A blind(List<A> x) {
        return Attention.attend(x.get(0), x.get(1), x.get(2), BLIND);
    }

    @Test
    void itsDerivativesAreRightInEveryMode() {
        GradientCheck.of("attend", AttentionTest::open).check(Q, K, V);
        GradientCheck.of("attend with masked keys", AttentionTest::masked).check(Q, K, V);
        GradientCheck.of("attend with a query that sees nothing", AttentionTest::blind)
                .check(Q, K, V);
    }

    @Test
    void noKeysOrNoQueriesGiveZerosOrNothing() {
        assertEquals(
                FloatArray.zeros(BATCH, N, E),
                Attention.attend(Q, FloatArray.zeros(BATCH, 0, D), FloatArray.zeros(BATCH, 0, E), null));
        assertEquals(
                Shape.of(BATCH, 0, E),
                Attention.attend(FloatArray.zeros(BATCH, 0, D), K, V, KEYS).shape());
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        assertMessage(
                "attend: queries 2x3x5, keys 5 and values 2x4x2 are not all ... x length x width of one rank",
                () -> Attention.attend(Q, FloatArray.zeros(D), V, null));
        assertMessage(
                "attend: a mask of shape 3x3 does not fit scores of shape 2x3x4",
                () -> Attention.attend(Q, K, V, FloatArray.ones(N, N)));
        assertMessage(
                "attend: a mask of shape 1x2x3x4 does not fit scores of shape 2x3x4",
                () -> Attention.attend(Q, K, V, FloatArray.ones(1, BATCH, N, M)));
        assertMessage(
                "matmul: 2x3x5 by 2x4x4: inner sizes 5 and 4 differ",
                () -> Attention.attend(Q, FloatArray.zeros(BATCH, M, 4), V, null));
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
