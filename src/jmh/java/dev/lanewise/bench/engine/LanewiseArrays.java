package dev.lanewise.bench.engine;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.autodiff.AdjointArray;

/** What this library's arrays are measured on, beside products. */
final class LanewiseArrays {

    private LanewiseArrays() {}

    /** One operation by its name, of one operand or two. */
    static Call operation(String name, float[] first, float[] second) {
        FloatArray x = FloatArray.of(first, first.length);
        FloatArray y = FloatArray.of(second, second.length);
        return new LanewiseCall(
                switch (name) {
                    case "add" -> () -> x.add(y);
                    case "mul" -> () -> x.mul(y);
                    case "relu" -> x::relu;
                    case "exp" -> x::exp;
                    case "tanh" -> x::tanh;
                    case "sigmoid" -> x::sigmoid;
                    case "sum" -> x::sum;
                    case "softmax" -> () -> x.softmax(0);
                    default -> throw new IllegalArgumentException("no operation " + name);
                });
    }

    /** One operation of matrices that are views. */
    static Call ofViews(Viewed v) {
        FloatArray x = v.view() == Viewed.View.BOTH_TRANSPOSED
                ? FloatArray.of(v.first(), v.columns(), v.rows()).t()
                : FloatArray.of(v.first(), v.rows(), v.columns());
        FloatArray stored = FloatArray.of(v.second(), v.storedRows(), v.storedColumns());
        FloatArray y = switch (v.view()) {
            case CONTIGUOUS, BROADCAST_ROW, BROADCAST_COLUMN -> stored;
            case TRANSPOSED, BOTH_TRANSPOSED -> stored.t();
            case COLUMN_RANGE -> stored.slice(Index.all(), Index.range(Viewed.MARGIN, Viewed.MARGIN + v.columns()));
            case EVERY_SECOND_ROW -> stored.slice(Index.range(0, 2 * v.rows(), 2));
        };
        return new LanewiseCall(
                switch (v.op()) {
                    case "add" -> () -> x.add(y);
                    case "relu" -> y::relu;
                    case "exp" -> y::exp;
                    default -> throw v.unknown();
                });
    }

    /** Forward through a chain of recorded operations on one element, and back: the gradient. */
    static Call chain(Chain chain) {
        FloatArray start = FloatArray.of(chain.start());
        AdjointArray factor = AdjointArray.constant(FloatArray.of(chain.factor()));
        AdjointArray term = AdjointArray.constant(FloatArray.of(chain.term()));
        int length = chain.length();
        return new LanewiseCall(() -> {
            AdjointArray leaf = AdjointArray.variable(start);
            AdjointArray x = leaf;
            for (int i = 0; i < length; i++) {
                x = switch (i % 3) {
                    case 0 -> x.mul(factor);
                    case 1 -> x.add(term);
                    default -> x.tanh();
                };
            }
            x.backward();
            return leaf.grad();
        });
    }
}
