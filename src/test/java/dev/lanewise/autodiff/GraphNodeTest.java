package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Footprint;
import dev.lanewise.autodiff.GraphNode.Operand;
import dev.lanewise.autodiff.GraphNode.Pruned;
import dev.lanewise.autodiff.GraphNode.Saved;
import dev.lanewise.autodiff.GraphNode.Tracked;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GraphNodeTest {

    private static AdjointArray variable(String name, int... dims) {
        return AdjointArray.variable(FloatArray.ones(dims)).named(name);
    }

    private static Tracked tracked(GraphNode node, int operand) {
        return (Tracked) node.operands().get(operand);
    }

    private static List<String> outline(List<GraphNode> nodes) {
        List<String> lines = new ArrayList<>();
        for (GraphNode node : nodes) {
            StringBuilder line = new StringBuilder(node.id() + " " + node.operation() + " " + node.shape());
            for (Operand operand : node.operands()) {
                switch (operand) {
                    case Tracked tracked -> {
                        line.append(" <-").append(tracked.id());
                        tracked.saved()
                                .forEach(saved -> line.append(" keeps ")
                                        .append(saved.value().shape()));
                    }
                    case Pruned pruned -> {
                        line.append(" without ")
                                .append(pruned.reason())
                                .append(' ')
                                .append(pruned.because());
                        if (pruned.saved() != null) {
                            line.append(' ').append(pruned.saved().value().shape());
                        }
                    }
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }

    @Test
    void listsTheRootFirstAndLeavesWithTheirArrays() {
        AdjointArray x = AdjointArray.constant(FloatArray.ones(5, 4));
        AdjointArray w = variable("w", 4, 3);
        AdjointArray root = x.matmul(w).exp().sum();
        List<GraphNode> nodes = Graph.nodes(root);
        assertEquals(
                List.of(
                        "0 sum scalar <-1",
                        "1 exp 5x3 <-2 keeps 5x3",
                        "2 matmul 5x3 without CONSTANT null 5x4 <-3 keeps 5x4",
                        "3 leaf 4x3"),
                outline(nodes));
        assertSame(root, nodes.get(0).array());
        assertSame(w, nodes.get(3).array());
        assertTrue(nodes.get(3).leaf());
        assertNull(nodes.get(2).array(), "nobody keeps the product");
        Saved input = tracked(nodes.get(2), 1).saved().get(0);
        assertSame(x, input.array());
        assertEquals(-1, input.id(), "a constant has no place");
        assertEquals(Graph.Reason.CONSTANT, input.reason());
        Saved result = tracked(nodes.get(1), 0).saved().get(0);
        assertEquals(1, result.id(), "exp keeps its own result");
        assertNull(result.reason());
    }

    @Test
    void aResultThatAClosureKeepsIsKnownByItsName() {
        AdjointArray h = variable("w", 2).mul(3).named("hidden");
        List<GraphNode> nodes = Graph.nodes(h.square());
        assertSame(h, nodes.get(1).array());
        assertEquals(1, tracked(nodes.get(0), 0).saved().get(0).id());
    }

    @Test
    void anOperandTakenTwiceHasTwoEdges() {
        AdjointArray x = variable("x", 2);
        assertEquals(List.of("0 mul 2 <-1 keeps 2 <-1 keeps 2", "1 leaf 2"), outline(Graph.nodes(x.mul(x))));
    }

    @Test
    void severalRootsShareOneListAlsoWhereOneStandsBehindAnother() {
        AdjointArray x = variable("x", 2);
        AdjointArray inner = x.neg();
        AdjointArray outer = inner.exp();
        assertEquals(
                List.of("0 exp 2 <-1 keeps 2", "1 neg 2 <-2", "2 leaf 2"), outline(Graph.nodes(inner, outer, inner)));
        assertEquals(List.of("0 neg 2 <-2", "1 sum scalar <-2", "2 leaf 2"), outline(Graph.nodes(inner, x.sum())));
    }

    @Test
    void whatDoesNotRequireGradHasNoGraph() {
        AdjointArray volatileLeaf = AdjointArray.volatileOf(FloatArray.ones(2)).named("request");
        AdjointArray result = volatileLeaf.mul(variable("w", 2));
        assertEquals(List.of(), Graph.nodes(result, AdjointArray.constant(FloatArray.ones(1))));
    }

    @Test
    void prunedOperandsSayWhyAndWhichTheyAreIfTheyAreKept() {
        AdjointArray w = variable("w", 2);
        AdjointArray frozen = variable("frozen", 2).requiresGrad(false);
        AdjointArray data = AdjointArray.constant(FloatArray.ones(2)).named("data");
        AdjointArray kept = frozen.exp();
        List<GraphNode> nodes = Graph.nodes(w.mul(kept).add(frozen).sub(data).mul(w.detach()));
        assertEquals(
                List.of(
                        "0 mul 2 <-1 keeps 2 without DETACHED null 2",
                        "1 sub 2 <-2 without CONSTANT data",
                        "2 add 2 <-3 without FROZEN frozen",
                        "3 mul 2 <-4 keeps 2 without FROZEN frozen 2",
                        "4 leaf 2"),
                outline(nodes));
        Pruned pruned = (Pruned) nodes.get(3).operands().get(1);
        assertSame(kept, pruned.saved() == null ? null : pruned.saved().array());
    }

    /** Of two constants beside a variable the closure keeps the second. */
    private static String firstLineWithConstants(AdjointArray a, AdjointArray b) {
        Rule rule = Rule.of(
                "three",
                x -> x[0].add(x[1]).add(x[2]),
                new Rule.Partial((x, y, t) -> t, (x, y) -> {
                    AdjointArray kept = x[2];
                    return g -> g.mul(kept);
                }),
                Rule.NONE,
                Rule.NONE);
        return outline(Graph.nodes(rule.apply(variable("w", 3, 2), a, b))).getFirst();
    }

    @Test
    void theReasonTellsWhichPrunedOperandIsKept() {
        AdjointArray a = AdjointArray.constant(FloatArray.ones(3, 1)).named("a");
        AdjointArray b = AdjointArray.constant(FloatArray.ones(3, 2)).named("b");
        assertEquals(
                "0 three 3x2 <-1 keeps 3x2 without CONSTANT a without CONSTANT b 3x2", firstLineWithConstants(a, b));
    }

    @Test
    void ofSeveralUnnamedConstantsTheFirstStandsForTheKeptOne() {
        AdjointArray a = AdjointArray.constant(FloatArray.ones(3, 1));
        AdjointArray b = AdjointArray.constant(FloatArray.ones(3, 2));
        assertEquals(
                "0 three 3x2 <-1 keeps 3x2 without CONSTANT null 3x2 without CONSTANT null",
                firstLineWithConstants(a, b));
    }

    @Test
    void aCheckpointKeepsItsArguments() {
        AdjointArray w = variable("w", 3);
        AdjointArray x = AdjointArray.constant(FloatArray.ones(3));
        AdjointArray result = Gradients.checkpoint(xs -> xs.get(0).mul(w).exp(), List.of(x));
        assertEquals(List.of("0 checkpoint 3 <-1 keeps 3 keeps 3", "1 leaf 3"), outline(Graph.nodes(result)));
    }

    @Test
    void aFreedNodeSaysSoAndAListTakenBeforeStays() {
        AdjointArray loss = variable("x", 3).exp().sum();
        List<GraphNode> before = Graph.nodes(loss);
        loss.backward();
        assertEquals(3, before.size());
        assertFalse(before.get(0).freed());
        List<GraphNode> after = Graph.nodes(loss);
        assertEquals(List.of("0 sum scalar"), outline(after));
        assertTrue(after.get(0).freed());
    }

    /** A rule whose closure is given. */
    private static AdjointArray withPull(AdjointArray x, UnaryOperator<AdjointArray> pull) {
        return x.apply(Rule.unary("own", FloatArray::neg, (operands, y, t) -> t.neg(), (operands, y) -> pull));
    }

    private abstract static class Saving implements UnaryOperator<AdjointArray> {
        final FloatArray saved;

        Saving(FloatArray saved) {
            this.saved = saved;
        }
    }

    private static final class Scaling extends Saving {
        Scaling(FloatArray factor) {
            super(factor);
        }

        @Override
        public AdjointArray apply(AdjointArray g) {
            return g.mul(AdjointArray.constant(saved));
        }
    }

    @Test
    void readsListsArraysNestedClosuresAndSuperclasses() {
        AdjointArray a = AdjointArray.constant(FloatArray.ones(1));
        FloatArray b = FloatArray.ones(2);
        AdjointArray[] several = {a};
        List<FloatArray> list = List.of(b);
        UnaryOperator<AdjointArray> inner = g -> g.mul(several[0]);
        Tracked operand = onlyOperand(g -> inner.apply(g).add(AdjointArray.constant(list.get(0))));
        assertEquals(
                List.of(a.value(), b),
                operand.saved().stream().map(Saved::value).toList());
        assertTrue(operand.readable());

        assertSame(b, onlyOperand(new Scaling(b)).saved().get(0).value());
    }

    @Test
    void aClosureThatCannotBeReadSaysSo() {
        Function<AdjointArray, AdjointArray> neg = AdjointArray::neg;
        Function<AdjointArray, AdjointArray> composed = neg.andThen(AdjointArray::neg); // a lambda of java.base
        Tracked operand = onlyOperand(composed::apply);
        assertEquals(List.of(), operand.saved());
        assertFalse(operand.readable());
    }

    private static Tracked onlyOperand(UnaryOperator<AdjointArray> pull) {
        return tracked(Graph.nodes(withPull(variable("x", 1), pull)).get(0), 0);
    }

    @Test
    void walksAHundredThousandNodes() {
        AdjointArray x = variable("x", 1);
        for (int i = 0; i < 100_000; i++) {
            x = x.mul(1.001f);
        }
        List<GraphNode> nodes = Graph.nodes(x);
        assertEquals(100_001, nodes.size());
        assertTrue(nodes.getLast().leaf());
    }

    @Property(tries = 100)
    void everyNodeStandsAfterAllThatDependsOnIt(@ForAll long seed) {
        Random random = new Random(seed);
        List<AdjointArray> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(variable("leaf" + i, 2));
        }
        made.add(AdjointArray.constant(FloatArray.ones(2)));
        for (int i = 0; i < 30; i++) {
            AdjointArray a = made.get(random.nextInt(made.size()));
            AdjointArray b = made.get(random.nextInt(made.size()));
            made.add(
                    switch (random.nextInt(4)) {
                        case 0 -> a.mul(b);
                        case 1 -> a.add(b);
                        case 2 -> a.tanh();
                        default -> a.neg();
                    });
        }
        AdjointArray root = made.getLast();
        List<GraphNode> nodes = Graph.nodes(root);
        Footprint footprint = new Footprint();
        int closures = 0;
        int constants = 0;
        for (int i = 0; i < nodes.size(); i++) {
            assertEquals(i, nodes.get(i).id());
            for (Operand operand : nodes.get(i).operands()) {
                switch (operand) {
                    case Tracked tracked -> {
                        assertTrue(tracked.id() > i, "operand " + tracked.id() + " of " + i);
                        tracked.saved().forEach(saved -> footprint.add(saved.value()));
                        closures++;
                    }
                    case Pruned pruned -> {
                        assertEquals(Graph.Reason.CONSTANT, pruned.reason());
                        constants++;
                    }
                }
            }
        }
        Graph.Report report = Graph.report(root);
        assertEquals(report.operations() + report.leaves(), nodes.size());
        assertEquals(report.closures(), closures);
        assertEquals(report.bytes(), footprint.bytes());
        if (root.requiresGrad()) { // otherwise the report tells why there is no graph
            assertEquals(
                    report.pruned().stream().mapToInt(Graph.Pruned::operands).sum(), constants);
        }
        assertEquals(outline(nodes), outline(Graph.nodes(root)));
    }
}
