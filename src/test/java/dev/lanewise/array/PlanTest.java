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

/** A {@link Plan} gives the bits of its function, whatever numbers it was made with and has seen before. */
class PlanTest {

    private static final Random RANDOM = new Random(8);
    private static final FloatArray W = FloatArray.randn(RANDOM, 6, 5);
    private static final FloatArray B = FloatArray.randn(RANDOM, 5);

    /** So large that a plan packs it. */
    private static final FloatArray LARGE = FloatArray.randn(RANDOM, 4, 5000);

    private static final FloatArray FILTERS = FloatArray.randn(RANDOM, 2, 1, 3, 3);
    private static final Shape SHAPE = Shape.of(4, 6);

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
                    "norms, also of small numbers",
                    x -> x.div(x.norm(true, 1)).add(x.mul(1e-30f).norm(true, 0))),
            Map.entry("a product by a large constant", x -> x.t().linear(LARGE, LARGE.slice(Index.at(0)))),
            Map.entry(
                    "a product by a part of a large constant, transposed",
                    x -> x.t().matmul(LARGE.slice(Index.all(), Index.range(3, 5000)))
                            .matmul(LARGE.slice(Index.at(1), Index.range(3, 5000)))),
            Map.entry("a convolution", x -> x.reshape(1, 1, 4, 6).conv2d(FILTERS, Window.of(3, 3))),
            Map.entry("another array only", x -> B.add(1)));

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
        Map<String, UnaryOperator<FloatArray>> looking = Map.of(
                "item", x -> x.mul(x.sum().item()),
                "toArray", x -> FloatArray.of(x.toArray()),
                "copy", x -> x.add(1).copy(),
                "get", x -> x.mul(x.get(0, 0)),
                "equals", x -> x.equals(FloatArray.zeros(4, 6)) ? x : x.neg(),
                "argmax", x -> x.gather(x.argmax(0)),
                "sort", x -> x.sort(1),
                "maxPool2d", x -> x.maxPool2d(Window.of(2, 2)),
                "cumsum", x -> x.cumsum(1));
        return looking.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    var e = assertThrows(IllegalStateException.class, () -> Plan.of(SHAPE, each.getValue()));
                    assertTrue(e.getMessage().startsWith("plan: the function uses an array of shape "), e::getMessage);
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
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            assertEquals(function.apply(x), Compute.parallel(pool, 3, () -> plan.run(x)));
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
                PackedOperands.of(5000, 4, LARGE.data(), 0, 5000, 1),
                PackedOperands.of(5000, 4, LARGE.data(), 0, 5000, 1));
        assertNotSame(
                PackedOperands.of(5000, 4, LARGE.data(), 0, 5000, 1),
                PackedOperands.of(4999, 4, LARGE.data(), 1, 5000, 1));
    }

    /** Vectors are in boxes until the kernels are compiled, so this takes some calls; then it has to be nothing at all. */
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
        for (int i = 0; i < 2000 && !clean; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int j = 0; j < 100; j++) {
                plan.run(x, 0, y, 0);
            }
            clean = threads.getCurrentThreadAllocatedBytes() == before;
        }
        assertTrue(clean, "of 2000 times 100 calls, all allocated");
        assertFalse(Float.isNaN(y[0]));
    }
}
