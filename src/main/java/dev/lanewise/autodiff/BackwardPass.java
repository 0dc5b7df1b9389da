package dev.lanewise.autodiff;

import dev.lanewise.array.Accumulator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One walk from a result back to its goals: the leaves, or certain nodes that gradients are wanted for.
 *
 * <p>A first walk marks the nodes that lead to a goal, and counts for each the edges by which a gradient will arrive; a
 * second one visits a node when the last of them has delivered, so that every closure runs once, on the whole gradient,
 * and no closure runs that leads nowhere. Both are loops over a queue of their own: depth costs heap, not stack.
 * Gradients live in the table of this pass, never on nodes, and leaves are changed only when everything has been
 * computed, the sums with their earlier gradients included.
 *
 * <p>In a first-order pass gradients are volatile, so that the closures, which are written in terms of
 * {@link AdjointArray}, record nothing.
 */
final class BackwardPass {

    /** How far a pass looks at what it computes. */
    enum Order {
        /** Gradients are numbers. */
        FIRST,
        /** Gradients can be differentiated. */
        ANY,
        /** The same if they depend on anything that requires grad beside the goals, else numbers. */
        AS_NEEDED
    }

    /** What the pass knows of a node. */
    private static final class Visit {
        final Node node;
        final @Nullable Visit[] targets;
        boolean entered;
        boolean left;

        /** The number of the goal, from 0; negative for none. */
        int goal = -1;

        /** Whether a goal can be reached from here. */
        boolean leads;

        /** The edges that have yet to deliver, and the sum of what came. */
        int pending;

        @Nullable
        AdjointArray first;

        @Nullable
        Accumulator sum;

        Visit(Node node) {
            this.node = node;
            this.targets = new Visit[node.edges().length];
        }
    }

    private final boolean toLeaves;
    private final IdentityHashMap<Node, Integer> goals = new IdentityHashMap<>();
    private final IdentityHashMap<Node, Visit> visits = new IdentityHashMap<>();

    /** When the goals were made: nodes that were freed before cannot lead to one. */
    private final long since;

    private boolean open;
    private boolean create;
    private boolean retain;

    /** The level at which gradients carry tangents; only looked at if there is one. */
    private @Nullable Perturbation perturbation;

    /** Where gradients stay, and what arrived at each; at the end, what will stand there. */
    private final List<Node> keepers = new ArrayList<>();

    private final List<AdjointArray> kept = new ArrayList<>();
    private final @Nullable AdjointArray[] arrived;

    private BackwardPass(boolean toLeaves, List<Node> goals, long since) {
        this.toLeaves = toLeaves;
        this.since = since;
        this.arrived = new AdjointArray[goals.size()];
        for (int i = 0; i < goals.size(); i++) {
            this.goals.put(goals.get(i), i);
        }
    }

    /** Pulls a gradient back to every leaf, and adds what arrives to it. */
    static void toLeaves(AdjointArray root, AdjointArray gradient, boolean retain, boolean create) {
        BackwardPass pass = new BackwardPass(true, List.of(), Long.MIN_VALUE);
        pass.run(root, gradient, retain, create ? Order.ANY : Order.FIRST);
        for (int i = 0; i < pass.keepers.size(); i++) {
            pass.keepers.get(i).stay(pass.kept.get(i));
        }
    }

    /**
     * Pulls a gradient back to certain nodes, and no further; nothing is added to any leaf.
     *
     * @param since when the goals were made: their {@link Clock} number
     * @return what arrived at each, null for nothing
     */
    static @Nullable AdjointArray[] toNodes(
            AdjointArray root, AdjointArray gradient, List<Node> goals, long since, boolean retain, Order order) {
        BackwardPass pass = new BackwardPass(false, goals, since);
        pass.run(root, gradient, retain, order);
        return pass.arrived;
    }

    /** Whether a result depends on anything that requires grad, beside the goals and what only leads to them. */
    static boolean isOpen(AdjointArray root, List<Node> goals, long since) {
        BackwardPass pass = new BackwardPass(false, goals, since);
        pass.plan(root.trackedNode());
        return pass.open;
    }

