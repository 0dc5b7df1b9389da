package dev.lanewise.demo;

import static dev.lanewise.autodiff.BackwardOption.RETAIN_GRAPH;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.HookHandle;
import dev.lanewise.graph.GraphPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * The autograd tutorial of early PyTorch, cell by cell: each line of code, then what it gives.
 *
 * <p>Its {@code Variable} is an {@link AdjointArray} here: a constant, a variable (one that requires grad) or a volatile
 * array.
 */
public final class Demo01Tutorial {

    private Demo01Tutorial() {}

    /**
     * Runs every cell.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            System.err.println("Demo01Tutorial takes no arguments, and these were given: " + String.join(" ", args));
            System.exit(2);
        }
        variables();
        gradients();
        squares();
        requiresGradAndVolatile();
        freezing();
        hooks();
        picture();
        products();
    }

    private static void cell(String title) {
        System.out.printf(Locale.ROOT, "%n== %s%n", title);
    }

    private static void show(String code, Object result) {
        String text = String.valueOf(result);
        System.out.println("> " + code + (text.contains("\n") ? "\n" : "   ") + text);
    }

    /** The sentence with which the action is refused. */
    private static String refusal(Runnable action) {
        try {
            action.run();
        } catch (IllegalStateException e) {
            return "refused: " + e.getMessage();
        }
        throw new AssertionError("this was to be refused");
    }

    private static void variables() {
        cell("Variables: an array that remembers what made it");
        AdjointArray x = AdjointArray.variable(FloatArray.ones(2, 2));
        show("x = AdjointArray.variable(FloatArray.ones(2, 2))", x);
        show("x.value()", x.value());
        show("x.grad()", x.grad());
        show("x.gradFn()", x.gradFn());
        AdjointArray y = x.add(2);
        show("y = x.add(2)", y);
        show("y.gradFn()", y.gradFn());
        show("y.exp().gradFn()", y.exp().gradFn());
        show("x.isLeaf(), y.isLeaf()", x.isLeaf() + ", " + y.isLeaf());
    }

    private static void gradients() {
        cell("Gradients: z = (e^(x+2) + e^(-x-2)) / 2 is cosh(x+2), so its derivative is sinh(x+2)");
        AdjointArray x = AdjointArray.variable(FloatArray.ones(2, 2));
        AdjointArray y = x.add(2).exp();
        AdjointArray yy = x.neg().sub(2).exp();
        AdjointArray z = y.add(yy).div(2);
        AdjointArray out = z.mean();
        show("y = x.add(2).exp()", y);
        show("yy = x.neg().sub(2).exp()", yy);
        show("z = y.add(yy).div(2)", z);
        show("out = z.mean()", out);
        out.backward(FloatArray.scalar(1), RETAIN_GRAPH);
        show("out.backward(FloatArray.scalar(1), RETAIN_GRAPH); x.grad()", x.grad());
        System.out.printf(Locale.ROOT, "  sinh(3) / 4 = %.4f%n", Math.sinh(3) / 4);
        out.backward();
        show("out.backward(); x.grad()   // gradients add up", x.grad());
        x.zeroGrad();
        show("x.zeroGrad(); x.grad()", x.grad());
        show("out.backward()   // the graph was not retained this time", refusal(out::backward));
        show("z.backward()", refusal(z::backward));
    }

    private static void squares() {
        cell("A gradient handed to backward: zz = (3 xx)², so xx.grad = 18 xx times 0.1");
        AdjointArray xx = AdjointArray.variable(FloatArray.full(1.1988f, 1, 1));
        AdjointArray zz = xx.mul(3).square();
        show("xx = AdjointArray.variable(FloatArray.full(1.1988f, 1, 1))", xx);
        show("zz = xx.mul(3).square()", zz);
        zz.backward(FloatArray.full(0.1f, 1, 1));
        show("zz.backward(FloatArray.full(0.1f, 1, 1)); xx.grad()", xx.grad());
    }

    private static void requiresGradAndVolatile() {
        cell("requires grad: a result requires it if any operand does");
        AdjointArray x = AdjointArray.constant(FloatArray.ones(2, 2));
        AdjointArray w = AdjointArray.variable(FloatArray.full(2, 2, 2));
        show("x = AdjointArray.constant(FloatArray.ones(2, 2)); x.requiresGrad()", x.requiresGrad());
        show("w = AdjointArray.variable(FloatArray.full(2, 2, 2)); w.requiresGrad()", w.requiresGrad());
        show("x.add(x).requiresGrad()", x.add(x).requiresGrad());
        show("x.mul(w).requiresGrad()", x.mul(w).requiresGrad());
        cell("volatile: a result is volatile if any operand is, and that beats requires grad");
        AdjointArray v = AdjointArray.volatileOf(FloatArray.ones(2, 2)).named("input");
        AdjointArray result = v.mul(w).add(x);
        show("v = AdjointArray.volatileOf(FloatArray.ones(2, 2)).named(\"input\")", v);
        show("result = v.mul(w).add(x)", result);
        show("result.isVolatile(), result.requiresGrad()", result.isVolatile() + ", " + result.requiresGrad());
        show("result.gradFn()", result.gradFn());
        show("result.sum().backward()", refusal(() -> result.sum().backward()));
        show("v.requiresGrad(true)", refusal(() -> v.requiresGrad(true)));
    }

