package dev.lanewise.autodiff;

import static dev.lanewise.array.Index.at;
import static dev.lanewise.array.Index.range;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The table of {@link RulesTest}: a line for each operation, with the shapes of operands to try it on. A text names the
 * shapes of all operands of one try, as in {@code "2x3 scalar"}.
 */
final class RuleCases {

    /** Which numbers suit an operation. */
    enum Domain {
        /** Either sign. */
        REAL,
        /** Above zero. */
        POSITIVE
    }

    record Case(String name, Function<List<Any>, Any> function, Domain domain, List<String> shapes) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Domain REAL = Domain.REAL;
    private static final Domain POSITIVE = Domain.POSITIVE;

    private static final String[] ANY_SHAPE = {"2x3", "scalar", "5", "1x1", "2x1x3", "0x3"};
    private static final String[] BROADCAST = {
        "2x3 2x3",
        "2x3 3",
        "3 2x3",
        "2x1 1x3",
        "1x3 2x1",
        "2x1x2 3x1",
        "scalar 2x3",
        "2x3 scalar",
        "scalar scalar",
        "1 4",
        "0x3 3",
        "1x3 0x3",
        "0 scalar"
    };

    private final List<Case> cases = new ArrayList<>();

    static List<Case> all() {
        RuleCases table = new RuleCases();
        table.elementwise();
        table.withScalars();
        table.choices();
        table.reductions();
        table.views();
        table.moves();
        table.products();
        table.networks();
        return table.cases;
    }

    private void one(String name, Domain domain, UnaryOperator<Any> function, String... shapes) {
        cases.add(new Case(name, x -> function.apply(x.getFirst()), domain, List.of(shapes)));
    }

    private void two(String name, Domain domain, BinaryOperator<Any> function, String... shapes) {
        cases.add(new Case(name, x -> function.apply(x.get(0), x.get(1)), domain, List.of(shapes)));
    }

    private void many(String name, Function<List<Any>, Any> function, String... shapes) {
        cases.add(new Case(name, function, REAL, List.of(shapes)));
    }

    private void elementwise() {
        one("neg", REAL, Any::neg, ANY_SHAPE);
        one("abs", REAL, Any::abs, ANY_SHAPE);
        one("exp", REAL, Any::exp, ANY_SHAPE);
        one("log", POSITIVE, Any::log, ANY_SHAPE);
        one("sqrt", POSITIVE, Any::sqrt, ANY_SHAPE);
        one("square", REAL, Any::square, ANY_SHAPE);
        one("reciprocal", POSITIVE, Any::reciprocal, ANY_SHAPE);
        one("reciprocal below zero", POSITIVE, x -> x.neg().reciprocal(), "2x3");
        one("sin", REAL, Any::sin, ANY_SHAPE);
        one("cos", REAL, Any::cos, ANY_SHAPE);
        one("tanh", REAL, Any::tanh, ANY_SHAPE);
        one("sigmoid", REAL, Any::sigmoid, ANY_SHAPE);
        one("relu", REAL, Any::relu, ANY_SHAPE);
        one("erf", REAL, Any::erf, ANY_SHAPE);
        one("expm1", REAL, Any::expm1, ANY_SHAPE);
        one("log1p", POSITIVE, Any::log1p, ANY_SHAPE);
        one("rsqrt", POSITIVE, Any::rsqrt, ANY_SHAPE);
        one("gelu", REAL, Any::gelu, ANY_SHAPE);
        one("geluTanh", REAL, Any::geluTanh, ANY_SHAPE);
        one("silu", REAL, Any::silu, ANY_SHAPE);
        one("softplus", REAL, Any::softplus, ANY_SHAPE);
        one("leakyRelu", REAL, x -> x.leakyRelu(0.1f), ANY_SHAPE);
        one("leakyRelu of a negative slope", REAL, x -> x.leakyRelu(-0.5f), "2x3");
        one("elu", REAL, x -> x.elu(0.7f), ANY_SHAPE);
        one("elu of a negative alpha", REAL, x -> x.elu(-0.5f), "2x3");
        one("log1p below zero", POSITIVE, x -> x.mul(-0.2f).log1p(), "2x3");
        two("add", REAL, Any::add, BROADCAST);
        two("sub", REAL, Any::sub, BROADCAST);
        two("mul", REAL, Any::mul, BROADCAST);
        two("div", POSITIVE, Any::div, BROADCAST);
        two("pow", POSITIVE, Any::pow, BROADCAST);
        two("reluGradient", REAL, Any::reluGradient, BROADCAST);
        two("tanhGradient", REAL, Any::tanhGradient, BROADCAST);
        two("sigmoidGradient", REAL, Any::sigmoidGradient, BROADCAST);
        two("geluGradient", REAL, Any::geluGradient, BROADCAST);
        two("siluGradient", REAL, Any::siluGradient, BROADCAST);
        one("pow of any sign", REAL, x -> x.pow(x.lift(FloatArray.of(2, 3, -1))), "2x3", "1");
        one("add to itself", REAL, x -> x.add(x), "2x3");
        one("mul by itself", REAL, x -> x.mul(x), "2x3");
        one("pow to itself", POSITIVE, x -> x.pow(x), "2x3");
    }

