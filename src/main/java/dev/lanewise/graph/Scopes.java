package dev.lanewise.graph;

import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Graph;
import dev.lanewise.autodiff.GraphNode;
import dev.lanewise.autodiff.GraphNode.Operand;
import dev.lanewise.autodiff.GraphNode.Pruned;
import dev.lanewise.autodiff.GraphNode.Saved;
import dev.lanewise.autodiff.GraphNode.Tracked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cluster of each node, from the dotted names of leaves: {@code features.0.weight} stands in {@code features.0},
 * which stands in {@code features}.
 *
 * <p>An operation belongs where the leaves belong that it takes itself. One that takes none, such as an activation,
 * belongs to what the clusters before it and after it have in common: between {@code features.0} and {@code features.2}
 * to {@code features}, between the last layer and the loss to none.
 */
final class Scopes {

    /** How deep clusters nest; a name's further parts are not looked at. */
    private static final int MAX_DEPTH = 6;

    /** A cluster; the top one is the whole picture. */
    static final class Scope {
        private final @Nullable Scope parent;
        private final String path;
        private final int depth;
        private final Map<String, Scope> inner = new LinkedHashMap<>();

        private Scope(@Nullable Scope parent, String path) {
            this.parent = parent;
            this.path = path;
            this.depth = parent == null ? 0 : parent.depth + 1;
        }

        /** The names from the outermost cluster to this one, joined by dots. */
        String path() {
            return path;
        }

        /** The clusters in this one, in the order in which they were first met. */
        Collection<Scope> inner() {
            return inner.values();
        }
    }

    private final Scope top = new Scope(null, "");
    private final boolean clusters;
    private final List<GraphNode> nodes;
    private final @Nullable Scope[] own;
    private final Scope[] scopes;

    /** Finds the clusters of nodes that stand, as in {@code Graph.nodes}, after everything that depends on them. */
    Scopes(List<GraphNode> nodes, boolean clusters) {
        this.nodes = nodes;
        this.clusters = clusters;
        own = new Scope[nodes.size()];
        findOwn();
        scopes = findAll();
    }

    Scope top() {
        return top;
    }

    /** The cluster of the node in this place; the top one if there is none in it. */
    Scope of(int id) {
        return id >= 0 && id < scopes.length ? scopes[id] : top;
    }

    /** The cluster that a dotted name gives; the top one if it gives none. */
    Scope ofName(@Nullable String name) {
        Scope scope = named(name);
        return scope == null ? top : scope;
    }

    /** What the leaves that a node takes have in common; null if they have no dotted names. */
    private void findOwn() {
        // A leaf in another form, such as a transposed weight, stands for the leaf.
        boolean[] standsForLeaf = new boolean[own.length];
        for (int i = own.length - 1; i >= 0; i--) {
            GraphNode node = nodes.get(i);
            if (node.leaf()) {
                own[i] = named(node.array());
                standsForLeaf[i] = true;
                continue;
            }
            Scope ofFrozen = null;
            boolean keepsNothing = true;
            for (Operand operand : node.operands()) {
                switch (operand) {
                    case Tracked tracked -> {
                        if (tracked.id() < own.length && standsForLeaf[tracked.id()]) {
                            own[i] = common(own[i], own[tracked.id()]);
                            standsForLeaf[i] = node.operands().size() == 1;
                        }
                        for (Saved saved : tracked.saved()) {
                            ofFrozen = common(ofFrozen, named(saved.array()));
                            keepsNothing = false;
                        }
                    }
                    case Pruned pruned -> {
                        if (pruned.reason() == Graph.Reason.FROZEN) {
                            ofFrozen = common(ofFrozen, named(pruned.because()));
                        }
                    }
                }
            }
            standsForLeaf[i] &= keepsNothing;
            if (own[i] == null) {
                own[i] = ofFrozen;
            }
        }
    }

    private Scope[] findAll() {
        @Nullable Scope[] before = new Scope[own.length];
        for (int i = own.length - 1; i >= 0; i--) {
            before[i] = own[i];
            if (own[i] == null) {
                for (Operand operand : nodes.get(i).operands()) {
                    if (operand instanceof Tracked tracked && tracked.id() < own.length) {
                        before[i] = common(before[i], before[tracked.id()]);
                    }
                }
            }
        }
        @Nullable Scope[] after = new Scope[own.length];
        Scope[] all = new Scope[own.length];
        for (int i = 0; i < own.length; i++) {
            Scope here = own[i] != null ? own[i] : after[i] != null ? after[i] : top; // nothing comes after a root
            for (Operand operand : nodes.get(i).operands()) {
                if (operand instanceof Tracked tracked && tracked.id() < own.length) {
                    after[tracked.id()] = common(after[tracked.id()], here);
                }
            }
            Scope both = before[i] == null || (nodes.get(i).leaf() && own[i] == null) ? top : common(before[i], here);
            all[i] = both == null ? top : both;
        }
        return all;
    }

    /** The innermost cluster that holds both; the known one if the other is unknown. */
    private static @Nullable Scope common(@Nullable Scope a, @Nullable Scope b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        Scope x = a;
        Scope y = b;
        while (x != y) {
            if (x.depth >= y.depth) {
                x = Objects.requireNonNull(x.parent);
            } else {
                y = Objects.requireNonNull(y.parent);
            }
        }
        return x;
    }

    /** The cluster that the name of a leaf gives; null if it gives none, or if the array is not a leaf. */
    private @Nullable Scope named(@Nullable AdjointArray leaf) {
        return named(leaf != null && leaf.isLeaf() ? leaf.name() : null);
    }

    private @Nullable Scope named(@Nullable String name) {
        if (!clusters || name == null) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int dot = name.indexOf('.'); dot >= 0 && parts.size() < MAX_DEPTH; dot = name.indexOf('.', start)) {
            if (dot == start) {
                return null; // an empty part: dots mean something else here
            }
            parts.add(name.substring(start, dot));
            start = dot + 1;
        }
        Scope scope = top;
        for (String part : parts) {
            Scope parent = scope;
            scope = parent.inner.computeIfAbsent(
                    part, p -> new Scope(parent, parent == top ? p : parent.path + "." + p));
        }
        return scope == top ? null : scope;
    }
}
