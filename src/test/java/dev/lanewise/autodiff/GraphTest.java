package dev.lanewise.autodiff;

import static dev.lanewise.autodiff.Collected.assertCollected;
import static dev.lanewise.autodiff.Collected.assertKept;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.array.FloatArray;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a graph consists of, what it keeps alive, and that it keeps nothing else. */
class GraphTest {

    private final AdjointArray input =
            AdjointArray.constant(FloatArray.ones(5, 3)).named("input");
    private final AdjointArray weights = AdjointArray.variable(FloatArray.ones(3, 2));
    private final AdjointArray bias = AdjointArray.variable(FloatArray.ones(2));
    private final AdjointArray head = AdjointArray.variable(FloatArray.ones(2, 4));

    private AdjointArray network() {
        return input.matmul(weights).add(bias).relu().matmul(head).sum();
    }

    private static void assertCounts(int operations, int leaves, int closures, long bytes, Graph.Report report) {
        assertEquals(
                List.of(operations, leaves, closures, bytes),
                List.of(report.operations(), report.leaves(), report.closures(), report.bytes()));
    }

    @Test
    void everythingThatIsHeldIsCounted() {
        Graph.Report report = Graph.report(network());
        assertEquals(5, report.operations());
        assertEquals(3, report.leaves());
        assertEquals(Map.of("matmul", 3, "add", 2, "relu", 1, "sum", 1), report.closuresByOperation());
        assertEquals(7, report.closures());
        // The input for the weights, the relu's result for itself and for the head, the head for the relu's result.
        assertEquals(4 * (5 * 3 + 5 * 2 + 2 * 4), report.bytes());
    }

    @Test
    void whatARuleClosesOverIsCountedToo() {
        AdjointArray table = AdjointArray.constant(FloatArray.ones(100));
        FloatArray plain = FloatArray.ones(30);
        // The closure of the pull holds x and the derivative, and that is a closure over the two arrays.
        Rule rule = Rule.fromInput(
                "looked up",
                x -> x,
                (x, g) -> g.mul(x)
                        .mul(table.sum())
                        .mul(AdjointArray.constant(plain).sum()));
        Graph.Report report = Graph.report(rule.apply(AdjointArray.variable(FloatArray.ones(7))));
        assertEquals(4 * (7 + 100 + 30), report.bytes());
    }

    @Test
    void aFrozenLayerKeepsNothing() {
        weights.requiresGrad(false);
        bias.requiresGrad(false);
        Graph.Report report = Graph.report(network());
        assertCounts(2, 1, 2, 4 * 5 * 2, report);
        assertEquals(Map.of("matmul", 1, "sum", 1), report.closuresByOperation());
    }

    @Test
    void aFrozenMiddleStillPullsThrough() {
        head.requiresGrad(false);
        bias.requiresGrad(false);
        Graph.Report report = Graph.report(network());
        assertCounts(5, 1, 5, 4 * (5 * 3 + 5 * 2 + 2 * 4), report);
        assertEquals(Map.of("add", 1, "matmul", 2, "relu", 1, "sum", 1), report.closuresByOperation());
    }

    @Test
    void aVolatileOperandLeavesNothing() {
        AdjointArray result = network().add(AdjointArray.volatileOf(FloatArray.scalar(1)));
        assertCounts(0, 0, 0, 0, Graph.report(result));
        assertCounts(0, 0, 0, 0, Graph.report(input.exp()));
    }

    @Test
    void aLeafIsAGraphOfOneLeaf() {
        assertCounts(0, 1, 0, 0, Graph.report(weights));
    }

    @Test
    void backwardFreesTheGraphUnlessItIsRetained() {
        AdjointArray loss = network();
        Graph.Report before = Graph.report(loss);
        loss.backward(BackwardOption.RETAIN_GRAPH);
        assertEquals(before, Graph.report(loss));
        loss.backward();
        assertCounts(1, 0, 0, 0, Graph.report(loss));
    }

    @Test
    void closuresAreOnlyMadeForOperandsThatRequireGrad() {
        AdjointArray x = AdjointArray.variable(FloatArray.of(1, 2));
        AdjointArray c = AdjointArray.constant(FloatArray.of(3, 4));
        assertEquals(1, Graph.report(x.mul(c)).closures());
        assertEquals(1, Graph.report(c.mul(x)).closures());
        assertEquals(2, Graph.report(x.mul(x)).closures());
        assertEquals(1, Graph.report(x.pow(c)).closures());
        assertEquals(0, Graph.report(c.mul(c)).closures());
        assertEquals(1, Graph.report(c.append(0, List.of(c, x, c))).closures());
    }