    private void withScalars() {
        one("add scalar", REAL, x -> x.add(0.3f), ANY_SHAPE);
        one("sub scalar", REAL, x -> x.sub(0.3f), ANY_SHAPE);
        one("rsub scalar", REAL, x -> x.rsub(0.3f), ANY_SHAPE);
        one("mul scalar", REAL, x -> x.mul(-1.7f), ANY_SHAPE);
        one("div scalar", REAL, x -> x.div(-1.7f), ANY_SHAPE);
        one("pow 2", REAL, x -> x.pow(2), ANY_SHAPE);
        one("pow 3", REAL, x -> x.pow(3), ANY_SHAPE);
        one("pow 1", REAL, x -> x.pow(1), ANY_SHAPE);
        one("pow 0", REAL, x -> x.pow(0), ANY_SHAPE);
        one("pow -1.5", POSITIVE, x -> x.pow(-1.5f), ANY_SHAPE);
        one("pow 0.5", POSITIVE, x -> x.pow(0.5f), ANY_SHAPE);
    }

    /** The inputs keep away from multiples of 1/32: a bound may be put on any of those. */
    private void choices() {
        one("clamp", REAL, x -> x.clamp(-1, 0.5f), ANY_SHAPE);
        two("maximum", REAL, Any::maximum, BROADCAST);
        two("minimum", REAL, Any::minimum, BROADCAST);
        one("maximum scalar", REAL, x -> x.maximum(0.25f), ANY_SHAPE);
        one("minimum scalar", REAL, x -> x.minimum(0.25f), ANY_SHAPE);
        two("where eq", REAL, (a, b) -> a.where(a.eq(a), b), "2x3 3");
        two("where ne", REAL, (a, b) -> a.where(a.ne(a), b), "2x3 3");
        two("where lt", REAL, (a, b) -> a.where(a.lt(b), b), BROADCAST);
        two("where le", REAL, (a, b) -> a.where(a.le(b), b), "2x3 3");
        two("where gt", REAL, (a, b) -> a.where(a.gt(b), b), "2x3 3");
        two("where ge", REAL, (a, b) -> a.where(a.ge(b), b), "2x3 3");
        one("where eq scalar", REAL, x -> x.where(x.eq(0), x.exp()), "2x3");
        one("where ne scalar", REAL, x -> x.where(x.ne(0), x.exp()), "2x3");
        one("where lt scalar", REAL, x -> x.where(x.lt(0), x.exp()), "2x3");
        one("where le scalar", REAL, x -> x.where(x.le(0), x.exp()), "2x3");
        one("where gt scalar", REAL, x -> x.where(x.gt(0), x.exp()), "2x3");
        one("where ge scalar", REAL, x -> x.where(x.ge(0), x.exp()), "2x3");
        two(
                "where of a row",
                REAL,
                (a, b) -> a.where(a.lift(FloatArray.of(1, 0, 1)), b),
                "2x3 2x1",
                "scalar 1",
                "3 2x3");
    }

