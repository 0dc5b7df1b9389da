package dev.lanewise.graph;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Footprint;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Graph;
import dev.lanewise.autodiff.GraphNode;
import dev.lanewise.autodiff.GraphNode.Operand;
import dev.lanewise.autodiff.GraphNode.Pruned;
import dev.lanewise.autodiff.GraphNode.Saved;
import dev.lanewise.autodiff.GraphNode.Tracked;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be drawn, without any syntax: boxes, lines, and what the whole graph amounts to. */
final class Sketch {

    /**
     * A box.
     *
     * @param id an identifier of our own making, safe in any syntax
     * @param lines the label, unquoted
     * @param scope the cluster that it stands in
     */
    record Box(String id, Kind kind, List<String> lines, boolean root, Scopes.Scope scope) {}

    /** What a line says. */
    enum Tie {
        /** From an operand to the result that pulls a gradient back to it. */
        OPERAND("operand that a gradient goes to"),
        /** From an operand to a result that does not. */
        PRUNED("operand that none goes to"),
        /** From an array to the operation that keeps it. */
        KEPT("kept by a closure of the operation");

        final String legend;

        Tie(String legend) {
            this.legend = legend;
        }
    }

    /**
     * A line between two boxes.
     *
     * @param note a remark, mostly none
     */
    record Line(String from, String to, Tie tie, @Nullable String note) {}

    /** Stands for every kept or pruned array beyond the limit. */
    private static final String REST = "rest";

    private final List<GraphNode> nodes;
    private final int limit;
    private final int drawn;
    private final Scopes scopes;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Box> beside = new ArrayList<>(); // arrays that are kept or pruned
    private final Set<Object> restOfBeside = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<FloatArray, String> boxOfValue = new IdentityHashMap<>();
    private final Footprint storages = new Footprint(); // of the boxes so far
    private final Footprint footprint = new Footprint();
    private int operations;
    private int leaves;

    Sketch(List<AdjointArray> roots, int limit, boolean clusters) {
        this.limit = limit;
        nodes = Graph.nodes(roots.toArray(AdjointArray[]::new));
        drawn = Math.min(limit, nodes.size());
        List<GraphNode> shown = nodes.subList(0, drawn);
        scopes = new Scopes(shown, clusters);
        count();
        addUnrecorded(roots);
        Set<AdjointArray> rootSet = Set.copyOf(roots);
        shown.forEach(node -> addNode(node, rootSet));
        shown.forEach(this::addLines);
        boxes.addAll(beside);
        addMore("more", nodes.size() - drawn);
        addMore(REST, restOfBeside.size());
    }

    private void count() {
        for (GraphNode node : nodes) {
            leaves += node.leaf() ? 1 : 0;
            for (Operand operand : node.operands()) {
                if (operand instanceof Tracked tracked) {
                    tracked.saved().forEach(array -> footprint.add(array.value()));
                }
            }
        }
        operations = nodes.size() - leaves;
    }

    /** The cluster that holds all others. */
    Scopes.Scope top() {
        return scopes.top();
    }

    List<Box> boxes() {
        return boxes;
    }

    /** One for each time that an operation takes an operand, and one for each array that it keeps. */
    List<Line> lines() {
        return lines;
    }

    /** What the whole graph amounts to, the part that is not drawn included. */
    List<String> totals() {
        return List.of(
                number(operations, "operation", "operations") + ", " + number(leaves, "leaf", "leaves"),
                footprint.arrays() == 0
                        ? "closures keep no array"
                        : "closures keep " + number(footprint.arrays(), "array", "arrays") + ", "
                                + bytes(footprint.bytes()));
    }

    /** The roots that no graph stands behind. */
    private void addUnrecorded(List<AdjointArray> roots) {
        int count = 0;
        for (AdjointArray root : new LinkedHashSet<>(roots)) {
            for (Graph.Pruned why : Graph.report(root).pruned()) {
                if (!root.requiresGrad()) {
                    List<String> label = new ArrayList<>();
                    if (root.name() != null) {
                        label.add(root.name());
                    }
                    label.add(root.shape().toString());
                    label.add(reason(why.reason(), why.name()));
                    boxes.add(new Box("u" + count++, Kind.of(why.reason()), label, true, scopes.top()));
                }
            }
        }
    }

