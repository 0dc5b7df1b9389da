package dev.lanewise.autodiff;

import dev.lanewise.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A place in the graph where a gradient arrives: a leaf that requires grad, an argument of a function that is being
 * differentiated, or the result of an operation with at least one operand that requires grad. It knows its operands'
 * nodes but not its own value: what a pull needs, its closure keeps.
 */
final class Node {

    /** One operand of an operation: tracked, or cut off and why. */
    sealed interface Edge permits Tracked, Cut {}

    /** An operand that requires grad: where its gradient goes, and what makes it from the gradient of the result. */
    record Tracked(Node target, UnaryOperator<AdjointArray> pull) implements Edge {}

    /** A registration, equal to itself alone: the same function registered twice is removed once by each handle. */
    private static final class Hook {
        private final Function<AdjointArray, @Nullable AdjointArray> function;

        Hook(Function<AdjointArray, @Nullable AdjointArray> function) {
            this.function = function;
        }
    }

    /** What few nodes have: functions that see the gradient, and a place where it stays. */
    private static final class Watch {
        private final List<Hook> hooks = new ArrayList<>(1);
        private boolean retains;
        private @Nullable AdjointArray retained;
    }

    private static final Edge[] NONE = {};

    /** The name of the operation, "leaf", or "argument". */
    final String name;

    /** The shape of the value, which is also that of its gradient. */
    final Shape shape;

    /** The leaf whose {@code grad} this node feeds; null for the result of an operation. */
    final @Nullable AdjointArray leaf;

    private Edge[] edges;

    /** When this was made, by {@link Clock}. */
    private final long time;

    /** Whether a pass has let go of the edges, and whether it failed afterwards. */
    private boolean freed;

    private boolean freedInVain;

    private @Nullable Watch watch;

    /** The node of a leaf. */
    Node(AdjointArray leaf) {
        this.name = "leaf";
        this.shape = leaf.shape();
        this.leaf = leaf;
        this.edges = NONE;
        this.time = Clock.now();
    }

    /**
     * The node of a result, with an edge for each operand; they are filled in by its maker, since closures may keep the
     * result itself.
     */
    Node(String name, Shape shape, Edge[] edges) {
        this.name = name;
        this.shape = shape;
        this.leaf = null;
        this.edges = edges;
        this.time = Clock.now();
    }

    /** The node of an argument of a function: a place to start from, tied to what was given, if that requires grad. */
    static Node ofArgument(AdjointArray given) {
        return new Node(
                "argument",
                given.shape(),
                given.requiresGrad() ? new Edge[] {new Tracked(given.trackedNode(), UnaryOperator.identity())} : NONE);
    }

    Edge[] edges() {
        return edges;
    }

    /** Whether no gradient goes on from here. */
    boolean isEnd() {
        return edges.length == 0 && !freed();
    }

    boolean freed() {
        return freed;
    }

    /** Whether this was made before that time. */
    boolean olderThan(long then) {
        return time < then;
    }

    /** Lets go of the closures and of the operands' nodes. An end has nothing to let go of. */
    void free() {
        if (edges.length != 0) {
            edges = NONE;
            freed = true;
        }
    }

    /** Remembers that the pass which let go came to nothing. */
    void passFailed() {
        freedInVain = freed;
    }

    /** Why no gradient goes on from here, for errors. */
    String howFreed() {
        return freedInVain
                ? "was used up by an earlier backward that failed; compute the result again, or give that one"
                        + " RETAIN_GRAPH"
                : "has been freed by an earlier backward; give that one RETAIN_GRAPH";
    }

    // ---- hooks and retained gradients

    private Watch watch() {
        Watch known = watch;
        if (known == null) {
            known = new Watch();
            watch = known;
        }
        return known;
    }

    HookHandle addHook(Function<AdjointArray, @Nullable AdjointArray> hook) {
        Hook entry = new Hook(hook);
        List<Hook> hooks = watch().hooks;
        hooks.add(entry);
        return () -> hooks.remove(entry);
    }

    /** The gradient after every hook, in the order in which they were registered. */
    AdjointArray runHooks(AdjointArray gradient) {
        if (watch == null || watch.hooks.isEmpty()) {
            return gradient;
        }
        AdjointArray current = gradient;
        for (Hook hook : List.copyOf(watch.hooks)) {
            AdjointArray replacement = hook.function.apply(current);
            if (replacement != null) {
                if (!replacement.shape().equals(shape)) {
                    throw new IllegalArgumentException("hook on " + name + ": it returned a gradient of shape "
                            + replacement.shape() + " for a value of shape " + shape);
                }
                current = replacement;
            }
        }
        return current;
    }

    /** Lets the gradients that arrive here stay, as those of leaves do. */
    void retain() {
        watch().retains = true;
    }

    /** Whether gradients that arrive here stay. */
    boolean retains() {
        return leaf != null || (watch != null && watch.retains);
    }

    /** What has stayed here, if this is not a leaf's. */
    @Nullable
    AdjointArray retained() {
        return watch == null ? null : watch.retained;
    }

    /** Forgets what has stayed here. */
    void forget() {
        if (watch != null) {
            watch.retained = null;
        }
    }

    /** The sum of what has stayed here and another gradient. Nothing is changed. */
    AdjointArray accumulated(AdjointArray gradient) {
        AdjointArray before = leaf == null ? retained() : leaf.adjoint();
        return before == null ? gradient : before.add(gradient);
    }

    /** Puts a sum in the place of what has stayed here; only {@link BackwardPass} calls this, at its very end. */
    void stay(AdjointArray sum) {
        if (leaf != null) {
            leaf.stay(sum);
        } else {
            watch().retained = sum;
        }
    }
}