    private void reductions() {
        one("sum", REAL, Any::sum, "2x3", "scalar", "4", "1x1", "0x3", "2x3x2");
        one("sum 0", REAL, x -> x.sum(0), "2x3", "4", "0x3", "3x0", "2x3x2");
        one("sum -1", REAL, x -> x.sum(-1), "2x3", "4", "0x3", "3x0", "2x3x2");
        one("sum 2, 0", REAL, x -> x.sum(2, 0), "2x3x2", "1x3x2", "2x0x2");
        one("sum keeping", REAL, x -> x.sum(true, 1), "2x3", "2x3x2", "2x0x2");
        one("sum keeping all", REAL, x -> x.sum(true), "2x3", "4", "scalar");
        one("mean", REAL, Any::mean, "2x3", "scalar", "4");
        one("mean -1", REAL, x -> x.mean(-1), "2x3", "4", "0x3");
        one("mean keeping", REAL, x -> x.mean(true, 0, 1), "2x3", "2x3x2");
        one("max", REAL, Any::max, "2x3", "scalar", "4");
        one("max 0", REAL, x -> x.max(0), "2x3", "4", "2x3x2", "2x0");
        one("max keeping", REAL, x -> x.max(true, -1, 0), "2x3", "2x3x2");
        one("min", REAL, Any::min, "2x3", "scalar", "4");
        one("min 0", REAL, x -> x.min(0), "2x3", "4", "2x3x2", "2x0");
        one("min keeping", REAL, x -> x.min(true, -1, 0), "2x3", "2x3x2");
        one("var", REAL, Any::var, "2x3", "4");
        one("var 0", REAL, x -> x.var(0), "2x3", "4", "3x2x2");
        one("var keeping", REAL, x -> x.var(true, 1), "2x3", "2x3x2");
        one("norm", REAL, Any::norm, "2x3", "4", "0x3");
        one("norm 0", REAL, x -> x.norm(0), "2x3", "4", "3x2x2");
        one("norm keeping", REAL, x -> x.norm(true, 1, -1), "2x3x2");
        one("softmax 0", REAL, x -> x.softmax(0), "2x3", "4", "0x3", "3x0");
        one("softmax -1", REAL, x -> x.softmax(-1), "2x3", "4", "2x3x2");
        one("logSoftmax 0", REAL, x -> x.logSoftmax(0), "2x3", "4", "0x3", "3x0");
        one("logSoftmax -1", REAL, x -> x.logSoftmax(-1), "2x3", "4", "2x3x2");
        one("logSumExp 0", REAL, x -> x.logSumExp(0), "2x3", "4", "3x0");
        one("logSumExp -1", REAL, x -> x.logSumExp(-1), "2x3", "4", "2x3x2");
        one("cumsum 0", REAL, x -> x.cumsum(0), "2x3", "4", "3x2x2", "0x3", "3x0", "1");
        one("cumsum -1", REAL, x -> x.cumsum(-1), "2x3", "3x2x2", "3x1");
        one("cumsum from the end", REAL, x -> x.cumsum(true, 1), "2x3", "2x3x2", "2x0");
        one("logSumExp keeping", REAL, x -> x.logSumExp(true, 1), "2x3", "2x3x2");
    }

    private void views() {
        one("reshape", REAL, x -> x.reshape(3, -1), "2x3", "6", "3x2x1", "0x3");
        one("reshape to a shape", REAL, x -> x.reshape(Shape.of(2, 1, 3)), "2x3", "6", "3x2");
        one("reshape to a scalar", REAL, x -> x.reshape(), "1x1", "scalar");
        one("transpose all", REAL, Any::transpose, "2x3", "2x3x2", "4", "scalar", "0x3");
        one("transpose 2 0 1", REAL, x -> x.transpose(2, 0, 1), "2x3x2", "1x2x3", "0x2x3");
        one("transpose -1 0 -2", REAL, x -> x.transpose(-1, 0, -2), "2x3x2");
        one("t", REAL, Any::t, "2x3", "0x3");
        one("expand", REAL, x -> x.expand(2, 2, 3), "2x3", "3", "1x3", "2x1x3", "1", "scalar", "2x2x3");
        one("expand to nothing", REAL, x -> x.expand(Shape.of(0, 3)), "1x3", "3", "0x1", "scalar");
        one("sumTo 1x3", REAL, x -> x.sumTo(Shape.of(1, 3)), "2x3", "2x2x3", "1x3", "0x3");
        one("sumTo scalar", REAL, x -> x.sumTo(Shape.scalar()), "2x3", "scalar", "0x3");
        one("squeeze", REAL, Any::squeeze, "1x3x1", "2x3", "1");
        one("squeeze -2", REAL, x -> x.squeeze(-2), "2x1x3");
        one("unsqueeze 1", REAL, x -> x.unsqueeze(1), "2x3", "3", "2x0");
        one("unsqueeze -1", REAL, x -> x.unsqueeze(-1), "2x3", "scalar");
    }

