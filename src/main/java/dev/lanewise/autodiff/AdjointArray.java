package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An array and, if a gradient may be asked for, the closures of the operation that made it.
 *
 * <p>There are three kinds of leaves: a {@linkplain #constant constant}, a {@linkplain #variable variable}, which
 * requires grad, and a {@linkplain #volatileOf volatile} one. The result of an operation is volatile if any operand is;
 * otherwise it requires grad if any operand does; otherwise it is a constant. Only a result that requires grad keeps
 * closures, one for each operand that requires grad, so the graph is pruned while it is built.
 *
 * <p>Values never change. What may change is a leaf's {@link #requiresGrad(boolean) flag}, between passes, its
 * {@link #grad}, and its hooks. An array may be read by many threads; a backward pass belongs to one at a time, as far
 * as the graphs share leaves.
 */
public final class AdjointArray implements RuleOps<AdjointArray> {

    /** Where volatility began; results refer to it so that an error can name the culprit. */
    private static final class Origin {
        private final Shape shape;
        private @Nullable String name;

        Origin(Shape shape) {
            this.shape = shape;
        }

        @Override
        public String toString() {
            return (name == null ? "an unnamed volatile leaf" : "the volatile leaf '" + name + "'") + " of shape "
                    + shape;
        }
    }

    private final FloatArray value;
    private final @Nullable Origin origin;
    private final boolean isOrigin;
    private @Nullable Node node;
    private boolean requiresGrad;
    private @Nullable AdjointArray adjoint;
    private @Nullable String name;

    private AdjointArray(FloatArray value, @Nullable Origin origin, boolean isOrigin, @Nullable Node node) {
        this.value = value;
        this.origin = origin;
        this.isOrigin = isOrigin;
        this.node = node;
        this.requiresGrad = node != null;
    }

    /** A leaf that takes no part in differentiation. It shares the value. */
    public static AdjointArray constant(FloatArray value) {
        return new AdjointArray(value, null, false, null);
    }

    /** A leaf that requires grad. It shares the value. */
    public static AdjointArray variable(FloatArray value) {
        AdjointArray leaf = constant(value);
        return leaf.requiresGrad(true);
    }

    /**
     * A leaf that makes every result it enters volatile: nothing is recorded downstream, whatever else requires grad.
     * It shares the value.
     */
    public static AdjointArray volatileOf(FloatArray value) {
        return new AdjointArray(value, new Origin(value.shape()), true, null);
    }

    /** The result of a rule on these operands, recorded as far as the operands ask for it. */
    static AdjointArray resultOf(Rule rule, AdjointArray... operands) {
        FloatArray[] values = new FloatArray[operands.length];
        Origin origin = null;
        int tracked = 0;
        for (int i = 0; i < operands.length; i++) {
            AdjointArray operand = operands[i];
            values[i] = operand.value;
            if (origin == null) {
                origin = operand.origin;
            }
            if (operand.requiresGrad && rule.hasDerivative(i)) {
                tracked++;
            }
        }
        FloatArray value = rule.value(values);
        if (origin != null || tracked == 0 || Grad.isOff()) {
            return new AdjointArray(value, origin, false, null);
        }
        Node.Edge[] edges = new Node.Edge[tracked];
        AdjointArray result = new AdjointArray(value, null, false, new Node(rule.name(), value.shape(), edges));
        int edge = 0;
        for (int i = 0; i < operands.length; i++) {
            if (operands[i].requiresGrad && rule.hasDerivative(i)) {
                edges[edge++] = new Node.Edge(operands[i].trackedNode(), rule.pull(i, operands, result));
            }
        }
        return result;
    }

    // ---- what RuleOps builds on

    @Override
    public AdjointArray apply(Rule rule) {
        return resultOf(rule, this);
    }

    @Override
    public AdjointArray apply(Rule rule, AdjointArray second) {
        return resultOf(rule, this, second);
    }

    @Override
    public AdjointArray applyAll(Rule rule, AdjointArray[] operands) {
        return resultOf(rule, operands);
    }

    @Override
    public FloatArray value() {
        return value;
    }

    @Override
    public AdjointArray lift(FloatArray number) {
        return constant(number);
    }

    // ---- flags

    /** Whether a gradient is (or would be) computed for this array. */
    public boolean requiresGrad() {
        return requiresGrad;
    }

    /**
     * Lets a leaf join or leave differentiation from now on; graphs that were already built keep what they recorded.
     * Throws {@link IllegalStateException} for the result of an operation, and for a volatile leaf asked to join.
     *
     * @return this
     */
    public AdjointArray requiresGrad(boolean required) {
        if (!isLeaf()) {
            throw new IllegalStateException(
                    "requiresGrad: only a leaf can change it, and this is the result of " + gradFn());
        }
        if (required && origin != null) {
            throw new IllegalStateException("requiresGrad: " + origin + " cannot also require grad");
        }
        requiresGrad = required;
        return this;
    }

    /** Whether this is volatile: made as such, or the result of an operation with a volatile operand. */
    public boolean isVolatile() {
        return origin != null;
    }

    /** Whether this was made by a factory or is the unrecorded result of an operation. */
    public boolean isLeaf() {
        return node == null || node.leaf != null;
    }

    /** The name of the operation that made this, if it was recorded; null for leaves. */
    public @Nullable String gradFn() {
        return node == null || node.leaf != null ? null : node.name;
    }

    /** The name given by {@link #named}, or null. */
    public @Nullable String name() {
        return name;
    }

    /**
     * Gives the array a name for messages and pictures.
     *
     * @return this
     */
    public AdjointArray named(String newName) {
        name = newName;
        if (origin != null && isOrigin) {
            origin.name = newName;
        }
        return this;
    }

    /** A constant with the same (shared) value: what is computed from it pulls nothing back to this. */
    public AdjointArray detach() {
        return constant(value);
    }

    // ---- gradients

    /** The gradient that backward passes have accumulated in this leaf, or null if none has reached it. */
    public @Nullable FloatArray grad() {
        return adjoint == null ? null : adjoint.value;
    }

    /**
     * The same gradient as an array that can itself be differentiated, if the pass was asked to
     * {@link BackwardOption#CREATE_GRAPH}; otherwise it is a constant.
     */
    public @Nullable AdjointArray adjoint() {
        return adjoint;
    }

    /** Forgets the accumulated gradient. */
    public void zeroGrad() {
        adjoint = null;
    }

    /** Adds to the accumulated gradient; only {@link BackwardPass} calls this, at its very end. */
    void accumulate(AdjointArray gradient) {
        adjoint = adjoint == null ? gradient : adjoint.add(gradient);
    }

    /**
     * Pulls a gradient of 1 back from this result of one element; see {@link #backward(AdjointArray,
     * BackwardOption...)}. Throws {@link IllegalStateException} if this has not exactly one element.
     */
    public void backward(BackwardOption... options) {
        requireTracked();
        if (value.size() != 1) {
            throw new IllegalStateException("backward: a result of shape " + shape()
                    + " needs a gradient; only a result of one element can do without");
        }
        backward(FloatArray.ones(shape()), options);
    }

    /** As {@link #backward(AdjointArray, BackwardOption...)}, with a gradient that is not itself differentiated. */
    public void backward(FloatArray gradient, BackwardOption... options) {
        backward(constant(gradient), options);
    }

    /**
     * Pulls the gradient back to every leaf that required grad when this was computed, and adds what arrives to its
     * {@link #grad}. Closures are dropped on the way unless {@link BackwardOption#RETAIN_GRAPH} is given. No leaf has
     * changed if an exception is thrown.
     *
     * @throws IllegalArgumentException if the gradient's shape is not that of this
     * @throws IllegalStateException if this is volatile (the message says which operand made it so), if nothing it was
     *     computed from requires grad, or if the graph has been freed by an earlier pass
     */
    public void backward(AdjointArray gradient, BackwardOption... options) {
        Node root = requireTracked();
        if (!gradient.shape().equals(shape())) {
            throw new IllegalArgumentException(
                    "backward: a gradient of shape " + gradient.shape() + " for a result of shape " + shape());
        }
        boolean create = Arrays.asList(options).contains(BackwardOption.CREATE_GRAPH);
        boolean retain = create || Arrays.asList(options).contains(BackwardOption.RETAIN_GRAPH);
        new BackwardPass(retain, create).run(root, gradient);
    }

    private Node requireTracked() {
        if (origin != null) {
            throw new IllegalStateException("backward: this result is volatile because of " + origin
                    + ", so nothing was recorded that could pull a gradient back");
        }
        if (!requiresGrad) {
            throw new IllegalStateException(
                    "backward: nothing that this was computed from requires grad (or it was computed in Grad.off)");
        }
        return trackedNode();
    }

    /**
     * Registers a function that sees the summed gradient of this array in each backward pass, and may return another in
     * its place, or null to leave it. Hooks run in the order of registration, each on what the one before it returned.
     *
     * @throws IllegalStateException if this does not require grad
     */
    public HookHandle registerHook(Function<AdjointArray, @Nullable AdjointArray> hook) {
        if (!requiresGrad) {
            throw new IllegalStateException("registerHook: no gradient reaches an array that does not require grad");
        }
        return trackedNode().addHook(hook);
    }

    /** The node of an array that requires grad; a leaf's is made when it is first needed. */
    Node trackedNode() {
        Node known = node;
        if (known == null) {
            known = new Node(this);
            node = known;
        }
        return known;
    }

    /** The node, or null if this neither is recorded nor has ever been a leaf that something was recorded for. */
    @Nullable
    Node node() {
        return node;
    }

    @Override
    public String toString() {
        String kind = origin != null
                ? "volatile"
                : gradFn() != null ? "gradFn=" + gradFn() : requiresGrad ? "requires grad" : "constant";
        return value + (name == null ? " " : " '" + name + "' ") + kind;
    }
}