    // ---- by operation, and what was pruned

    @Test
    void whatEachOperationKeeps() {
        SortedMap<String, Graph.Kept> kept = Graph.report(network()).byOperation();
        assertEquals(new Graph.Kept(2, 3, 4 * (5 * 3 + 5 * 2 + 2 * 4)), kept.get("matmul"));
        assertEquals(new Graph.Kept(1, 2, 0), kept.get("add"));
        assertEquals(new Graph.Kept(1, 1, 4 * 5 * 2), kept.get("relu"));
        assertEquals(new Graph.Kept(1, 1, 0), kept.get("sum"));
    }

    @Test
    void constantsAreToldByName() {
        assertEquals(
                List.of(new Graph.Pruned("matmul", Graph.Reason.CONSTANT, "input", 1)),
                Graph.report(network()).pruned());
    }

    @Test
    void frozenLeavesAreToldByNameAlsoThroughWhatWasComputedFromThem() {
        weights.named("layer1.weight").requiresGrad(false);
        bias.named("layer1.bias").requiresGrad(false);
        head.named("layer2.weight");
        assertEquals(
                List.of(new Graph.Pruned("matmul", Graph.Reason.FROZEN, "layer1.weight", 1)),
                Graph.report(network()).pruned());
        weights.requiresGrad(true);
        assertEquals(
                List.of(
                        new Graph.Pruned("add", Graph.Reason.FROZEN, "layer1.bias", 1),
                        new Graph.Pruned("matmul", Graph.Reason.CONSTANT, "input", 1)),
                Graph.report(network()).pruned());
    }

    @Test
    void everyReasonIsTold() {
        AdjointArray x = AdjointArray.variable(FloatArray.of(1, 2));
        AdjointArray y = x.mul(x.detach());
        y = y.mul(Grad.off(() -> x.exp()));
        y = y.mul(x.gt(0));
        y = y.where(x, AdjointArray.constant(FloatArray.of(3, 4)));
        assertEquals(
                List.of(
                        new Graph.Pruned("mul", Graph.Reason.NO_DERIVATIVE, null, 1),
                        new Graph.Pruned("mul", Graph.Reason.DETACHED, null, 1),
                        new Graph.Pruned("mul", Graph.Reason.RECORDING_OFF, null, 1),
                        new Graph.Pruned("where", Graph.Reason.CONSTANT, null, 1),
                        new Graph.Pruned("where", Graph.Reason.NO_DERIVATIVE, null, 1)),
                Graph.report(y).pruned());
    }

    @Test
    void whatIsNotRecordedAtAllSaysWhy() {
        AdjointArray photo = AdjointArray.volatileOf(FloatArray.ones(5, 3)).named("photo");
        assertEquals(
                List.of(new Graph.Pruned("", Graph.Reason.VOLATILE, "photo", 1)),
                Graph.report(photo.matmul(weights).exp()).pruned());
        assertEquals(
                List.of(new Graph.Pruned("", Graph.Reason.RECORDING_OFF, null, 1)),
                Graph.report(Grad.off(this::network)).pruned());
        assertEquals(
                List.of(new Graph.Pruned("", Graph.Reason.CONSTANT, "input", 1)),
                Graph.report(input.exp()).pruned());
    }

    @Test
    void aNameThatComesLaterIsToldOfWhatWasPrunedBefore() {
        weights.requiresGrad(false);
        AdjointArray hidden = input.matmul(weights);
        weights.named("late");
        assertEquals(
                List.of(new Graph.Pruned("matmul", Graph.Reason.FROZEN, "late", 1)),
                Graph.report(hidden.matmul(head)).pruned());
    }

    @Test
    void whatWasPrunedIsNotKeptAlive() throws InterruptedException {
        AdjointArray x = AdjointArray.variable(FloatArray.of(1, 2));
        AdjointArray[] y = new AdjointArray[1];
        assertCollected(prunedBeside(y, x), "an operand that is pruned");
        assertEquals(Graph.Reason.FROZEN, Graph.report(y[0]).pruned().getFirst().reason());
    }