    private void moves() {
        one("slice at", REAL, x -> x.slice(at(-1)), "2x3", "3", "2x3x2");
        one("slice range", REAL, x -> x.slice(range(1, 3), range(0, -1)), "3x3", "2x2x2");
        one("slice steps", REAL, x -> x.slice(Index.all(), range(0, 5, 2)), "2x5", "1x4x2");
        one("slice nothing", REAL, x -> x.slice(range(2, 2)), "3x2");
        one("slice all", REAL, Any::slice, "2x3", "scalar");
        one("place at", REAL, x -> x.place(Shape.of(3, 2), at(1)), "2");
        one("place steps", REAL, x -> x.place(Shape.of(2, 5), Index.all(), range(1, 5, 3)), "2x2");
        one("place nothing", REAL, x -> x.place(Shape.of(3, 2), range(2, 2)), "0x2");
        one("pad", REAL, x -> x.pad(0, 1, 0, 2, 1), "2x3", "0x2", "1x1x2");
        one("pad with a number", REAL, x -> x.pad(-1.5f, 1, 2), "3", "2x2", "0x2");
        one("pad nothing", REAL, x -> x.pad(3), "2x3", "scalar");
        one("band", REAL, x -> x.band(-1, 1), "3x4", "4x3", "2x3x3", "0x3", "3x0");
        one("tril", REAL, Any::tril, "3x3", "2x3", "3x2", "2x2x2");
        one("tril -1", REAL, x -> x.tril(-1), "3x3", "1x1", "3x2");
        one("triu", REAL, Any::triu, "3x3", "2x3", "3x2", "2x2x2");
        one("triu 1", REAL, x -> x.triu(1), "3x3", "1x1", "2x3");
        one("gather", REAL, x -> x.gather(2, 0, 2, 2), "3x2", "3", "3x1x2");
        one("gather nothing", REAL, x -> x.gather(), "3x2");
        one("scatterAdd", REAL, x -> x.scatterAdd(4, 2, 0, 2), "3x2", "3", "3x1x2");
        one("scatterAdd nothing", REAL, x -> x.scatterAdd(3), "0x2");
        one("gatherAlong 1", REAL, x -> x.gatherAlong(1, 2, 2, 0, 1, 1), "2x3");
        one("gatherAlong -2", REAL, x -> x.gatherAlong(-2, 1, 2, 0), "3x2", "1x3x2", "5x2");
        one("gatherAlong nothing", REAL, x -> x.gatherAlong(0, 0), "3x2", "0x2");
        one("scatterAddAlong", REAL, x -> x.scatterAddAlong(1, 4, 2, 0, 1, 1), "2x2", "1x4");
        one("scatterAddAlong nothing", REAL, x -> x.scatterAddAlong(0, 3), "0x2");
        one("sort", REAL, x -> x.sort(0), "5", "3x2", "0x3", "3x0", "3x2x2", "1");
        one("sort descending", REAL, x -> x.sort(true, -1), "5", "2x3", "2x3x2");
        one("topk", REAL, x -> x.topk(2, -1), "5", "2x3", "2x1x2", "2", "0x3");
        one("topk 0", REAL, x -> x.topk(1, 0), "5", "2x3", "1x3");
        many("append", x -> x.getFirst().append(-1, x.subList(1, x.size())), "2x3 2x1 2x2", "3 2", "2x3", "2x0 2x2");
        many("concat", x -> ArrayOps.concat(0, x), "2x3 1x3 0x3", "3 2", "2x1x2 1x1x2");
        many("concat the same twice", x -> ArrayOps.concat(1, List.of(x.getFirst(), x.getFirst())), "2x3");
        many("stack", x -> ArrayOps.stack(1, x), "2x3 2x3", "3 3 3");
        many("stack scalars", x -> ArrayOps.stack(0, x), "scalar scalar");
    }

