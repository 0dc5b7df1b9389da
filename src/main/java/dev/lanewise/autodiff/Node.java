package dev.lanewise.autodiff;

import dev.lanewise.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A place in the graph where a gradient arrives: a leaf that requires grad, or the result of an operation with at least
 * one operand that does. It knows its operands' nodes but not its own value: what a pull needs, its closure keeps.
 */
final class Node {

    /** One operand that requires grad: where its gradient goes, and what makes it from the gradient of the result. */
    record Edge(Node target, UnaryOperator<AdjointArray> pull) {}

    /** A registration, equal to itself alone: the same function registered twice is removed once by each handle. */
    private static final class Hook {
        private final Function<AdjointArray, @Nullable AdjointArray> function;

        Hook(Function<AdjointArray, @Nullable AdjointArray> function) {
            this.function = function;
        }
    }

    private static final Edge[] NONE = {};

    /** The name of the operation, or "leaf". */
    final String name;

    /** The shape of the value, which is also that of its gradient. */
    final Shape shape;

    /** The leaf whose {@code grad} this node feeds; null for the result of an operation. */
    final @Nullable AdjointArray leaf;

    private Edge[] edges;
    private boolean freed;
    private @Nullable List<Hook> hooks;

    /** The node of a leaf. */
    Node(AdjointArray leaf) {
        this.name = "leaf";
        this.shape = leaf.shape();
        this.leaf = leaf;
        this.edges = NONE;
    }

    /** The node of a result; the edges are filled in by its maker, since closures may keep the result itself. */
    Node(String name, Shape shape, Edge[] edges) {
        this.name = name;
        this.shape = shape;
        this.leaf = null;
        this.edges = edges;
    }

    Edge[] edges() {
        return edges;
    }

    boolean freed() {
        return freed;
    }

    /** Lets go of the closures and of the operands' nodes. A leaf has nothing to let go of. */
    void free() {
        if (leaf == null) {
            edges = NONE;
            freed = true;
        }
    }

    HookHandle addHook(Function<AdjointArray, @Nullable AdjointArray> hook) {
        Hook entry = new Hook(hook);
        List<Hook> list = hooks == null ? new ArrayList<>(1) : hooks;
        hooks = list;
        list.add(entry);
        return () -> list.remove(entry);
    }

    /** The gradient after every hook, in the order in which they were registered. */
    AdjointArray runHooks(AdjointArray gradient) {
        if (hooks == null) {
            return gradient;
        }
        AdjointArray current = gradient;
        for (Hook hook : List.copyOf(hooks)) {
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
}
