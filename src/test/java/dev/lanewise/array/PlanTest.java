package dev.lanewise.array;

import static dev.lanewise.array.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.function.Executable;

/** A {@link Plan} gives the bits of its function, whatever numbers it was made with and has seen before. */
class PlanTest {

    private static final Random RANDOM = new Random(8);
    private static final FloatArray W = FloatArray.randn(RANDOM, 6, 5);
    private static final FloatArray B = FloatArray.randn(RANDOM, 5);

    /** So large that a plan packs it. */
    private static final FloatArray LARGE = FloatArray.randn(RANDOM, 4, 5000);

    private static final FloatArray FILTERS = FloatArray.randn(RANDOM, 2, 1, 3, 3);
    private static final FloatArray NO_BATCH = FloatArray.zeros(0, 4, 6);
    private static final Shape SHAPE = Shape.of(4, 6);

    /** Nanoseconds for the compilers to come to what is called all the time. */
    private static final long PATIENCE = 20_000_000_000L;

    private static FloatArray input() {
        return FloatArray.randn(RANDOM, 4, 6);
    }

    private static FloatArray layer(FloatArray x) {
        return x.linear(W, B).relu();
    }

    /** Each with the ways of operations in it that could be forgotten in a plan. */
    private static final Map<String, UnaryOperator<FloatArray>> FUNCTIONS = Map.ofEntries(
            Map.entry("nothing", x -> x),
            Map.entry("a view", FloatArray::t),
            Map.entry("a layer", PlanTest::layer),
            Map.entry(
                    "elementwise",
                    x -> x.tanh().add(x).mul(2).div(x.square().add(1)).neg()),
            Map.entry("transposed operands", x -> x.t().tanh().add(x.t().mul(x.t()))),
            Map.entry(
                    "broadcast operands",
                    x -> x.add(x.sum(true, 1)).mul(x.max(true, 0)).sub(FloatArray.ones(4, 1))),
            Map.entry(
                    "strided operands",
                    x -> x.slice(Index.all(), Index.range(0, 6, 2))
                            .add(x.t().reshape(2, 4, 3).slice(Index.at(1)))),
            Map.entry("where", x -> x.where(x.gt(0), x.t().reshape(4, 6))),
            Map.entry(
                    "reductions",
                    x -> x.sum(1).add(x.min(1)).add(x.mean(1)).add(x.var(1)).add(x.logSumExp(1))),
            Map.entry("down the columns", x -> x.sum(0).add(x.max(0))),
            Map.entry("softmax", x -> x.softmax(0).add(x.logSoftmax(1))),
            Map.entry("cross-entropy", x -> x.crossEntropyGradient(x.t().crossEntropy(3, 0, 1, 2, 2, 0), 5, 0, 1, 1)),
            Map.entry("layer norm", x -> x.layerNorm(1e-5f, 1).add(x.layerNorm(1e-5f, 0))),
            Map.entry(
                    "products",
                    x -> x.matmul(x.t()).matmul(x).add(x.t().mm(x).matmul(x.t()).t())),
            Map.entry(
                    "products of vectors", x -> x.matmul(x.sum(0)).add(x.sum(1).matmul(x.matmul(x.t())))),
            Map.entry("batches", x -> x.reshape(2, 2, 6).bmm(x.reshape(2, 2, 6).transpose(0, 2, 1))),
            Map.entry(
                    "added products",
                    x -> x.sum().addmm(0.5f, 2, x, x.t()).add(B.sum().addmm(0, 1, x, x.t()))),
            Map.entry("rows", x -> x.gather(2, 0, 2)),
            Map.entry("rows by an array", x -> W.gather(x.gt(0))),
            Map.entry(
                    "rows that are none when the plan is made",
                    x -> W.gather(x.ne(0).sub(1))),
            Map.entry(
                    "norms, also of small numbers",
                    x -> x.div(x.norm(true, 1)).add(x.mul(1e-30f).norm(true, 0))),
            Map.entry("a product by a large constant", x -> x.t().linear(LARGE, LARGE.slice(Index.at(0)))),
            Map.entry(
                    "a product by a part of a large constant, transposed",
                    x -> x.t().matmul(LARGE.slice(Index.all(), Index.range(3, 5000)))
                            .matmul(LARGE.slice(Index.at(1), Index.range(3, 5000)))),
            Map.entry("a convolution", x -> x.reshape(1, 1, 4, 6).conv2d(FILTERS, Window.of(3, 3))),
            Map.entry("nothing added up", x -> x.sum().addbmm(0, 1, NO_BATCH, NO_BATCH.transpose(0, 2, 1))),
            Map.entry(
                    "batches added up",
                    x -> x.sum(1)
                            .addbmm(0.5f, 2, x.reshape(2, 4, 3), x.reshape(2, 3, 4))
                            .add(x.sum().addbmm(0, 1, x.reshape(2, 4, 3), x.reshape(2, 3, 4)))),
            Map.entry("a mask", x -> x.mul(FloatArray.ones(4, 6).tril())),
            Map.entry("a padded mask", x -> x.add(FloatArray.ones(2, 4).pad(-3, 1, 1, 1, 1))),
            Map.entry(
                    "scattered constants",
                    x -> x.add(FloatArray.of(5, 7).scatterAdd(6, 4, 1))
                            .mul(FloatArray.ones(4, 1).scatterAddAlong(1, 6, 0, 2, 5, 3))
                            .sub(FloatArray.ones(2, 2, 3, 5).fold(4, 6, Window.of(2, 2)))),
            Map.entry("another array only", x -> B.add(1)),
            Map.entry("a mask only", x -> FloatArray.ones(3, 3).triu()));