    private void products() {
        two("dot", REAL, Any::dot, "3 3", "1 1", "0 0");
        two("outer", REAL, Any::outer, "2 3", "1 1", "0 3", "2 0");
        one("outer by itself", REAL, x -> x.outer(x), "3");
        two("mm", REAL, Any::mm, "2x3 3x4", "1x3 3x1", "0x3 3x2", "2x0 0x3");
        two("matmul", REAL, Any::matmul, "2x3 3x4", "3x3 3x3", "1x1 1x1", "0x3 3x2", "2x0 0x3");
        two("matmul of vectors", REAL, Any::matmul, "3 3", "1 1", "0 0");
        two("matmul matrix by vector", REAL, Any::matmul, "2x3 3", "2x2x3 3", "1x1 1", "0x3 3", "2x0 0");
        two("matmul vector by matrix", REAL, Any::matmul, "3 3x2", "3 2x3x2", "1 1x1", "3 3x0", "0 0x2");
        two("matmul of batches", REAL, Any::matmul, "2x2x3 2x3x2", "1x2x3 2x3x2", "2x1x2x2 3x2x1", "0x2x3 0x3x2");
        two("matmul batch by one", REAL, Any::matmul, "2x2x3 3x2", "2x1x2x3 3x1", "0x2x3 3x2");
        two("matmul one by batch", REAL, Any::matmul, "2x3 2x3x2", "1x3 0x3x2");
        one("matmul by itself", REAL, x -> x.matmul(x), "2x2", "2x2x2", "3");
        many(
                "linear",
                x -> x.get(0).linear(x.get(1), x.get(2)),
                "2x3 3x4 4",
                "2x2x3 3x2 2",
                "3 3x2 2",
                "0x3 3x2 2",
                "2x0 0x2 2");
        two("bmm", REAL, Any::bmm, "2x2x3 2x3x2", "0x2x3 0x3x2");
        many("einsum product", x -> ArrayOps.einsum("ij,jk->ik", x.get(0), x.get(1)), "2x3 3x4", "0x3 3x2", "2x0 0x3");
        many("einsum batches", x -> ArrayOps.einsum("bij,bjk->kbi", x.get(0), x.get(1)), "2x2x3 2x3x2", "1x2x3 2x3x1");
        many("einsum ellipsis", x -> ArrayOps.einsum("...ij,...j->i...", x.get(0), x.get(1)), "2x2x3 2x3", "2x3 4x3");
        many("einsum sums", x -> ArrayOps.einsum("ijk,lj->l", x.get(0), x.get(1)), "2x3x2 4x3");
        many("einsum elementwise", x -> ArrayOps.einsum("ij,ji->ij", x.get(0), x.get(1)), "2x3 3x2");
        many("einsum of three", x -> ArrayOps.einsum("ij,jk,ik->", x.get(0), x.get(1), x.get(2)), "2x3 3x2 2x2");
        one("einsum trace", REAL, x -> ArrayOps.einsum("ii", x), "3x3", "1x1", "0x0");
        one("einsum diagonal", REAL, x -> ArrayOps.einsum("iji->ji", x), "2x3x2", "0x3x0");
        many("addmm", x -> x.get(0).addmm(x.get(1), x.get(2)), "2x2 2x3 3x2", "2 2x3 3x2", "scalar 2x3 3x2");
        many("addmm scaled", x -> x.get(0).addmm(0.5f, -2, x.get(1), x.get(2)), "2x1 2x3 3x2");
        many("addmm of nothing", x -> x.get(0).addmm(0, 1, x.get(1), x.get(2)), "2x1 2x3 3x2");
        many("addbmm", x -> x.get(0).addbmm(x.get(1), x.get(2)), "2x2 2x2x3 2x3x2", "2 2x2x1 2x1x2");
        many("addbmm scaled", x -> x.get(0).addbmm(0.5f, -2, x.get(1), x.get(2)), "2x1 2x2x3 2x3x2");
        many("baddbmm", x -> x.get(0).baddbmm(x.get(1), x.get(2)), "2x2x2 2x2x3 2x3x2", "2x2 2x2x1 2x1x2");
        many("baddbmm scaled", x -> x.get(0).baddbmm(0.5f, -2, x.get(1), x.get(2)), "1x2x1 2x2x3 2x3x2");
    }