    private void run(AdjointArray root, AdjointArray gradient, boolean retainGraph, Order order) {
        Visit start = plan(root.trackedNode());
        create = order == Order.ANY || (order == Order.AS_NEEDED && (open || gradient.requiresGrad()));
        retain = retainGraph || create;
        perturbation = root.perturbation();
        if (Anomaly.isOn()) {
            Anomaly.checkSeed(gradient);
        }
        if (!start.leads) {
            if (toLeaves) {
                throw new IllegalStateException("backward: no leaf that this was computed from requires grad (what was"
                        + " given to a function that is being differentiated has no grad)");
            }
            return;
        }
        deliver(start, ofThisPass(gradient));
        ArrayDeque<Visit> ready = new ArrayDeque<>();
        ready.push(start);
        try {
            while (!ready.isEmpty()) {
                visit(ready.pop(), ready);
            }
            addUp();
        } catch (Throwable e) {
            visits.values().stream()
                    .filter(visit -> visit.targets.length > 0)
                    .forEach(visit -> visit.node.passFailed());
            throw e;
        }
    }

    /** Works out what will stand at each keeper. It may fail, for want of memory say, and none has changed by then. */
    private void addUp() {
        for (int i = 0; i < kept.size(); i++) {
            AdjointArray gradient = kept.get(i);
            // What a first-order pass leaves behind is a plain constant: its volatility has done its work.
            kept.set(i, keepers.get(i).accumulated(create ? gradient : AdjointArray.constant(gradient.value())));
        }
    }

    // ---- which nodes lead to a goal

    /** Enters every node once on the way down, and leaves it, knowing all its targets, on the way up. */
    private Visit plan(Node root) {
        ArrayDeque<Visit> stack = new ArrayDeque<>();
        Visit start = new Visit(root);
        visits.put(root, start);
        stack.push(start);
        while (!stack.isEmpty()) {
            Visit visit = stack.peek();
            if (visit.left) {
                stack.pop(); // it was pushed by several nodes before it was entered
            } else if (visit.entered) {
                stack.pop();
                leave(visit);
            } else {
                visit.entered = true;
                enter(visit, stack);
            }
        }
        return start;
    }

    private void enter(Visit visit, ArrayDeque<Visit> stack) {
        Node node = visit.node;
        Integer goal = goals.get(node);
        if (goal != null) {
            visit.goal = goal;
            open |= !node.isEnd();
            return; // what is behind a goal is none of this pass's business
        }
        if (node.freed()) {
            if (!node.olderThan(since)) {
                throw new IllegalStateException("backward: the graph behind '" + node.name + "' " + node.howFreed());
            }
            return;
        }
        open |= node.isEnd();
        Node.Edge[] edges = node.edges();
        for (int i = 0; i < edges.length; i++) {
            if (edges[i] instanceof Node.Tracked tracked) {
                Visit target = visits.get(tracked.target());
                if (target == null) {
                    target = new Visit(tracked.target());
                    visits.put(tracked.target(), target);
                }
                visit.targets[i] = target;
                if (!target.entered) {
                    stack.push(target);
                }
            }
        }
    }

    private void leave(Visit visit) {
        visit.left = true;
        AdjointArray leaf = toLeaves ? visit.node.leaf : null;
        if (leaf != null && leaf.isReplaced()) {
            throw new IllegalStateException(
                    "backward: " + (leaf.name() == null ? "a leaf" : "the leaf '" + leaf.name() + "'")
                            + " of shape " + leaf.shape()
                            + " has been updated since this graph was built on it, and its gradient"
                            + " would be lost; compute the result again");
        }
        visit.leads = visit.goal >= 0 || leaf != null;
        for (int i = 0; i < visit.targets.length; i++) {
            Visit target = visit.targets[i];
            if (target != null && target.leads) {
                visit.leads = true;
                target.pending++;
            } else {
                visit.targets[i] = null; // skip, don't multiply by zero
            }
        }
    }

    // ---- the walk itself

