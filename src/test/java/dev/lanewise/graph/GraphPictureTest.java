package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Grad;
import dev.lanewise.autodiff.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphPictureTest {

    private static AdjointArray variable(String name, int... dims) {
        return AdjointArray.variable(FloatArray.ones(dims)).named(name);
    }

    private static AdjointArray constant(String name, int... dims) {
        return AdjointArray.constant(FloatArray.ones(dims)).named(name);
    }

    private static AdjointArray twoLayerLoss() {
        AdjointArray x = constant("x", 50, 40);
        AdjointArray y = constant("y", 50, 10);
        return x.mm(variable("w1", 40, 100))
                .relu()
                .mm(variable("w2", 100, 10))
                .sub(y)
                .square()
                .sum()
                .named("loss");
    }

    /** Two layers of features and a classifier, the features frozen where asked. */
    private static AdjointArray classifierLoss(boolean firstFrozen, boolean secondFrozen) {
        AdjointArray first = variable("features.0.weight", 4, 3).requiresGrad(!firstFrozen);
        AdjointArray second = variable("features.2.weight", 3, 2).requiresGrad(!secondFrozen);
        AdjointArray bias = variable("features.2.bias", 2).requiresGrad(!secondFrozen);
        AdjointArray h =
                constant("batch", 5, 4).matmul(first).relu().matmul(second).add(bias);
        return h.tanh().matmul(variable("classifier.weight", 2, 1)).mean();
    }

    private static String plain(AdjointArray... roots) {
        return GraphPicture.of(roots).legend(false).clusters(false).dot();
    }

    /** The lines between the defaults at the top and the closing brace. */
    private static List<String> body(String dot) {
        List<String> lines = dot.lines().map(String::strip).toList();
        return lines.subList(4, lines.size() - 1);
    }

    private static List<String> boxes(String dot) {
        return body(dot).stream().filter(line -> line.contains("[label=")).toList();
    }

    /** The labels of the boxes in an innermost cluster. */
    private static List<String> inCluster(String dot, String path) {
        String from = dot.substring(dot.indexOf("{\n", dot.indexOf("label=\"" + path + "\";") - 40));
        return from.substring(0, from.indexOf('}'))
                .lines()
                .filter(line -> line.contains("[label=\""))
                .map(line -> line.replaceAll(".*\\[label=\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    void theTwoLayerNet() {
        assertEquals("""
            digraph lanewise {
              graph [fontname="Helvetica", fontsize=13, nodesep=0.3, ranksep=0.35];
              node [shape=box, style=filled, fillcolor=lightgrey, fontname="Helvetica", fontsize=10, height=0.3, margin="0.1,0.05"];
              edge [arrowsize=0.6, fontname="Helvetica", fontsize=8];
              label="two layers"; labelloc=t;
              n0 [label="loss = sum\\nscalar", penwidth=2];
              n1 [label="square\\n50x10"];
              n2 [label="sub\\n50x10"];
              n3 [label="matmul\\n50x10"];
              n4 [label="relu\\n50x100"];
              n5 [label="w2\\n100x10", fillcolor=lightblue];
              n6 [label="matmul\\n50x100"];
              n7 [label="w1\\n40x100", fillcolor=lightblue];
              s0 [label="result of sub\\n50x10\\n2,000 B", fillcolor=orange];
              p1 [label="constant (y)", fillcolor=navajowhite, style="filled,dashed"];
              s2 [label="result of relu\\n50x100\\n20,000 B", fillcolor=orange];
              s3 [label="constant x\\n50x40\\n8,000 B", fillcolor=navajowhite, style="filled,dashed"];
              n1 -> n0;
              n2 -> n1;
              s0 -> n1 [style=dashed, color=darkorange, arrowhead=none];
              n3 -> n2;
              p1 -> n2 [style=dotted, color=grey40];
              n4 -> n3;
              n5 -> n3;
              n5 -> n3 [style=dashed, color=darkorange, arrowhead=none];
              s2 -> n3 [style=dashed, color=darkorange, arrowhead=none];
              n6 -> n4;
              s2 -> n4 [style=dashed, color=darkorange, arrowhead=none];
              s3 -> n6 [style=dotted, color=grey40];
              n7 -> n6;
              s3 -> n6 [style=dashed, color=darkorange, arrowhead=none];
              legend [shape=plaintext, style=solid, label=<
                <table border="0" cellborder="0" cellspacing="2">
                  <tr><td colspan="2" align="left">6 operations, 2 leaves</td></tr>
                  <tr><td colspan="2" align="left">closures keep 4 arrays, 34,000 B</td></tr>
                  <tr><td border="1" width="28" bgcolor="lightblue"></td><td align="left">leaf that requires grad</td></tr>
                  <tr><td border="1" width="28" bgcolor="lightgrey"></td><td align="left">operation and the shape of its result</td></tr>
                  <tr><td border="1" width="28" bgcolor="orange"></td><td align="left">result of an operation, kept</td></tr>
                  <tr><td border="1" width="28" bgcolor="navajowhite" style="dashed"></td><td align="left">constant, or computed from (...)</td></tr>
                  <tr><td>--&gt;</td><td align="left">operand that a gradient goes to</td></tr>
                  <tr><td><font color="grey40">...&gt;</font></td><td align="left">operand that none goes to</td></tr>
                  <tr><td><font color="darkorange">- - -</font></td><td align="left">kept by a closure of the operation</td></tr>
                </table>>];
            }
            """, GraphPicture.of(twoLayerLoss()).title("two layers").dot());
    }

    @Test
    void theSameGraphGivesTheSameText() {
        String first =
                GraphPicture.of(classifierLoss(false, true), twoLayerLoss()).dot();
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    first,
                    GraphPicture.of(classifierLoss(false, true), twoLayerLoss()).dot());
        }
    }

    @Test
    void theTotalsAgreeWithTheReport() {
        AdjointArray loss = classifierLoss(false, false);
        Graph.Report report = Graph.report(loss);
        String dot = GraphPicture.of(loss).dot();
        assertTrue(dot.contains(">" + report.operations() + " operations, " + report.leaves() + " leaves<"), dot);
        assertTrue(dot.contains(" arrays, " + report.bytes() + " B<"), dot);
    }

    @Test
    void layersStandInClustersAndActivationsBetweenThem() {
        String dot = GraphPicture.of(classifierLoss(false, false)).legend(false).dot();
        assertEquals(
                """
                n0 [label="div\\nscalar", penwidth=2];
                n1 [label="sum\\nscalar"];
                n3 [label="tanh\\n5x2"];
                s0 [label="result of tanh\\n5x2\\n40 B", fillcolor=orange];
                s2 [label="constant batch\\n5x4\\n80 B", fillcolor=navajowhite, style="filled,dashed"];
                subgraph cluster_0 {
                label="features"; style=rounded; color=grey; fontcolor=dimgrey; fontsize=10;
                n8 [label="relu\\n5x3"];
                s1 [label="result of relu\\n5x3\\n60 B", fillcolor=orange];
                subgraph cluster_1 {
                label="features.0"; style=rounded; color=grey; fontcolor=dimgrey; fontsize=10;
                n10 [label="matmul\\n5x3"];
                n11 [label="features.0.weight\\n4x3", fillcolor=lightblue];
                }
                subgraph cluster_2 {
                label="features.2"; style=rounded; color=grey; fontcolor=dimgrey; fontsize=10;
                n5 [label="add\\n5x2"];
                n6 [label="matmul\\n5x2"];
                n7 [label="features.2.bias\\n2", fillcolor=lightblue];
                n9 [label="features.2.weight\\n3x2", fillcolor=lightblue];
                }
                }
                subgraph cluster_3 {
                label="classifier"; style=rounded; color=grey; fontcolor=dimgrey; fontsize=10;
                n2 [label="matmul\\n5x1"];
                n4 [label="classifier.weight\\n2x1", fillcolor=lightblue];
                }
                """,
                String.join(
                                "\n",
                                body(dot).stream()
                                        .filter(line -> !line.contains("->"))
                                        .toList()) + "\n");
    }

    @Test
    void aTransposedWeightStandsWithItsLayer() {
        AdjointArray h =
                constant("batch", 5, 4).matmul(variable("a.weight", 3, 4).t());
        String dot = GraphPicture.of(
                        h.relu().matmul(variable("b.weight", 2, 3).t()).sum())
                .legend(false)
                .dot();
        assertEquals(
                List.of(
                        "matmul\\n5x2",
                        "transpose\\n3x2",
                        "b.weight\\n2x3",
                        "result of transpose\\n3x2\\n24 B, shared"),
                inCluster(dot, "b"),
                dot);
        assertEquals(List.of("matmul\\n5x3", "transpose\\n4x3", "a.weight\\n3x4"), inCluster(dot, "a"), dot);
    }

    @Test
    void aFrozenLayerInTheMiddleShowsWhatIsLeftOutAndWhatIsKept() {
        String dot = GraphPicture.of(classifierLoss(false, true)).legend(false).dot();
        assertEquals(
                List.of(
                        "add\\n5x2",
                        "matmul\\n5x2",
                        "frozen (features.2.bias)",
                        "frozen features.2.weight\\n3x2\\n24 B"),
                inCluster(dot, "features.2"),
                dot);
        assertTrue(
                dot.contains("[label=\"frozen (features.2.bias)\", fillcolor=lavender, style=\"filled,dashed\"];"),
                dot);
        assertTrue(dot.contains("[label=\"features.0.weight\\n4x3\", fillcolor=lightblue];"), dot);
    }

    @Test
    void frozenFirstLayersAreTheArrayThatTheyEndIn() {
        String dot = GraphPicture.of(classifierLoss(true, true)).legend(false).dot();
        assertEquals(
                List.of(
                        "n0 [label=\"div\\nscalar\", penwidth=2];",
                        "n1 [label=\"sum\\nscalar\"];",
                        "s0 [label=\"frozen (features.0.weight)\\n5x2\\n40 B\", fillcolor=lavender,"
                                + " style=\"filled,dashed\"];",
                        "n2 [label=\"matmul\\n5x1\"];",
                        "n3 [label=\"classifier.weight\\n2x1\", fillcolor=lightblue];"),
                boxes(dot));
    }

    @Test
    void everyReasonToBeLeftOutHasItsLook() {
        AdjointArray w = variable("w", 2);
        AdjointArray sum = w.add(w.detach())
                .add(Grad.off(() -> w.exp()))
                .add(variable("old", 2).requiresGrad(false))
                .add(constant("data", 2))
                .where(w.gt(0), constant("other", 2));
        assertEquals(
                List.of(
                        "p1 [label=\"constant (other)\", fillcolor=navajowhite, style=\"filled,dashed\"];",
                        "p2 [label=\"constant (data)\", fillcolor=navajowhite, style=\"filled,dashed\"];",
                        "p3 [label=\"frozen (old)\", fillcolor=lavender, style=\"filled,dashed\"];",
                        "p4 [label=\"recording off\", fillcolor=whitesmoke, style=\"filled,dashed\"];",
                        "p5 [label=\"detached\", fillcolor=whitesmoke, style=\"filled,dashed\"];"),
                boxes(plain(sum)).stream().filter(line -> line.startsWith("p")).toList());
        assertTrue(
                boxes(plain(sum))
                        .contains("s0 [label=\"no derivative\\n2\\n8 B\", fillcolor=whitesmoke,"
                                + " style=\"filled,dashed\"];"),
                () -> plain(sum));
    }

    @Test
    void aVolatileResultSaysWhichLeafIsTheReason() {
        AdjointArray request = AdjointArray.volatileOf(FloatArray.ones(1, 2)).named("request");
        AdjointArray answer = request.mm(variable("w", 2, 3)).named("answer");
        assertEquals(
                List.of("u0 [label=\"answer\\n1x3\\nvolatile (request)\", fillcolor=lightpink,"
                        + " style=\"filled,dashed\", penwidth=2];"),
                boxes(plain(answer)));
    }

    @Test
    void whatHasNoGraphIsDrawnAlone() {
        assertEquals(
                List.of(
                        "u0 [label=\"2\\nconstant\", fillcolor=navajowhite, style=\"filled,dashed\", penwidth=2];",
                        "n0 [label=\"w\\n2\", fillcolor=lightblue, penwidth=2];"),
                boxes(plain(AdjointArray.constant(FloatArray.ones(2)), variable("w", 2))));
    }

    @Test
    void aLeafThatWasFrozenAfterwardsIsDashed() {
        AdjointArray w = variable("w", 2);
        AdjointArray loss = w.neg();
        w.requiresGrad(false);
        assertTrue(boxes(plain(loss)).contains("n1 [label=\"w\\n2\", fillcolor=lightblue, style=\"filled,dashed\"];"));
    }

    @Test
    void aFreedGraphIsItsRootAlone() {
        AdjointArray loss = variable("w", 2).exp().sum();
        loss.backward();
        assertEquals(
                List.of("n0 [label=\"sum\\nscalar\", fillcolor=lightgrey, style=\"filled,dashed\", penwidth=2];"),
                boxes(plain(loss)));
    }

    @Test
    void aViewShowsHowMuchItKeepsAlive() {
        AdjointArray batch = AdjointArray.constant(FloatArray.ones(100, 2).slice(Index.range(0, 3), Index.all()));
        assertTrue(plain(batch.mm(variable("w", 2, 1))).contains("label=\"constant\\n3x2\\nview of 800 B\""));
    }

    @Test
    void anOperandTakenTwiceHasTwoArrowsAndOneDashedLine() {
        AdjointArray x = variable("x", 2);
        assertEquals(
                List.of("n1 -> n0;", "n1 -> n0;", "n1 -> n0 [style=dashed, color=darkorange, arrowhead=none];"),
                body(plain(x.mul(x))).stream()
                        .filter(line -> line.contains("->"))
                        .toList());
    }

    @Test
    void whatExceedsTheLimitIsCounted() {
        AdjointArray x = variable("x", 2);
        AdjointArray root = x.neg().add(x.neg().neg()).neg();
        assertEquals(
                """
                n0 [label="neg\\n2", penwidth=2];
                n1 [label="add\\n2"];
                n2 [label="neg\\n2"];
                more [label="3 more", fillcolor=white, style="filled,dashed"];
                n1 -> n0;
                n2 -> n1;
                more -> n1;
                more -> n2;
                """,
                String.join(
                                "\n",
                                body(GraphPicture.of(root)
                                        .legend(false)
                                        .limit(3)
                                        .dot())) + "\n");
        assertEquals(plain(root), GraphPicture.of(root).legend(false).limit(6).dot(), "six are not more than six");
    }

    @Test
    void aLeafBeyondTheLimitThatAClosureKeepsStillLooksLikeALeaf() {
        AdjointArray product = variable("a.x", 2).mul(variable("a.y", 2)).sum();
        assertEquals(
                List.of("mul\\n2", "a.y\\n2\\n8 B", "a.x\\n2\\n8 B"),
                inCluster(GraphPicture.of(product).legend(false).limit(2).dot(), "a"));
    }

    @Test
    void whatStandsBesideTheGraphIsCountedBeyondTheLimitToo() {
        AdjointArray quotient = constant("a", 1).div(variable("b", 1)); // keeps its result and the divisor
        assertEquals(
                """
                n0 [label="div\\n1", penwidth=2];
                p0 [label="constant (a)", fillcolor=navajowhite, style="filled,dashed"];
                more [label="1 more", fillcolor=white, style="filled,dashed"];
                rest [label="2 more", fillcolor=white, style="filled,dashed"];
                p0 -> n0 [style=dotted, color=grey40];
                rest -> n0 [style=dashed, color=darkorange, arrowhead=none];
                more -> n0;
                """,
                String.join(
                                "\n",
                                body(GraphPicture.of(quotient)
                                        .legend(false)
                                        .limit(1)
                                        .dot())) + "\n");
    }

    @Test
    void aHundredThousandNodes() {
        AdjointArray x = variable("deep.0.weight", 1);
        for (int i = 0; i < 100_000; i++) {
            x = x.mul(1.001f);
        }
        String dot = GraphPicture.of(x).dot();
        assertTrue(dot.contains("more [label=\"99,701 more\""), dot);
        assertEquals(
                100_000,
                GraphPicture.of(x)
                        .limit(1_000_000)
                        .dot()
                        .lines()
                        .filter(line -> line.contains("->"))
                        .count());
    }

    @Test
    void writesWhatTheNameOfTheFileAsksFor(@TempDir Path directory) throws IOException {
        GraphPicture picture = GraphPicture.of(twoLayerLoss());
        picture.write(directory.resolve("net.dot"));
        picture.write(directory.resolve("net.GV"));
        picture.write(directory.resolve("net.html"));
        assertEquals(picture.dot(), Files.readString(directory.resolve("net.dot")));
        assertEquals(picture.dot(), Files.readString(directory.resolve("net.GV")));
        assertEquals(picture.html(), Files.readString(directory.resolve("net.html")));
        Path other = directory.resolve("net.svg");
        assertEquals(
                "GraphPicture: cannot tell from the name " + other
                        + " whether to write a page (.html) or the text (.dot, .gv)",
                assertThrows(IllegalArgumentException.class, () -> picture.write(other))
                        .getMessage());
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertEquals(
                "GraphPicture: there is no result to draw",
                assertThrows(IllegalArgumentException.class, GraphPicture::of).getMessage());
        GraphPicture picture = GraphPicture.of(variable("x", 1));
        assertEquals(
                "GraphPicture: a limit of 0 nodes leaves nothing to draw",
                assertThrows(IllegalArgumentException.class, () -> picture.limit(0))
                        .getMessage());
    }
}
