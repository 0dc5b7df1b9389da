package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import java.util.Arrays;
import java.util.Objects;
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

    private final FloatArray value;

    /** Why no gradient reaches this; null if it requires grad. */
    private @Nullable Cut cut;

    /** Whether the cut is this leaf's own, so that naming the leaf names it. */
    private boolean ownsCut;

    private @Nullable Node node;
    private @Nullable AdjointArray adjoint;
    private @Nullable String name;

    /** Set by the thread that updates, read by the next backward pass of any. */
    private volatile boolean replaced;

    /** What this carries within a forward derivative; null outside of all. */
    private final @Nullable Perturbation perturbation;

    private AdjointArray(FloatArray value, @Nullable Cut cut, @Nullable Perturbation perturbation) {
        this.value = Objects.requireNonNull(value, "an adjoint array needs a value");
        this.cut = cut;
        this.perturbation = perturbation;
    }

    /** A leaf that takes no part in differentiation. It shares the value. */
    public static AdjointArray constant(FloatArray value) {
        return new AdjointArray(value, Cut.CONSTANT, null);
    }

    /** A leaf that requires grad. It shares the value. */
    public static AdjointArray variable(FloatArray value) {
        return new AdjointArray(value, null, null).withOwnNode();
    }

    /**
     * A leaf that makes every result it enters volatile: nothing is recorded downstream, whatever else requires grad.
     * It shares the value.
     */
    public static AdjointArray volatileOf(FloatArray value) {
        AdjointArray leaf = new AdjointArray(value, Cut.of(Graph.Reason.VOLATILE, value.shape(), null), null);
        leaf.ownsCut = true;
        return leaf;
    }

    /** As the other, but cut off for that reason; it keeps what it carries within forward derivatives. */
    static AdjointArray cutOff(AdjointArray other, Cut why) {
        return new AdjointArray(other.value, why, other.perturbation);
    }

    /** A value that carries a tangent at that level; the primal and the tangent may carry others, at lower levels. */
    static AdjointArray perturbed(AdjointArray primal, long level, @Nullable AdjointArray tangent, Cut why) {
        return new AdjointArray(primal.value, why, new Perturbation(level, primal, tangent));
    }

    /**
     * A place to pull gradients back to: as what was given, but always tracked. It carries a perturbation of that level
     * even where it does not move, so that what is computed from it has a primal that knows nothing of this place.
     */
    static AdjointArray argument(AdjointArray given, long level) {
        Perturbation carried =
                level == Perturbation.levelOf(given) ? given.perturbation : new Perturbation(level, given, null);
        return tracked(given.value, carried, Node.ofArgument(given));
    }

    /** A tracked result. */
    static AdjointArray tracked(FloatArray value, @Nullable Perturbation perturbation, Node node) {
        AdjointArray result = new AdjointArray(value, null, perturbation);
        result.node = node;
        return result;
    }

    /** A result that is not tracked, and why. */
    static AdjointArray untracked(FloatArray value, @Nullable Perturbation perturbation, Cut why) {
        return new AdjointArray(value, why, perturbation);
    }

    /** The result of a rule on these operands, recorded as far as the operands ask for it. */
    static AdjointArray resultOf(Rule rule, AdjointArray... operands) {
        return Operation.apply(rule, operands);
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
        return cut == null;
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
        if (required && isVolatile()) {
            throw new IllegalStateException("requiresGrad: " + cut + " cannot also require grad");
        }
        if (required) {
            cut = null;
            ownsCut = false;
            withOwnNode();
        } else if (cut == null) {
            cut = Cut.of(Graph.Reason.FROZEN, shape(), name);
            ownsCut = true;
        }
        return this;
    }

    /**
     * The leaf that takes the place of this one after an update: another value, the same flag and name, no gradient, no
     * hooks. A later backward pass over a graph that was built on this one says so, instead of leaving a gradient where
     * nobody looks any more.
     *
     * @throws IllegalStateException if this is not a leaf, or is volatile
     * @throws IllegalArgumentException if the value has another shape
     */
    public AdjointArray replacedBy(FloatArray newValue) {
        if (!isLeaf() || isVolatile()) {
            throw new IllegalStateException("replacedBy: only a leaf that is not volatile can be replaced");
        }
        if (!newValue.shape().equals(shape())) {
            throw new IllegalArgumentException(
                    "replacedBy: a value of shape " + newValue.shape() + " for a leaf of shape " + shape());
        }
        AdjointArray successor = variable(newValue);
        if (name != null) {
            successor.named(name);
        }
        successor.requiresGrad(requiresGrad());
        replaced = true;
        return successor;
    }

    /** Whether another leaf has taken the place of this one. */
    boolean isReplaced() {
        return replaced;
    }

    /** Whether this is volatile: made as such, or the result of an operation with a volatile operand. */
    public boolean isVolatile() {
        Cut why = cut;
        return why != null && why.isVolatile();
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
        Cut why = cut;
        if (why != null && ownsCut) {
            why.rename(newName);
        } else if (why != null && !why.isVolatile()) {
            cut = Cut.of(why.reason, shape(), newName); // a result is named for itself; those before it keep theirs
            ownsCut = true;
        }
        return this;
    }

    /**
     * A constant with the same (shared) value: what is computed from it pulls nothing back to this, and no tangent goes
     * on from here either.
     */
    public AdjointArray detach() {
        return new AdjointArray(value, Cut.DETACHED, null);
    }

    // ---- gradients

    /**
     * The gradient that backward passes have accumulated here, or null if none has. Only leaves that require grad
     * accumulate, and results that were told to {@link #retainGrad}.
     */
    public @Nullable FloatArray grad() {
        AdjointArray known = adjoint();
        return known == null ? null : known.value;
    }

    /**
     * The same gradient as an array that can itself be differentiated, if the pass was asked to
     * {@link BackwardOption#CREATE_GRAPH}; otherwise it is a constant.
     */
    public @Nullable AdjointArray adjoint() {
        return isLeaf() || node == null ? adjoint : node.retained();
    }

    /** Forgets the accumulated gradient. */
    public void zeroGrad() {
        adjoint = null;
        if (node != null) {
            node.forget();
        }
    }

    /**
     * Lets this result of an operation accumulate its {@link #grad} as leaves do, from the next pass on: the gradient
     * after all hooks. A leaf that requires grad does so anyway.
     *
     * @return this
     * @throws IllegalStateException if this does not require grad
     */
    public AdjointArray retainGrad() {
        if (!requiresGrad()) {
            throw new IllegalStateException("retainGrad: no gradient reaches an array that does not require grad");
        }
        trackedNode().retain();
        return this;
    }

    /** Puts a sum in the place of the accumulated gradient; only {@link BackwardPass} calls this, at its very end. */
    void stay(AdjointArray sum) {
        adjoint = sum;
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
     * {@link #grad}. Closures are dropped on the way unless {@link BackwardOption#RETAIN_GRAPH} is given. No gradient has
     * changed if an exception is thrown, but the closures that the pass had run by then are gone.
     *
     * @throws IllegalArgumentException if the gradient's shape is not that of this
     * @throws IllegalStateException if this is volatile (the message says which operand made it so), if nothing it was
     *     computed from requires grad, if the graph has been freed by an earlier pass, or if a leaf has been
     *     {@linkplain #replacedBy replaced} since it was built
     */
    public void backward(AdjointArray gradient, BackwardOption... options) {
        requireTracked();
        if (!gradient.shape().equals(shape())) {
            throw new IllegalArgumentException(
                    "backward: a gradient of shape " + gradient.shape() + " for a result of shape " + shape());
        }
        boolean create = Arrays.asList(options).contains(BackwardOption.CREATE_GRAPH);
        boolean retain = create || Arrays.asList(options).contains(BackwardOption.RETAIN_GRAPH);
        BackwardPass.toLeaves(this, gradient, retain, create);
    }

    private void requireTracked() {
        if (isVolatile()) {
            throw new IllegalStateException("backward: this result is volatile because of " + cut
                    + ", so nothing was recorded that could pull a gradient back");
        }
        if (!requiresGrad()) {
            throw new IllegalStateException(
                    "backward: nothing that this was computed from requires grad (or it was computed in Grad.off)");
        }
    }

    /**
     * Registers a function that sees the summed gradient of this array in each backward pass, and may return another in
     * its place, or null to leave it. In a first-order pass that gradient is volatile; {@code value()} has its numbers.
     * Hooks run in the order of registration, each on what the one before it returned.
     *
     * @throws IllegalStateException if this does not require grad
     */
    public HookHandle registerHook(Function<AdjointArray, @Nullable AdjointArray> hook) {
        if (!requiresGrad()) {
            throw new IllegalStateException("registerHook: no gradient reaches an array that does not require grad");
        }
        return trackedNode().addHook(Objects.requireNonNull(hook, "registerHook: there is no hook"));
    }

    /** A leaf's node is made when the leaf joins, not when it is first used: that may be on several threads at once. */
    private AdjointArray withOwnNode() {
        if (node == null) {
            node = new Node(this);
        }
        return this;
    }

    /** The node of an array that requires grad. */
    Node trackedNode() {
        return Objects.requireNonNull(node, "an array that requires grad has a node");
    }

    /** Why no gradient reaches this; null if it requires grad. */
    @Nullable
    Cut cut() {
        return cut;
    }

    /** What this carries within a forward derivative; null outside of all. */
    @Nullable
    Perturbation perturbation() {
        return perturbation;
    }

    /** The node, or null if this neither is recorded nor has ever been a leaf that something was recorded for. */
    @Nullable
    Node node() {
        return node;
    }

    @Override
    public String toString() {
        String kind = isVolatile()
                ? "volatile"
                : gradFn() != null ? "gradFn=" + gradFn() : requiresGrad() ? "requires grad" : "constant";
        return value + (name == null ? " " : " '" + name + "' ") + kind;
    }
}
