package dev.lanewise.autodiff;

import dev.lanewise.array.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A part of a graph that is not kept, but recorded again when a backward pass comes to it.
 *
 * <p>One node stands for the part. Its edges lead to the nodes that the part was built on, those of the arguments and of
 * whatever else the function used, and carry this in the place of closures. A pass that reaches the node runs the
 * function {@link #again}, and goes on through what that recorded.
 */
final class Checkpoint implements UnaryOperator<AdjointArray> {

    private final Function<List<AdjointArray>, AdjointArray> function;
    private final List<AdjointArray> arguments;
    private final Shape shape;

    private Checkpoint(Function<List<AdjointArray>, AdjointArray> function, List<AdjointArray> arguments, Shape shape) {
        this.function = function;
        this.arguments = arguments;
        this.shape = shape;
    }

    /** The result of the function, with one node in the place of all that the function recorded. */
    static AdjointArray of(Function<List<AdjointArray>, AdjointArray> function, List<AdjointArray> arguments) {
        long call = Clock.tick();
        AdjointArray result = Clock.within(call, () -> function.apply(arguments));
        if (!result.requiresGrad()) {
            return result;
        }
        Node root = result.trackedNode();
        if (isOutside(root, call)) {
            return result;
        }
        List<Node> foundations = foundations(root, call);
        Checkpoint checkpoint = new Checkpoint(function, List.copyOf(arguments), result.shape());
        Node.Edge[] edges = new Node.Edge[foundations.size()];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = new Node.Tracked(foundations.get(i), checkpoint);
        }
        return AdjointArray.tracked(
                result.value(), result.perturbation(), new Node("checkpoint", result.shape(), edges));
    }

    /** A leaf's node is made when it is first needed, perhaps only now, but the leaf was there before. */
    private static boolean isOutside(Node node, long call) {
        return node.leaf != null || node.olderThan(call);
    }

    private static List<Node> foundations(Node root, long call) {
        List<Node> foundations = new ArrayList<>();
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Node> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            for (Node.Edge edge : open.pop().edges()) {
                if (edge instanceof Node.Tracked tracked && seen.add(tracked.target())) {
                    if (isOutside(tracked.target(), call)) {
                        foundations.add(tracked.target());
                    } else {
                        open.push(tracked.target());
                    }
                }
            }
        }
        return foundations;
    }

    /** What stands behind a node, if it is one of these. */
    static @Nullable Checkpoint behind(Node node) {
        Node.Edge[] edges = node.edges();
        return edges.length > 0
                        && edges[0] instanceof Node.Tracked tracked
                        && tracked.pull() instanceof Checkpoint checkpoint
                ? checkpoint
                : null;
    }

    /** The result once more, this time with all that the function records. */
    AdjointArray again() {
        AdjointArray result = Grad.on(() -> function.apply(arguments));
        if (!result.requiresGrad() || !result.shape().equals(shape)) {
            throw differs();
        }
        return result;
    }

    static IllegalStateException differs() {
        return new IllegalStateException("checkpoint: run again in the backward pass, the function gave a result of"
                + " another shape or from other arrays than the first time");
    }

    /** There is no closure for one edge: the pass replays the part as a whole. */
    @Override
    public AdjointArray apply(AdjointArray gradient) {
        throw new AssertionError("a checkpoint is replayed, not applied");
    }
}
