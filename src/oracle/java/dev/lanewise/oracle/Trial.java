package dev.lanewise.oracle;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.Any;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * An operation with its arguments drawn: the operands, what Lanewise makes of them, and what libtorch does.
 *
 * @param exact what libtorch does in double to find the exact result; {@code theirs}, unless that is not exact in double
 * @param terms what {@link Scale#terms()} applies to absolute values
 * @param scale what errors are measured by
 */
record Trial(
        List<FloatArray> operands,
        Function<List<Any>, Any> ours,
        Function<List<Tensor>, Tensor> theirs,
        Function<List<Tensor>, Tensor> exact,
        Function<List<Tensor>, Tensor> terms,
        Scale scale) {

    static Trial of(Function<List<Any>, Any> ours, Function<List<Tensor>, Tensor> theirs, FloatArray... operands) {
        return new Trial(List.of(operands), ours, theirs, theirs, theirs, Scale.result());
    }

    static Trial one(FloatArray x, UnaryOperator<Any> ours, UnaryOperator<Tensor> theirs) {
        return of(a -> ours.apply(a.getFirst()), t -> theirs.apply(t.getFirst()), x);
    }

    static Trial two(FloatArray a, FloatArray b, BinaryOperator<Any> ours, BinaryOperator<Tensor> theirs) {
        return of(x -> ours.apply(x.get(0), x.get(1)), t -> theirs.apply(t.get(0), t.get(1)), a, b);
    }

    Trial exactly(Function<List<Tensor>, Tensor> inDouble) {
        return new Trial(operands, ours, theirs, inDouble, terms, scale);
    }

    Trial measuredBy(Scale how) {
        return new Trial(operands, ours, theirs, exact, terms, how);
    }

    /** Measured by its terms: by a formula on absolute values in which nothing is subtracted. */
    Trial measuredByTerms(Function<List<Tensor>, Tensor> positive) {
        return new Trial(operands, ours, theirs, exact, positive, Scale.terms());
    }
}
