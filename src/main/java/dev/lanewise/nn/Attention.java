package dev.lanewise.nn;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What attention computes, as functions of arrays of any kind. */
public final class Attention {

    /**
     * What is added to the score of a key that must not be seen. It is finite, so that a row of nothing else does not become
     * NaN, and so large that any other score is rounded away beside it.
     */
    private static final float HIDDEN = -1e30f;

    private Attention() {}

    /**
     * For each query the mean of the values, weighted by {@code softmax(queries · keysᵀ / sqrt(d))} (Vaswani and others,
     * <i>Attention is all you need</i>, 2017). All leading dimensions are a batch, and go into one batched product each way.
     *
     * <p>A key that is masked gets the weight 0 exactly. Where a query may see no key at all, the result is 0 and so are its
     * gradients. Besides q, k and v, a graph keeps one array of the size of the weights, a number for each row of a mask, and
     * nothing at all if none of the three requires grad.
     *
     * @param queries {@code … x n x d}
     * @param keys {@code … x m x d}
     * @param values {@code … x m x e}
     * @param mask what broadcasts to {@code … x n x m}: not 0 where the query may see the key; null if it may see all
     * @return {@code … x n x e}
     * @throws IllegalArgumentException for shapes that do not fit
     */
    public static <A extends ArrayOps<A>> A attend(A queries, A keys, A values, @Nullable FloatArray mask) {
        return attend(queries, keys, values, mask, UnaryOperator.identity());
    }

    /** The same with something done to the weights before they are used. */
    static <A extends ArrayOps<A>> A attend(
            A queries, A keys, A values, @Nullable FloatArray mask, UnaryOperator<A> weighted) {
        int rank = queries.rank();
        if (rank < 2 || keys.rank() != rank || values.rank() != rank) {
            throw new IllegalArgumentException("attend: queries " + queries.shape() + ", keys " + keys.shape()
                    + " and values " + values.shape() + " are not all ... x length x width of one rank");
        }
        // The queries are scaled and not the scores, which are more as soon as there are more keys than features.
        A scaled = queries.mul((float) (1 / Math.sqrt(queries.shape().dim(-1))));
        A scores = scaled.matmul(keys.transpose(lastTwoSwapped(rank)));
        if (mask == null) {
            return weighted.apply(scores.softmax(-1)).matmul(values);
        }
        if (scores.rank() < mask.rank() || !fits(mask, scores)) {
            throw new IllegalArgumentException(
                    "attend: a mask of shape " + mask.shape() + " does not fit scores of shape " + scores.shape());
        }
        FloatArray hidden = FloatArray.zeros(mask.shape()).where(mask, FloatArray.scalar(HIDDEN));
        A result = weighted.apply(scores.add(scores.lift(hidden)).softmax(-1)).matmul(values);
        if (mask.size() == 0) {
            return result;
        }
        FloatArray sees = mask.rank() == 0 ? mask.ne(0) : mask.ne(0).max(true, -1);
        return result.where(result.lift(sees), result.lift(FloatArray.scalar(0)));
    }

    private static boolean fits(FloatArray mask, ArrayOps<?> scores) {
        for (int axis = 1; axis <= mask.rank(); axis++) {
            int length = mask.shape().dim(-axis);
            if (length != 1 && length != scores.shape().dim(-axis)) {
                return false;
            }
        }
        return true;
    }

    private static int[] lastTwoSwapped(int rank) {
        int[] order = new int[rank];
        for (int i = 0; i < rank; i++) {
            order[i] = i;
        }
        order[rank - 2] = rank - 1;
        order[rank - 1] = rank - 2;
        return order;
    }
}
