package dev.lanewise.oracle;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.Any;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Products of vectors and matrices. */
final class ProductCases {

    /** Of products of matrices, and what is made of them. */
    static final Bound CHAIN = Bound.of(
            25,
            "a chain of up to 100 fused multiply-adds, half a unit each; of equal terms the errors do not average out");

    private final List<Case> cases = new ArrayList<>();

    static List<Case> all() {
        ProductCases table = new ProductCases();
        table.products();
        table.sums();
        table.byLabels();
        return table.cases;
    }

    private Case add(String name, Function<Draw, Trial> drawing) {
        Case added = new Case(name, d -> drawing.apply(d).measuredBy(Scale.terms()));
        cases.add(added.anyZero().value(CHAIN).gradient(CHAIN).second(CHAIN));
        return added;
    }

    private void products() {
        add("dot", d -> {
            int n = d.length();
            return Trial.two(d.array(n), d.array(n), Any::dot, Tensor::dot);
        });
        add("mm", d -> {
            int k = d.length();
            return Trial.two(d.array(d.length(), k), d.array(k, d.length()), Any::mm, Tensor::mm);
        });
        add("matmul", d -> {
            int k = d.length();
            int[] batch = d.dims(0, 2);
            int[] left = d.broadcastable(batch);
            int[] right = d.broadcastable(batch);
            FloatArray a = d.below(4) == 1 ? d.array(k) : d.array(joined(left, d.length(), k));
            FloatArray b = d.below(4) == 1 ? d.array(k) : d.array(joined(right, k, d.length()));
            return Trial.two(a, b, Any::matmul, Tensor::matmul);
        });
        add("bmm", d -> {
            int n = d.below(5);
            int k = d.length();
            return Trial.two(d.array(n, d.length(), k), d.array(n, k, d.length()), Any::bmm, Tensor::bmm);
        });
        add("linear", d -> {
            int in = d.length();
            int out = d.length();
            FloatArray x = d.below(4) == 1 ? d.array(in) : d.array(joined(d.dims(0, 2), d.length(), in));
            return Trial.of(
                    a -> a.get(0).linear(a.get(1), a.get(2)),
                    t -> torch.linear(t.get(0), t.get(1).t(), new TensorOptional(t.get(2))),
                    x,
                    d.array(in, out),
                    d.array(out));
        });
        add("outer", d -> Trial.two(d.array(d.length()), d.array(d.length()), Any::outer, Tensor::outer))
                .value(Bound.ROUNDED)
                .gradient(Bound.ADDED)
                .second(Bound.ADDED);
    }

    private static int[] joined(int[] batch, int rows, int columns) {
        int[] dims = Arrays.copyOf(batch, batch.length + 2);
        dims[batch.length] = rows;
        dims[batch.length + 1] = columns;
        return dims;
    }

    private interface Scaled<A, S> {
        A apply(A m, A a, A b, S beta, S alpha);
    }

    private interface Plain {
        Any apply(Any m, Any a, Any b);
    }

    /** {@code beta·m + alpha·a·b}, for drawn factors or none. */
    private void sum(
            String name,
            int batchRank,
            boolean summed,
            Plain plain,
            Scaled<Any, Float> ours,
            Scaled<Tensor, Scalar> theirs) {
        float[] factors = {1, 0, 0.5f, -2, 0.3f};
        add(name, d -> {
                    int[] batch = d.someDims(batchRank, batchRank);
                    int rows = d.someLength();
                    int k = d.length();
                    int columns = d.someLength();
                    FloatArray m = d.array(d.broadcastable(joined(summed ? new int[0] : batch, rows, columns)));
                    FloatArray a = d.array(joined(batch, rows, k));
                    FloatArray b = d.array(joined(batch, k, columns));
                    boolean scaled = d.flip();
                    float beta = scaled ? factors[d.below(factors.length)] : 1;
                    float drawn = scaled ? factors[d.below(factors.length)] : 1;
                    float alpha = drawn == 0 && !d.isUsual() ? 1 : drawn;
                    return Trial.of(
                                    x -> scaled
                                            ? ours.apply(x.get(0), x.get(1), x.get(2), beta, alpha)
                                            : plain.apply(x.get(0), x.get(1), x.get(2)),
                                    t -> theirs.apply(
                                            t.get(0), t.get(1), t.get(2), Torch.scalar(beta), Torch.scalar(alpha)),
                                    m,
                                    a,
                                    b)
                            .measuredByTerms(t -> theirs.apply(
                                    t.get(0),
                                    t.get(1),
                                    t.get(2),
                                    Torch.scalar(Math.abs(beta)),
                                    Torch.scalar(Math.abs(alpha))));
                })
                .differs(Difference.of(
                        "with beta = 0 the gradient of the summand is 0; libtorch multiplies an infinite"
                                + " upstream gradient by 0",
                        e -> e.isGradient()
                                && e.operand() == 0
                                && e.ours() == 0
                                && e.libtorchIsNaN()
                                && !e.upstreamIsFinite()))
                .differs(Difference.of(
                        "on plain arrays alpha multiplies elements of a before the product; one that "
                                + "vanishes by that makes NaN of an infinity of b",
                        e -> e.kind() == Difference.Kind.PLAIN_VALUE
                                && Double.isNaN(e.ours())
                                && e.trial()
                                                .operands()
                                                .get(2)
                                                .abs()
                                                .eq(Float.POSITIVE_INFINITY)
                                                .sum()
                                                .item()
                                        > 0))
                .note("with alpha = 0 libtorch leaves the product out in some cases; here NaN times 0 is NaN (left"
                        + " out of the trials)");
    }

    private void sums() {
        sum("addmm", 0, false, Any::addmm, (m, a, b, beta, alpha) -> m.addmm(beta, alpha, a, b), Tensor::addmm);
        sum("addbmm", 1, true, Any::addbmm, (m, a, b, beta, alpha) -> m.addbmm(beta, alpha, a, b), Tensor::addbmm);
        sum("baddbmm", 1, false, Any::baddbmm, (m, a, b, beta, alpha) -> m.baddbmm(beta, alpha, a, b), Tensor::baddbmm);
    }

    private void byLabels() {
        String[] subscripts = {
            "ij,jk->ik",
            "bij,bjk->bik",
            "i,i->",
            "ij->ji",
            "ii->i",
            "ij,ij->",
            "i,j->ij",
            "ij,kj",
            "ab,bc,cd->ad",
            "ij,j->ij",
            "ijk->k",
            "bhqd,bhkd->bhqk",
            "ij,ik,il->jkl",
            "iji->j",
            "ab,cd",
            "aab,bc->ac",
            "abc,cd,bd->a"
        };
        add("einsum", d -> {
            String text = subscripts[d.below(subscripts.length)];
            Map<Character, Integer> lengths = new HashMap<>();
            int arrow = text.indexOf("->");
            List<String> terms = List.of((arrow < 0 ? text : text.substring(0, arrow)).split(",", -1));
            FloatArray[] arrays = new FloatArray[terms.size()];
            for (int i = 0; i < arrays.length; i++) {
                int[] dims = terms.get(i)
                        .chars()
                        .map(label -> lengths.computeIfAbsent((char) label, _ -> Math.min(12, d.length())))
                        .toArray();
                arrays[i] = d.array(dims);
            }
            return Trial.of(
                    x -> ArrayOps.einsum(text, x.toArray(Any[]::new)),
                    t -> torch.einsum(text, Torch.vector(t)),
                    arrays);
        });
    }
}
