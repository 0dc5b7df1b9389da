package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.GraphNode.Operand;
import dev.lanewise.autodiff.GraphNode.Pruned;
import dev.lanewise.autodiff.GraphNode.Saved;
import dev.lanewise.autodiff.GraphNode.Tracked;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists what stands behind some results, in the order of a backward pass: a node comes after everything that depends on
 * it. All walks are loops over a queue.
 */
final class GraphReader {

    /** A node's number of edges yet to be followed, then its place in the list, and its array if that is known. */
    private static final class Place {
        int pending;
        int id = -1;

        @Nullable
        AdjointArray array;
    }

    private final IdentityHashMap<Node, Place> places = new IdentityHashMap<>();
    private final List<Node> order = new ArrayList<>();
    private final Captures captures = new Captures();

    List<GraphNode> read(AdjointArray... roots) {
        number(roots);
        List<List<Operand>> operands = new ArrayList<>(order.size());
        for (Node node : order) {
            operands.add(operandsOf(node));
        }
        List<GraphNode> nodes = new ArrayList<>(order.size());
        for (Node node : order) {
            int id = nodes.size();
            boolean leaf = node.leaf != null;
            AdjointArray array = leaf ? node.leaf : place(node).array;
            nodes.add(new GraphNode(id, node.name, node.shape, leaf, array, node.freed(), operands.get(id)));
        }
        return nodes;
    }

    /** Counts the edges to each node, then numbers a node when the last of them has been followed. */
    private void number(AdjointArray... roots) {
        List<Node> starts = new ArrayList<>();
        ArrayDeque<Node> open = new ArrayDeque<>();
        for (AdjointArray root : roots) {
            if (root.requiresGrad()) {
                Node start = root.trackedNode();
                if (meet(start)) {
                    open.add(start);
                    starts.add(start);
                }
                place(start).array = root;
            }
        }
        while (!open.isEmpty()) {
            for (Node.Edge edge : open.remove().edges()) {
                if (edge instanceof Node.Tracked tracked) {
                    if (meet(tracked.target())) {
                        open.add(tracked.target());
                    }
                    place(tracked.target()).pending++;
                }
            }
        }
        for (Node start : starts) {
            if (place(start).pending == 0) { // a root may stand behind another
                open.add(start);
            }
        }
        while (!open.isEmpty()) {
            Node node = open.remove();
            place(node).id = order.size();
            order.add(node);
            for (Node.Edge edge : node.edges()) {
                if (edge instanceof Node.Tracked tracked && --place(tracked.target()).pending == 0) {
                    open.add(tracked.target());
                }
            }
        }
    }

    private List<Operand> operandsOf(Node node) {
        Node.Edge[] edges = node.edges();
        Operand[] operands = new Operand[edges.length];
        List<Saved> constants = new ArrayList<>();
        for (int i = 0; i < edges.length; i++) {
            if (edges[i] instanceof Node.Tracked tracked) {
                List<Saved> saved = new ArrayList<>(2);
                for (Object captured : captures.of(tracked.pull())) {
                    Saved one = saved(captured);
                    saved.add(one);
                    if (one.reason() != null) {
                        constants.add(one);
                    }
                }
                operands[i] = new Tracked(place(tracked.target()).id, List.copyOf(saved), captures.readable());
            }
        }
        Set<FloatArray> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < edges.length; i++) {
            if (edges[i] instanceof Cut cut) {
                operands[i] = new Pruned(cut.reason, cut.name(), take(constants, cut, taken));
            }
        }
        return List.of(operands);
    }

    /**
     * Takes from a node's saved constants that which an edge was cut for: an array carries its cut, and the edge has the
     * very same. Unnamed constants share theirs, so of several such operands the first is taken for the one that is kept.
     */
    private static @Nullable Saved take(List<Saved> constants, Cut cut, Set<FloatArray> taken) {
        for (Saved one : constants) {
            AdjointArray array = Objects.requireNonNull(one.array());
            if (cut.equals(array.cut()) && taken.add(one.value())) {
                return one;
            }
        }
        return null;
    }

    private Saved saved(Object captured) {
        if (captured instanceof AdjointArray array) {
            Place place = array.node() == null ? null : places.get(array.node());
            if (place != null && place.array == null) {
                place.array = array;
            }
            Cut cut = array.cut();
            int id = place == null ? -1 : place.id;
            return cut == null
                    ? new Saved(array.value(), array, id, null, null)
                    : new Saved(array.value(), array, id, cut.reason, cut.name());
        }
        return new Saved((FloatArray) captured, null, -1, null, null);
    }

    private boolean meet(Node node) {
        return places.putIfAbsent(node, new Place()) == null;
    }

    private Place place(Node node) {
        return Objects.requireNonNull(places.get(node));
    }
}