    private static void freezing() {
        cell("Leaves may join and leave training between iterations");
        AdjointArray x = AdjointArray.constant(FloatArray.ones(1, 2));
        AdjointArray w1 = AdjointArray.variable(FloatArray.full(0.5f, 2, 2));
        AdjointArray w2 = AdjointArray.variable(FloatArray.full(0.5f, 2, 1));
        x.matmul(w1).matmul(w2).backward();
        show("x.matmul(w1).matmul(w2).backward(); w1.grad()", w1.grad());
        show("w2.grad()", w2.grad());
        w1.zeroGrad();
        w2.zeroGrad();
        w1.requiresGrad(false);
        x.matmul(w1).matmul(w2).backward();
        show("w1.requiresGrad(false); x.matmul(w1).matmul(w2).backward(); w1.grad()", w1.grad());
        show("w2.grad()", w2.grad());
        AdjointArray hidden = x.matmul(w1);
        show("x.matmul(w1).gradFn()   // nothing is recorded for it any more", hidden.gradFn());
    }

    private static void picture() throws IOException {
        cell("make_dot: the picture of a graph");
        AdjointArray x = AdjointArray.variable(FloatArray.ones(2, 2)).named("x");
        AdjointArray out = x.add(2).exp().add(x.neg().sub(2).exp()).div(2).mean();
        GraphPicture picture = GraphPicture.of(out).title("The tutorial's graph");
        System.out.print(picture.dot());
        Path page = Path.of("target", "demo", "tutorial.html");
        picture.write(page);
        System.out.println("> picture.write(Path.of(...))   drawn in " + page + ", for a browser");
    }

    private static void hooks() {
        cell("Hooks see a gradient on its way, and may replace it");
        AdjointArray x = AdjointArray.variable(FloatArray.ones(2));
        AdjointArray y = x.mul(2);
        HookHandle printed = y.registerHook(g -> {
            show("  the hook on y sees", g.value());
            return null;
        });
        HookHandle doubled = x.registerHook(g -> g.mul(2));
        AdjointArray sum = y.mul(y).sum();
        sum.backward(RETAIN_GRAPH);
        show("with x's gradient (8) doubled by its hook", x.grad());
        printed.remove();
        doubled.remove();
        x.zeroGrad();
        sum.backward();
        show("after remove() on both", x.grad());
    }

    private static void products() {
        cell("Products of vectors, matrices and batches");
        Random random = new Random(1);
        FloatArray v = FloatArray.of(1, 2, 3);
        show("dot: [1 2 3]·[4 5 6]", v.dot(FloatArray.of(4, 5, 6)).item());
        FloatArray m1 = FloatArray.randn(random, 2, 3);
        FloatArray m2 = FloatArray.randn(random, 3, 3);
        FloatArray product = m1.mm(m2);
        show("m1 = randn(2, 3); m2 = randn(3, 3); m1.mm(m2)", product);
        show("m1.matmul(m2).equals(m1.mm(m2))", m1.matmul(m2).equals(product));
        show("m1.matmul([1 2 3])   // a vector on the right is a column", m1.matmul(v));
        show("[1 2 3].matmul(m2)   // and on the left a row", v.matmul(m2));
        FloatArray a = FloatArray.randn(random, 10, 3, 4);
        FloatArray b = FloatArray.randn(random, 10, 4, 5);
        show(
                "a = randn(10, 3, 4); b = randn(10, 4, 5); a.bmm(b).shape()",
                a.bmm(b).shape());
        FloatArray one = b.slice(Index.at(0));
        show(
                "a.matmul(b.slice(Index.at(0))).shape()   // one matrix for the whole batch",
                a.matmul(one).shape());
        FloatArray m = FloatArray.randn(random, 2, 3);
        show("m = randn(2, 3); m.addmm(m1, m2)   // m + m1·m2", m.addmm(m1, m2));
        show(
                "m.addmm(0.5f, 2, m1, m2).closeTo(m/2 + 2 m1·m2)",
                m.addmm(0.5f, 2, m1, m2).closeTo(m.mul(0.5f).add(product.mul(2)), 1e-5, 1e-6));
        FloatArray n = FloatArray.randn(random, 3, 5);
        FloatArray sum = n.addbmm(a, b);
        show("n = randn(3, 5); n.addbmm(a, b)   // n + the sum over the batch of a[i]·b[i]", sum);
        show("n + a.bmm(b).sum(0) is near it", n.add(a.bmm(b).sum(0)).closeTo(sum, 1e-5, 1e-5));
        FloatArray each = FloatArray.randn(random, 10, 3, 5);
        show(
                "randn(10, 3, 5).baddbmm(a, b).shape()   // c[i] + a[i]·b[i]",
                each.baddbmm(a, b).shape());
    }
}
