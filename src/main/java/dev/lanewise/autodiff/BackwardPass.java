package dev.lanewise.autodiff;

import dev.lanewise.array.Accumulator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One walk from a result back to the leaves.
 *
 * <p>A first walk counts, for each node, the edges that lead to it from what the root depends on; a second one visits a
 * node when the last of them has delivered, so that every closure runs once, on the whole gradient. Both are loops over
 * a queue of their own: depth costs heap, not stack. Gradients live in the table of this pass, never on nodes, and
 * leaves are changed only when everything has been computed.
 *
 * <p>In a first-order pass gradients are volatile, so that the closures, which are written in terms of
 * {@link AdjointArray}, record nothing.
 */
final class BackwardPass {

    /** What the pass knows of a node: how many edges have yet to deliver, and the sum of what came. */
    private static final class Arrival {
        int pending;

        @Nullable
        AdjointArray first;

        @Nullable
        Accumulator sum;
    }

    private final boolean retain;
    private final boolean create;
    private final IdentityHashMap<Node, Arrival> arrivals = new IdentityHashMap<>();
    private final List<Node> leaves = new ArrayList<>();
    private final List<AdjointArray> leafGradients = new ArrayList<>();

    BackwardPass(boolean retain, boolean create) {
        this.retain = retain;
        this.create = create;
    }

    void run(Node root, AdjointArray gradient) {
        countArrivals(root);
        deliver(root, create ? gradient : AdjointArray.volatileOf(gradient.value()));
        ArrayDeque<Node> ready = new ArrayDeque<>();
        ready.push(root);
        while (!ready.isEmpty()) {
            visit(ready.pop(), ready);
        }
        for (int i = 0; i < leaves.size(); i++) {
            AdjointArray leaf = leaves.get(i).leaf;
            if (leaf != null) {
                AdjointArray gradientOfLeaf = leafGradients.get(i);
                // What a first-order pass leaves behind is a plain constant: its volatility has done its work.
                leaf.accumulate(create ? gradientOfLeaf : gradientOfLeaf.detach());
            }
        }
    }

    private void countArrivals(Node root) {
        ArrayDeque<Node> open = new ArrayDeque<>();
        arrivals.put(root, new Arrival());
        open.push(root);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node.freed()) {
                throw new IllegalStateException("backward: the graph behind '" + node.name
                        + "' has been freed by an earlier backward; give that one RETAIN_GRAPH");
            }
            for (Node.Edge edge : node.edges()) {
                Arrival arrival = arrivals.get(edge.target());
                if (arrival == null) {
                    arrival = new Arrival();
                    arrivals.put(edge.target(), arrival);
                    open.push(edge.target());
                }
                arrival.pending++;
            }
        }
    }

    private void visit(Node node, ArrayDeque<Node> ready) {
        AdjointArray gradient = ofThisPass(node.runHooks(take(node)));
        if (node.leaf != null) {
            leaves.add(node);
            leafGradients.add(gradient);
            return;
        }
        Node.Edge[] edges = node.edges();
        for (Node.Edge edge : edges) {
            Node target = edge.target();
            AdjointArray pulled = ofThisPass(edge.pull().apply(gradient));
            if (!pulled.shape().equals(target.shape)) {
                if (!target.shape.expandsTo(pulled.shape())) {
                    throw new IllegalArgumentException(
                            "backward: the pull of " + node.name + " made a gradient of shape " + pulled.shape()
                                    + " for an operand of shape " + target.shape);
                }
                pulled = pulled.sumTo(target.shape); // the operand was broadcast
            }
            if (deliver(target, pulled)) {
                ready.push(target);
            }
        }
        if (!retain) {
            node.free();
        }
    }

    /** The gradient itself, but volatile in a first-order pass even where a hook or a closure made it of something else. */
    private AdjointArray ofThisPass(AdjointArray gradient) {
        return create || gradient.isVolatile() ? gradient : AdjointArray.volatileOf(gradient.value());
    }

    /** Adds to what a node has received; true when nothing more is to come. */
    private boolean deliver(Node target, AdjointArray gradient) {
        Arrival arrival = Objects.requireNonNull(arrivals.get(target));
        AdjointArray first = arrival.first;
        if (first == null) {
            arrival.first = gradient;
        } else if (create) {
            arrival.first = first.add(gradient);
        } else {
            Accumulator sum = arrival.sum;
            if (sum == null) {
                sum = new Accumulator(first.value());
                arrival.sum = sum;
            }
            sum.add(gradient.value());
        }
        return --arrival.pending <= 0;
    }

    /** The whole gradient of a node, which the table then forgets. */
    private AdjointArray take(Node node) {
        Arrival arrival = Objects.requireNonNull(arrivals.remove(node));
        Accumulator sum = arrival.sum;
        return sum == null ? Objects.requireNonNull(arrival.first) : AdjointArray.volatileOf(sum.value());
    }
}