    private void networks() {
        one("layerNorm", REAL, x -> x.layerNorm(0.1f, -1), "2x3", "4", "2x2x3", "0x3");
        one("layerNorm over two axes", REAL, x -> x.layerNorm(0.1f, 1, 2), "2x3x2");
        many("layerNorm with gain", x -> x.get(0).layerNorm(x.get(1), x.get(2), 0.1f, -1), "2x3 3 3", "2x2x3 3 1");
        one("crossEntropy", REAL, x -> x.crossEntropy(2, 0), "2x3", "2x4");
        one("crossEntropy of one row", REAL, x -> x.crossEntropy(0), "1x1", "1x3");
        two("crossEntropyGradient", REAL, (x, g) -> x.crossEntropyGradient(g, 2, 0), "2x3 scalar", "2x4 scalar");
        two(
                "crossEntropyGradient of one row",
                REAL,
                (x, g) -> x.crossEntropyGradient(g, 0),
                "1x1 scalar",
                "1x3 scalar");
        one("dropout", REAL, x -> x.dropout(0.4f, 7), "2x3", "scalar", "3x2x4", "0x3");
        one("dropout of nothing", REAL, x -> x.dropout(0, 7), "2x3");
        one("dropout of all", REAL, x -> x.dropout(1, 7), "2x3");
        one("embedding", REAL, x -> x.embedding(new int[] {2, 0}, new int[] {1, 2}), "3x2", "3x1");
        one("embedding of one list", REAL, x -> x.embedding(new int[] {2, 0, 2}), "3x2", "3x1");
        one("embedding of nothing", REAL, x -> x.embedding(new int[0], new int[0]), "3x2");
        Window square = Window.of(2, 2);
        Window any = Window.of(2, 3).stride(2, 1).padding(1, 2).dilation(1, 2);
        one("unfold", REAL, x -> x.unfold(square), "3x3", "2x2x3", "0x2x2", "1x2x2x2");
        one("unfold any", REAL, x -> x.unfold(any), "3x3", "2x2x4", "1x1");
        one("fold", REAL, x -> x.fold(3, 2, square), "2x2x2x1", "2x2x2x2x1", "0x2x2x2x1");
        one("fold any", REAL, x -> x.fold(3, 3, any), "2x3x2x3", "1x2x3x2x3");
        two("conv2d", REAL, (x, f) -> x.conv2d(f, square), "2x2x3x3 3x2x2x2", "0x2x2x2 1x2x2x2", "1x1x2x2 1x1x2x2");
        two("conv2d of none", REAL, (x, f) -> x.conv2d(f, square), "2x0x2x2 3x0x2x2", "1x2x2x2 0x2x2x2");
        two("conv2d any", REAL, (x, f) -> x.conv2d(f, any), "2x1x3x3 2x1x2x3");
        two("conv2d in groups", REAL, (x, f) -> x.conv2d(f, square.stride(2), 2), "2x4x2x3 4x2x2x2", "1x2x3x3 2x1x2x2");
        one("maxPool2d", REAL, x -> x.maxPool2d(square), "3x3", "2x3x2", "0x2x2");
        one("maxPool2d padded", REAL, x -> x.maxPool2d(square.stride(2).padding(1)), "3x3", "1x2x2x2");
        one("avgPool2d", REAL, x -> x.avgPool2d(square.stride(2)), "2x2", "1x2x5x4", "0x2x2");
        one("avgPool2d padded", REAL, x -> x.avgPool2d(any), "3x3");
    }
}
