package dev.lanewise.nn;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.HookHandle;
import dev.lanewise.autodiff.Trainable;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A named weight that can be trained, or frozen.
 *
 * <p>It holds one leaf at a time. An {@link #update} puts a new leaf in its place in one write, so threads that compute
 * with the parameter while another trains it see the old value or the new one, never a mixture. Updates, freezing and
 * unfreezing may come from any thread; a backward pass belongs to one.
 */
public final class Parameter implements Trainable {

    /** A registration, equal to itself alone: the same function registered twice is removed once by each handle. */
    private static final class Hook {
        private final Function<AdjointArray, @Nullable AdjointArray> function;

        Hook(Function<AdjointArray, @Nullable AdjointArray> function) {
            this.function = function;
        }
    }

    private final Shape shape;
    private final List<Hook> hooks = new CopyOnWriteArrayList<>();
    private volatile String name;
    private volatile AdjointArray leaf;

    /** A parameter that takes part in training. It shares the value. */
    public Parameter(String name, FloatArray value) {
        this.name = Objects.requireNonNull(name, "a parameter needs a name");
        this.shape = value.shape();
        this.leaf = hooked(AdjointArray.variable(value).named(name), true);
    }

    /** One hook of our own on every leaf, so that those of the parameter outlive each of them. */
    private AdjointArray hooked(AdjointArray fresh, boolean requiresGrad) {
        fresh.requiresGrad(true).registerHook(this::runHooks);
        return fresh.requiresGrad(requiresGrad);
    }

    /** The name; within a {@link Sequential}, the dotted path there. */
    @Override
    public String name() {
        return name;
    }

    /**
     * Gives the parameter another name. A {@link Sequential} calls it with the path of the parameter in the tree, so the
     * name is the path in what was built last around it.
     */
    public synchronized void rename(String newName) {
        name = newName;
        leaf.named(newName);
    }

    /** The lengths of the dimensions, which no update changes. */
    public Shape shape() {
        return shape;
    }

    /** The value in force now. */
    public FloatArray value() {
        return leaf.value();
    }

    @Override
    public AdjointArray leaf() {
        return leaf;
    }

    /** {@inheritDoc} Hooks registered here stay in force. The value is shared. */
    @Override
    public synchronized void update(FloatArray value) {
        if (!value.shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "update: a value of shape " + value.shape() + " for parameter '" + name + "' of shape " + shape);
        }
        requireReadable("update", name, value);
        leaf = hooked(leaf.replacedBy(value), leaf.requiresGrad());
    }

    /** That a value is not of a workspace's run that is over: as a weight it would fail at its first use. */
    static void requireReadable(String operation, String name, FloatArray value) {
        if (value.size() > 0) {
            try {
                value.get(new int[value.rank()]);
            } catch (IllegalStateException e) {
                throw new IllegalStateException(operation + ": the value for '" + name + "': " + e.getMessage(), e);
            }
        }
    }

    /** Takes the parameter out of training and forgets its gradient. The value stays; graphs already built stay too. */
    public void freeze() {
        train(false);
    }

    /** Lets the parameter take part in training again, with no gradient yet. */
    public void unfreeze() {
        train(true);
    }

    private synchronized void train(boolean trained) {
        if (leaf.requiresGrad() != trained) {
            // A new leaf, not a changed flag: the gradient of a pass over an older graph must not wait here for the day
            // on which the parameter is unfrozen.
            leaf = hooked(AdjointArray.variable(leaf.value()).named(name), trained);
        }
    }

    /** Whether the parameter is out of training. */
    public boolean isFrozen() {
        return !isTrainable();
    }

    /**
     * Registers a function that sees the summed gradient of this parameter in each backward pass, and may return
     * another in its place, or null to leave it. Unlike a hook on the {@link #leaf}, it stays through updates and
     * freezing, until it is removed.
     */
    public HookHandle registerHook(Function<AdjointArray, @Nullable AdjointArray> hook) {
        Hook entry = new Hook(Objects.requireNonNull(hook, "registerHook: there is no hook"));
        hooks.add(entry);
        return () -> hooks.remove(entry);
    }

    private AdjointArray runHooks(AdjointArray gradient) {
        AdjointArray current = gradient;
        for (Hook hook : hooks) {
            AdjointArray replacement = hook.function.apply(current);
            current = replacement == null ? current : replacement;
        }
        return current;
    }

    @Override
    public String toString() {
        return name + " " + shape + (isFrozen() ? " frozen" : "");
    }
}