    private static WeakReference<AdjointArray> prunedBeside(AdjointArray[] result, AdjointArray x) {
        AdjointArray frozen =
                AdjointArray.variable(FloatArray.of(3, 4)).named("frozen").requiresGrad(false);
        result[0] = x.add(frozen);
        return new WeakReference<>(frozen);
    }

    @Test
    void theTableIsForPeople() {
        weights.named("layer1.weight").requiresGrad(false);
        assertEquals("""
            4 operations, 2 leaves, 5 closures that keep 72 bytes
              add                 1 x      1 closures              0 bytes
              matmul              1 x      2 closures             72 bytes
              relu                1 x      1 closures             40 bytes
              sum                 1 x      1 closures              0 bytes
              pruned: 1 operand of add: frozen 'layer1.weight'
            """, Graph.report(network()).toString().replace(System.lineSeparator(), "\n"));
    }

    // ---- what is alive

    /** A reference to the value between two operations; nobody but the graph may hold it when this returns. */
    private static WeakReference<FloatArray> between(
            AdjointArray[] result,
            AdjointArray x,
            UnaryOperator<AdjointArray> first,
            UnaryOperator<AdjointArray> second) {
        AdjointArray middle = first.apply(x);
        result[0] = second.apply(middle);
        return new WeakReference<>(middle.value());
    }

    @Test
    void aValueThatNoClosureCapturedIsCollected() throws InterruptedException {
        AdjointArray x = AdjointArray.variable(FloatArray.of(1, 2));
        AdjointArray[] y = new AdjointArray[1];
        assertCollected(between(y, x, a -> a.add(1), a -> a.add(2)), "the value between two adds");
        assertCollected(between(y, x, a -> a.mul(2), a -> a.sum()), "the value between mul by a number and sum");
        assertCollected(between(y, x, a -> a.add(x), a -> a.relu()), "the operand of relu, which keeps its result");
        assertCollected(between(y, x, a -> a.neg(), a -> a.exp()), "the operand of exp, which keeps its result");
        assertCollected(between(y, x, a -> a.mul(x), a -> a.reshape(2, 1)), "a product that is reshaped");
        AdjointArray c = AdjointArray.constant(FloatArray.of(3, 4));
        assertCollected(between(y, x, a -> a.neg(), a -> a.mul(c)), "the first operand of mul by a constant");
        y[0].backward(FloatArray.of(1, 1));
        assertEquals(FloatArray.of(-3, -4), x.grad());
    }

    @Test
    void aValueThatAClosureCapturedIsKeptUntilThePass() throws InterruptedException {
        AdjointArray x = AdjointArray.variable(FloatArray.of(1, 2));
        AdjointArray[] y = new AdjointArray[1];
        WeakReference<FloatArray> middle = between(y, x, a -> a.exp(), a -> a.add(2));
        assertKept(middle, "the result of exp");
        y[0].backward(FloatArray.of(1, 1));
        assertCollected(middle, "the result of exp, after the pass");
        assertKept(new WeakReference<>(y[0]), "what is still held");
    }

    @Test
    void theOtherOperandOfAFrozenWeightIsCollected() throws InterruptedException {
        // The gradient of the weight is what needs the activation; nobody asks for that of a frozen weight.
        AdjointArray x = AdjointArray.variable(FloatArray.ones(2, 3));
        AdjointArray[] y = new AdjointArray[1];
        assertKept(between(y, x, a -> a.neg(), a -> a.matmul(weights)), "the activation before a weight");
        weights.requiresGrad(false);
        assertCollected(between(y, x, a -> a.neg(), a -> a.matmul(weights)), "the activation before a frozen weight");
    }

    private static AdjointArray chain(AdjointArray x, int length) {
        AdjointArray y = x;
        for (int i = 0; i < length; i++) {
            y = y.exp().log(); // both keep something
        }
        return y;
    }

    @Test
    void aMillionOperationsAreCollected() throws InterruptedException {
        AdjointArray x = AdjointArray.variable(FloatArray.of(0.5f));
        WeakReference<AdjointArray> end = new WeakReference<>(chain(x, 500_000));
        WeakReference<Node> node = new WeakReference<>(chain(x, 2).trackedNode());
        assertCollected(end, "the end of the chain");
        assertCollected(node, "a node");
    }
}