    private static final String UNPLANNED =
            ", which cannot be planned: it looks at numbers, or is an operation that plans do not have";

    @TestFactory
    Stream<DynamicTest> sameBits() {
        return FUNCTIONS.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    UnaryOperator<FloatArray> function = each.getValue();
                    Plan plan = Plan.of(SHAPE, function);
                    for (int i = 0; i < 3; i++) {
                        FloatArray x = input();
                        FloatArray expected = function.apply(x);
                        assertEquals(expected, plan.run(x));
                        float[] y = new float[expected.size() + 3];
                        plan.run(x.toArray(), 0, y, 2);
                        assertEquals(expected.reshape(-1), FloatArray.of(y).slice(Index.range(2, 2 + expected.size())));
                        assertEquals(expected.shape(), plan.output());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatLooksAtNumbersIsRefused() {
        Map<String, UnaryOperator<FloatArray>> looking = Map.ofEntries(
                Map.entry("item of an array of shape scalar", x -> x.mul(x.sum().item())),
                Map.entry("toArray of an array of shape 4x6", x -> FloatArray.of(x.toArray())),
                Map.entry("copyTo of an array of shape 4x6", x -> {
                    x.copyTo(new float[24], 0);
                    return x;
                }),
                Map.entry("copy of an array of shape 4x6", x -> x.add(1).copy()),
                Map.entry("get of an array of shape 4x6", x -> x.mul(x.get(0, 0))),
                Map.entry("equals of an array of shape 4x6", x -> x.equals(FloatArray.zeros(4, 6)) ? x : x.neg()),
                Map.entry("hashCode of an array of shape 4x6", x -> x.mul((float) x.hashCode())),
                Map.entry(
                        "closeTo of an array of shape 4x6", x -> x.closeTo(FloatArray.zeros(4, 6), 0, 0) ? x : x.neg()),
                Map.entry("argmax of an array of shape 4x6", x -> x.gather(x.argmax(1))),
                Map.entry(
                        "argmax of an array of shape 24",
                        x -> x.gather(x.reshape(-1).argmax())),
                Map.entry("argsort of an array of shape 4x6", x -> x.gatherAlong(1, 6, x.argsort(1))),
                Map.entry("argtopk of an array of shape 4x6", x -> x.gatherAlong(1, 2, x.argtopk(2, 1))),
                Map.entry("sort of an array of shape 4x6", x -> x.sort(1)),
                Map.entry("topk of an array of shape 4x6", x -> x.topk(2, 1)),
                Map.entry("maxPool2d of an array of shape 4x6", x -> x.maxPool2d(Window.of(2, 2))),
                Map.entry("cumsum of an array of shape 4x6", x -> x.cumsum(1)),
                Map.entry("concat of an array of shape 4x6", x -> FloatArray.concat(0, x, x)),
                Map.entry("gatherAlong of an array of shape 4x6", x -> x.gatherAlong(1, 1, 0, 1, 2, 3)),
                Map.entry("scatterAddAlong of an array of shape 4x6", x -> x.scatterAddAlong(0, 1, new int[24])),
                Map.entry("scatterAdd of an array of shape 4x6", x -> x.scatterAdd(4, 0, 1, 2, 2)),
                Map.entry("place of an array of shape 4x6", x -> x.pad(0, 1, 1)), // by which pad and unfold do it
                Map.entry("band of an array of shape 4x6", x -> x.tril()), // by which tril and triu do it
                Map.entry("dropout of an array of shape 4x6", x -> x.dropout(0.5f, 1)),
                Map.entry("dot of an array of shape 24", x -> x.reshape(-1).dot(x.reshape(-1))),
                Map.entry(
                        "fold of an array of shape 2x2x3x2",
                        x -> x.reshape(2, 2, 3, 2).fold(4, 3, Window.of(2, 2))));
        return looking.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    var e = assertThrows(IllegalStateException.class, () -> Plan.of(SHAPE, each.getValue()));
                    assertEquals("plan: the function has " + each.getKey() + UNPLANNED, e.getMessage());
                }));
    }

    @Test
    void arraysOfThePlanAreNotValidAfterwards() {
        List<FloatArray> kept = new ArrayList<>();
        Plan plan = Plan.of(SHAPE, x -> {
            kept.add(x);
            kept.add(layer(x));
            return kept.getLast();
        });
        kept.forEach(each -> assertThrows(IllegalStateException.class, () -> each.add(1)));
        assertEquals(
                "FloatArray of shape 4x6, of a plan, or of a workspace's run that has ended",
                kept.getFirst().toString());
        assertEquals("plan of 2 steps from 4x6 to 4x5", plan.toString());
    }

    /** What the plan does not see would stay as it was when the plan was made. */
    @Test
    void workThatIsHiddenFromThePlanIsRefused() {
        String end = " on another thread, or in a run of a workspace, of which the plan does not know";
        var e = assertThrows(
                IllegalStateException.class, () -> Plan.of(SHAPE, x -> new Workspace().call(() -> layer(x).copy())));
        assertEquals("plan: the function uses an array of shape 4x6" + end, e.getMessage());
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            assertThrows(
                    CompletionException.class,
                    () -> Plan.of(
                            SHAPE,
                            x -> CompletableFuture.supplyAsync(() -> layer(x), pool)
                                    .join()));
        }
        assertThrows(
                IllegalStateException.class,
                () -> Plan.of(SHAPE, x -> Plan.of(SHAPE, x::add).run(B.expand(4, 5))));
    }

    /** Their storage would be that of others when the plan runs, and the plan would go by these. */
    @Test
    void arraysOfARunAroundThePlanAreRefused() {
        String sentence =
                "plan: the function uses or returns an array of shape 4x6 of another run of a workspace, whose"
                        + " storage serves others later; take a copy() of it first";
        FloatArray numbers = input();
        for (UnaryOperator<FloatArray> around : List.<UnaryOperator<FloatArray>>of(x -> x, x -> x.slice(Index.all()))) {
            new Workspace().run(() -> {
                FloatArray outer = around.apply(numbers.add(1));
                for (UnaryOperator<FloatArray> function : List.<UnaryOperator<FloatArray>>of(
                        x -> x.add(outer),
                        x -> outer.mul(x.sum(true, 0)),
                        x -> x.where(outer, x),
                        x -> x.t().matmul(outer).tanh(),
                        x -> outer)) {
                    var e = assertThrows(IllegalStateException.class, () -> Plan.of(SHAPE, function));
                    assertEquals(sentence, e.getMessage());
                }
            });
        }
        FloatArray ended = new Workspace().call(() -> numbers.add(1));
        assertThrows(IllegalStateException.class, () -> Plan.of(SHAPE, x -> ended));
        assertThrows(
                IllegalStateException.class, () -> Plan.of(SHAPE, x -> new Workspace().call(() -> numbers.add(1))));
    }

    @Test
    void copiesOutOfARunAroundThePlanStay() {
        Workspace workspace = new Workspace();
        FloatArray numbers = input();
        Plan plan = workspace.call(() -> {
            FloatArray outer = numbers.add(1);
            return Plan.of(SHAPE, x -> x.mul(outer.copy()).add(outer.tril()));
        });
        workspace.spoil();
        FloatArray x = input();
        FloatArray outer = numbers.add(1);
        assertEquals(x.mul(outer).add(outer.tril()), plan.run(x));
    }

    @Test
    void whatIsNullIsNamed() {
        Plan plan = Plan.of(SHAPE, PlanTest::layer);
        assertNullRefused("plan: the shape is null", () -> Plan.of(nothing(), PlanTest::layer));
        assertNullRefused("plan: the function is null", () -> Plan.of(SHAPE, nothing()));
        assertNullRefused("plan: the function returned null", () -> Plan.of(SHAPE, x -> nothing()));
        assertNullRefused("plan: the array is null", () -> plan.run(nothing()));
        assertNullRefused("plan: the numbers are null", () -> plan.run(nothing(), 0, new float[20], 0));
        assertNullRefused("plan: the room for the result is null", () -> plan.run(new float[24], 0, nothing(), 0));
    }

    private static void assertNullRefused(String sentence, Executable call) {
        assertEquals(sentence, assertThrows(NullPointerException.class, call).getMessage());
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // so that it fits everywhere
    private static <T> T nothing() {
        return null;
    }

    @Test
    void resultsAreTheirOwn() {
        Plan plan = Plan.of(SHAPE, PlanTest::layer);
        FloatArray x = input();
        FloatArray first = plan.run(x);
        plan.run(input());
        assertEquals(layer(x), first);
    }

    @Test
    void aPlanMadeInARunOutlivesIt() {
        Plan plan = new Workspace().call(() -> Plan.of(SHAPE, PlanTest::layer));
        FloatArray x = input();
        assertEquals(layer(x), plan.run(x));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Plan plan = Plan.of(SHAPE, PlanTest::layer);
        assertRefused("plan: an array of shape 6x4 for a plan of 4x6", () -> plan.run(input().t()));
        float[] y = new float[20];
        assertRefused(
                "plan: numbers for 4x6, 24 of them, in an array of length 24 from 1",
                () -> plan.run(new float[24], 1, y, 0));
        assertRefused(
                "plan: room for 4x5, 20 of them, in an array of length 20 from -1",
                () -> plan.run(new float[24], 0, y, -1));
        assertRefused("linear: 4x7 by 6x5: inner sizes 7 and 6 differ", () -> Plan.of(Shape.of(4, 7), PlanTest::layer));
    }

    @Test
    void oneCallAtATime() {
        Plan[] plan = new Plan[1];
        boolean[] called = {false};
        plan[0] = Plan.of(SHAPE, x -> {
            FloatArray y = x.add(1);
            Workspace.plan(() -> {
                called[0] = true;
                assertThrows(IllegalStateException.class, () -> plan[0].run(input()));
            });
            return y;
        });
        FloatArray x = input();
        assertEquals(x.add(1), plan[0].run(x));
        assertTrue(called[0]);
        assertEquals(x.add(1), plan[0].run(x)); // the refusal did not end the call that was running
    }

    @Test
    void threadsThatHelp() {
        FloatArray w = FloatArray.randn(RANDOM, 400, 400);
        UnaryOperator<FloatArray> function = x -> x.matmul(w).tanh().softmax(1);
        Plan plan = Plan.of(Shape.of(300, 400), function);
        FloatArray x = FloatArray.randn(RANDOM, 300, 400);
        FloatArray expected = function.apply(x);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 20; i++) { // by three, columns are shared out too, by two only rows, and B is packed
                int threads = 2 + i % 2;
                assertEquals(expected, Compute.parallel(pool, threads, () -> plan.run(x)));
            }
        }
    }

    @Test
    void wrongNumbersOfRowsAreRefusedWhenThePlanRuns() {
        Plan plan = Plan.of(Shape.of(2), x -> W.gather(x));
        float[] y = new float[10];
        assertRefused(
                "gather: 6.0 in rows of shape 2 is not the number of a row of 6x5",
                () -> plan.run(new float[] {1, 6}, 0, y, 0));
        assertEquals(0, y[0], "nothing is written");
        assertEquals(W.gather(5, 1), plan.run(FloatArray.of(5, 1)));
    }

    @Test
    void plansOfTheSameArraysSharePackedOnes() {
        assertSame(
                PackedOperands.of(5000, 4, LARGE.operand(), 0, 5000, 1),
                PackedOperands.of(5000, 4, LARGE.operand(), 0, 5000, 1));
        assertNotSame(
                PackedOperands.of(5000, 4, LARGE.operand(), 0, 5000, 1),
                PackedOperands.of(4999, 4, LARGE.operand(), 1, 5000, 1));
    }

    /**
     * Vectors are in boxes until the kernels are compiled; then it has to be nothing at all. That takes so many calls, and so
     * long as the compilers need to come to them: on a busy machine the calls may be over before.
     */
    @Test
    @DisabledIfSystemProperty(
            named = "lanewise.kernels",
            matches = "scalar",
            disabledReason = "the scalar sums keep their sixteen partial sums in an array")
    void aCallAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Plan plan = Plan.of(Shape.of(1, 6), x -> layer(x).softmax(1).layerNorm(1e-5f, 1));
        float[] x = input().slice(Index.at(0)).toArray();
        float[] y = new float[5];
        boolean clean = false;
        int batches = 0;
        for (long start = System.nanoTime();
                !clean && (batches < 2000 || System.nanoTime() - start < PATIENCE);
                batches++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int j = 0; j < 100; j++) {
                plan.run(x, 0, y, 0);
            }
            clean = threads.getCurrentThreadAllocatedBytes() == before;
        }
        assertTrue(clean, "of " + batches + " times 100 calls, all allocated");
        assertFalse(Float.isNaN(y[0]));
    }
}
