package dev.lanewise.oracle;

import dev.lanewise.array.FloatArray;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What the error of each element of a result is measured by. A sum whose terms cancel has no relative error worth the
 * name; the rounding of its terms has. So errors are counted in units in the last place (ULP) of the sum of the absolute
 * values of what an element is made from. Worked out by libtorch in double.
 */
interface Scale {

    /** What a unit is the last place of, in a word or two. */
    String unit();

    /** The size of each element of the value, of each gradient, and of each second derivative. */
    Results of(Trial trial, FloatArray g, List<FloatArray> directions);

    /** The same computation on the absolute values of operands, gradient and directions. */
    static Scale terms() {
        return Terms.INSTANCE;
    }

    /**
     * The result itself. Operands are first repeated to the shape of the result, so what broadcasting adds up in a
     * gradient counts term by term.
     */
    static Formulas result() {
        return new Formulas("result", true);
    }

    /** Formulas, in operands as they are. */
    static Formulas of(String unit) {
        return new Formulas(unit, false);
    }

    /** A size as a formula gives it. */
    interface Formula {
        Tensor size(List<Tensor> x, Tensor y, Tensor g, int operand);
    }

    /**
     * Of what a second derivative by an operand (or by the upstream gradient, for the number of operands) is made from,
     * the part that comes from the gradient by another operand times its direction v.
     */
    interface SecondFormula {
        Tensor size(List<Tensor> x, Tensor y, Tensor g, int operand, int other, Tensor v);
    }

    /** See {@link #terms}. */
    enum Terms implements Scale {
        /** The only one there is. */
        INSTANCE;

        @Override
        public String unit() {
            return "terms";
        }

        @Override
        public Results of(Trial trial, FloatArray g, List<FloatArray> directions) {
            return Results.of(trial.terms(), absolute(trial.operands()), absolute(g), absolute(directions));
        }

        private static List<Tensor> absolute(List<FloatArray> arrays) {
            return arrays.stream().map(Terms::absolute).toList();
        }

        private static Tensor absolute(FloatArray array) {
            return Torch.tensor(array, ScalarType.Double).abs();
        }
    }

    /** See {@link #result} and {@link #of}. Where no formula is given, the size is that of the exact derivative. */
    final class Formulas implements Scale {

        private String unit;
        private final boolean repeated;
        private Formula value = (x, y, g, i) -> y;
        private Formula gradient;
        private SecondFormula second;

        private Formulas(String unit, boolean repeated) {
            this.unit = unit;
            this.repeated = repeated;
        }

        Formulas unit(String name) {
            unit = name;
            return this;
        }

        Formulas value(Formula size) {
            value = size;
            return this;
        }

        Formulas gradient(Formula size) {
            gradient = size;
            return this;
        }

        Formulas second(SecondFormula size) {
            second = size;
            return this;
        }

        @Override
        public String unit() {
            return unit;
        }

        @Override
        public Results of(Trial trial, FloatArray upstream, List<FloatArray> directions) {
            return new Sizes(trial, upstream, directions).all();
        }

        private final class Sizes {

            private final FloatArray upstream;
            private final List<Tensor> operands;
            private final List<Tensor> directions;
            private final Tensor g;
            private final List<Tensor> x;
            private final Tensor y;

            Sizes(Trial trial, FloatArray upstream, List<FloatArray> directions) {
                this.upstream = upstream;
                g = Torch.tensor(upstream, ScalarType.Double).requires_grad_();
                operands = trial.operands().stream().map(Sizes::exact).toList();
                this.directions =
                        directions.stream().map(Sizes::exact).map(this::repeat).toList();
                x = operands.stream()
                        .map(t -> repeat(t).clone().detach().requires_grad_())
                        .toList();
                y = trial.theirs().apply(x);
            }

            private static Tensor exact(FloatArray array) {
                return Torch.tensor(array, ScalarType.Double);
            }

            private Tensor repeat(Tensor operand) {
                return repeated ? operand.expand(g.shape()) : operand;
            }

            private double[] summed(Tensor size, Tensor operand) {
                return Torch.numbers(repeated ? size.sum_to_size(operand.shape()) : size);
            }

            Results all() {
                double[] values = Torch.numbers(
                        value.size(x, y, g, -1).to(ScalarType.Double).abs());
                if (!y.requires_grad()) {
                    return new Results(upstream.shape(), values, Results.zeros(operands), List.of());
                }
                List<Tensor> slopes = Torch.gradients(List.of(y), x, List.of(g), true);
                List<double[]> gradients = new ArrayList<>();
                for (int i = 0; i < x.size(); i++) {
                    Tensor size = gradient == null ? slopes.get(i) : gradient.size(x, y, g, i);
                    gradients.add(summed(size.abs(), operands.get(i)));
                }
                return new Results(
                        upstream.shape(), values, gradients, directions.isEmpty() ? List.of() : seconds(slopes));
            }

            private List<double[]> seconds(List<Tensor> slopes) {
                List<Tensor> inputs = new ArrayList<>(x);
                inputs.add(g);
                List<Tensor> sums =
                        new ArrayList<>(inputs.stream().map(torch::zeros_like).toList());
                for (int i = 0; i < x.size(); i++) {
                    if (slopes.get(i).requires_grad()) {
                        Tensor v = directions.get(i).abs(); // so that what a sum of them is made from does not cancel
                        List<Tensor> exact = Torch.gradients(List.of(slopes.get(i)), inputs, List.of(v), true);
                        for (int j = 0; j < inputs.size(); j++) {
                            Tensor size = second == null ? exact.get(j) : second.size(x, y, g, j, i, v);
                            sums.set(j, sums.get(j).add(size.abs()));
                        }
                    }
                }
                List<double[]> seconds = new ArrayList<>();
                for (int j = 0; j < inputs.size(); j++) {
                    seconds.add(summed(sums.get(j), j < x.size() ? operands.get(j) : g));
                }
                return seconds;
            }
        }
    }
}