    private void addNode(GraphNode node, Set<AdjointArray> roots) {
        AdjointArray array = node.array();
        String name = array == null ? null : array.name();
        List<String> label = new ArrayList<>();
        Kind kind;
        if (node.leaf()) {
            kind = array == null || array.requiresGrad() ? Kind.LEAF : Kind.FROZEN_LATER;
            if (name != null) {
                label.add(name);
            }
            if (array != null) {
                boxOfValue.putIfAbsent(array.value(), id(node.id()));
                storages.add(array.value());
            }
        } else {
            kind = node.freed() ? Kind.FREED : Kind.OPERATION;
            label.add(named(name, node.operation()));
        }
        label.add(node.shape().toString());
        boxes.add(new Box(id(node.id()), kind, label, array != null && roots.contains(array), scopes.of(node.id())));
    }

    private void addLines(GraphNode node) {
        String to = id(node.id());
        boolean hasMore = false;
        Set<String> keeps = new LinkedHashSet<>();
        for (Operand operand : node.operands()) {
            switch (operand) {
                case Tracked tracked -> {
                    if (tracked.id() < drawn) {
                        String note = tracked.readable() ? null : "keeps: cannot be read";
                        lines.add(new Line(id(tracked.id()), to, Tie.OPERAND, note));
                    } else {
                        hasMore = true;
                    }
                    tracked.saved().forEach(array -> keeps.add(boxOf(array)));
                }
                case Pruned pruned -> lines.add(new Line(boxOf(pruned, node), to, Tie.PRUNED, null));
            }
        }
        keeps.forEach(from -> lines.add(new Line(from, to, Tie.KEPT, null)));
        if (hasMore) {
            lines.add(new Line("more", to, Tie.OPERAND, null));
        }
    }

    /** The box of an array that a closure keeps, which is made if this is the first that keeps it. */
    private String boxOf(Saved saved) {
        String known = boxOfValue.get(saved.value());
        if (known != null) {
            return known;
        }
        AdjointArray array = saved.array();
        String name = array == null ? null : array.name();
        Graph.Reason reason = saved.reason();
        List<String> label = new ArrayList<>();
        Kind kind = Kind.SAVED;
        Scopes.Scope scope = scopes.of(saved.id()); // with the operation that made it
        if (reason != null) {
            kind = Kind.of(reason);
            label.add(name == null ? reason(reason, saved.because()) : word(reason) + " " + name);
            scope = scopes.ofName(name);
        } else if (array != null && array.gradFn() != null) {
            label.add(named(name, "result of " + array.gradFn()));
        } else if (array != null) { // a leaf beyond the limit, or one that only a closure knows
            kind = Kind.LEAF;
            scope = scopes.ofName(name);
            if (name != null) {
                label.add(name);
            }
        }
        label.add(saved.value().shape().toString());
        if (beside.size() >= limit) {
            restOfBeside.add(saved.value());
            return REST;
        }
        label.add(storageOf(saved.value()));
        String id = "s" + beside.size();
        boxOfValue.put(saved.value(), id);
        beside.add(new Box(id, kind, label, false, scope));
        return id;
    }

    /** The box of an operand that was left out: that of the kept array, or one for just this place. */
    private String boxOf(Pruned pruned, GraphNode node) {
        if (pruned.saved() != null) {
            return boxOf(pruned.saved());
        }
        if (beside.size() >= limit) {
            restOfBeside.add(pruned);
            return REST;
        }
        String id = "p" + beside.size();
        List<String> label = List.of(reason(pruned.reason(), pruned.because()));
        beside.add(new Box(id, Kind.of(pruned.reason()), label, false, scopes.of(node.id())));
        return id;
    }

    private void addMore(String id, int count) {
        if (count > 0) {
            String label = String.format(Locale.ROOT, "%,d more", count);
            boxes.add(new Box(id, Kind.MORE, List.of(label), false, scopes.top()));
        }
    }

    /** What keeping the array costs: nothing that is not paid already if another box shares its storage. */
    private String storageOf(FloatArray array) {
        Footprint own = new Footprint();
        own.add(array);
        String text = (own.bytes() == (long) Float.BYTES * array.size() ? "" : "view of ") + bytes(own.bytes());
        int before = storages.arrays();
        storages.add(array);
        return storages.arrays() == before ? text + ", shared" : text;
    }

    private static String named(@Nullable String name, String what) {
        return name == null ? what : name + " = " + what;
    }

    private static String reason(Graph.Reason reason, @Nullable String because) {
        return because == null ? word(reason) : word(reason) + " (" + because + ")";
    }

    private static String word(Graph.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String id(int node) {
        return "n" + node;
    }

    private static String bytes(long count) {
        return String.format(Locale.ROOT, "%,d B", count);
    }

    private static String number(int count, String one, String several) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : several);
    }
}
