package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
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

    // What the function came to the first time, as far as it need be known to tell whether it does so again.
    private final Shape shape;
    private final long digest;
    private final Set<Node> foundations;

    private Checkpoint(
            Function<List<AdjointArray>, AdjointArray> function,
            List<AdjointArray> arguments,
            FloatArray result,
            List<Node> foundations) {
        this.function = function;
        this.arguments = arguments;
        this.shape = result.shape();
        this.digest = digest(result);
        this.foundations = Set.copyOf(foundations);
    }

    /** The result of the function, with one node in the place of all that the function recorded. */
    static AdjointArray of(Function<List<AdjointArray>, AdjointArray> function, List<AdjointArray> arguments) {
        long call = Clock.tick();
        AdjointArray result = result(call, function, arguments);
        if (!result.requiresGrad()) {
            return result;
        }
        Node root = result.trackedNode();
        if (isOutside(root, call)) {
            return result;
        }
        List<Node> foundations = foundations(root, call);
        Checkpoint checkpoint = new Checkpoint(function, List.copyOf(arguments), result.value(), foundations);
        Node.Edge[] edges = new Node.Edge[foundations.size()];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = new Node.Tracked(foundations.get(i), checkpoint);
        }
        return AdjointArray.tracked(
                result.value(), result.perturbation(), new Node("checkpoint", result.shape(), edges));
    }

    private static AdjointArray result(
            long call, Function<List<AdjointArray>, AdjointArray> function, List<AdjointArray> arguments) {
        return Objects.requireNonNull(
                Clock.within(call, () -> function.apply(arguments)), "checkpoint: the function returned null");
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
        long call = Clock.tick();
        AdjointArray result = Grad.on(() -> result(call, function, arguments));
        if (!result.shape().equals(shape)) {
            throw differs("a result of shape " + result.shape() + " where it was " + shape);
        }
        if (!result.requiresGrad()
                || isOutside(result.trackedNode(), call)
                || !foundations.equals(Set.copyOf(foundations(result.trackedNode(), call)))) {
            throw differs("a result from other arrays that require grad");
        }
        if (digest(result.value()) != digest) {
            throw differs("a result with other numbers");
        }
        return result;
    }

    private static IllegalStateException differs(String how) {
        return new IllegalStateException("checkpoint: run again in the backward pass, the function gave " + how
                + "; it must do the same both times");
    }

    /**
     * Stands for the bits of a result, which is not kept. Each step is a bijection of what it starts from, and of the
     * number, so that results which differ in one number always have different digests, and others nearly always.
     */
    private static long digest(FloatArray result) {
        long digest = 1;
        for (float number : result.toArray()) {
            digest = (digest ^ Float.floatToIntBits(number)) * 0x9E3779B97F4A7C15L;
            digest ^= digest >>> 32;
        }
        return digest;
    }

    /** There is no closure for one edge: the pass replays the part as a whole. */
    @Override
    public AdjointArray apply(AdjointArray gradient) {
        throw new AssertionError("a checkpoint is replayed, not applied");
    }
}