    private void visit(Visit visit, ArrayDeque<Visit> ready) {
        Node node = visit.node;
        AdjointArray gradient = ofThisPass(node.runHooks(take(visit)));
        if (Anomaly.isOn()) {
            Anomaly.checkHooked(node, gradient);
        }
        if (visit.goal >= 0) {
            arrived[visit.goal] = gradient;
            return;
        }
        if (toLeaves && node.retains()) {
            keepers.add(node);
            kept.add(gradient);
        }
        Node.Edge[] edges = node.edges();
        Checkpoint checkpoint = Checkpoint.behind(node);
        if (checkpoint != null) {
            replay(visit, checkpoint, gradient, ready);
        }
        for (int i = 0; i < edges.length && checkpoint == null; i++) {
            Visit target = visit.targets[i];
            if (target != null && edges[i] instanceof Node.Tracked edge) {
                if (deliver(target, pulled(node, i, edge, gradient))) {
                    ready.push(target);
                }
            }
        }
        if (!retain) {
            node.free();
        }
    }

    /**
     * Records a part of the graph that was not kept, and lets it take the place of the node that stood for it: the pass
     * goes on as if the part had been there from the start, in the same order and with the same sums.
     */
    private void replay(Visit visit, Checkpoint checkpoint, AdjointArray gradient, ArrayDeque<Visit> ready) {
        for (Visit target : visit.targets) {
            if (target != null) {
                target.pending--;
            }
        }
        Visit start = plan(checkpoint.again().trackedNode());
        if (deliver(start, gradient)) {
            ready.push(start);
        }
    }

    /** What an edge makes of a gradient, in the shape of its target. */
    private AdjointArray pulled(Node node, int operand, Node.Tracked edge, AdjointArray gradient) {
        AdjointArray pulled = Anomaly.isOn()
                ? Anomaly.pull(node, operand, edge.pull(), gradient)
                : edge.pull().apply(gradient);
        pulled = ofThisPass(Objects.requireNonNull(
                pulled, () -> "backward: the pull of " + node.name + " for operand " + operand + " is null"));
        Node target = edge.target();
        if (pulled.shape().equals(target.shape)) {
            return pulled;
        }
        if (!target.shape.expandsTo(pulled.shape())) {
            throw new IllegalArgumentException("backward: the pull of " + node.name + " made a gradient of shape "
                    + pulled.shape() + " for an operand of shape " + target.shape);
        }
        return pulled.sumTo(target.shape); // the operand was broadcast
    }

    /**
     * The gradient itself, but volatile in a first-order pass even where a hook or a closure made it of something else.
     * What it carries within forward derivatives stays, and is not volatile: that belongs to whoever differentiates
     * forward around this pass.
     */
    private AdjointArray ofThisPass(AdjointArray gradient) {
        if (create) {
            return gradient;
        }
        Perturbation own = gradient.perturbation();
        if (own != null && own.level() > since) { // of a derivative within that which the pass belongs to
            AdjointArray tangent = own.tangent();
            return AdjointArray.perturbed(
                    ofThisPass(own.primal()), own.level(), tangent == null ? null : ofThisPass(tangent), Cut.PASS);
        }
        Perturbation around = perturbation;
        if (around != null && (own == null || own.level() < around.level())) {
            return AdjointArray.perturbed(gradient, around.level(), null, Cut.PASS);
        }
        return gradient.isVolatile() ? gradient : AdjointArray.cutOff(gradient, Cut.PASS);
    }

    /** Adds to what a node has received; true when nothing more is to come. */
    private boolean deliver(Visit target, AdjointArray gradient) {
        AdjointArray first = target.first;
        if (first == null) {
            target.first = gradient;
        } else if (create || first.perturbation() != null || gradient.perturbation() != null) {
            target.first = first.add(gradient);
        } else {
            Accumulator sum = target.sum;
            if (sum == null) {
                sum = new Accumulator(first.value());
                target.sum = sum;
            }
            sum.add(gradient.value());
        }
        return --target.pending <= 0;
    }

    /** The whole gradient of a node, which the table then forgets. */
    private AdjointArray take(Visit visit) {
        AdjointArray first = Objects.requireNonNull(visit.first);
        Accumulator sum = visit.sum;
        visit.first = null;
        visit.sum = null;
        AdjointArray gradient = sum == null ? first : AdjointArray.cutOff(AdjointArray.constant(sum.value()), Cut.PASS);
        if (Anomaly.isOn()) {
            Anomaly.checkSum(visit.node, gradient);
        }
        return gradient;
    }
}
