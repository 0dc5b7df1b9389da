package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.BackwardPass.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function, evaluated once on arguments of its own: the result can be pulled back to them, and to nothing else, as
 * often as wanted.
 *
 * <p>The arguments stand for what was given: they are tracked whatever that was, and lead on to it if it requires grad,
 * so that gradients of gradients find their way.
 */
final class Recording {

    private final String caller;
    private final List<AdjointArray> given;
    private final List<Node> goals;
    private final long since;
    private final AdjointArray result;

    /**
     * Evaluates the function.
     *
     * @param around the level of the innermost forward derivative that results may be wanted to move with
     */
    Recording(
            String caller, Function<List<AdjointArray>, AdjointArray> function, List<AdjointArray> given, long around) {
        this.caller = caller;
        this.given = given;
        this.since = Clock.tick();
        List<AdjointArray> arguments = arguments(given, around);
        this.goals = arguments.stream().map(AdjointArray::trackedNode).toList();
        this.result = Objects.requireNonNull(
                Clock.within(since, () -> Grad.on(() -> function.apply(arguments))),
                () -> caller + ": the function returned null");
        Perturbation.requireLive(caller, result);
        if (result.isVolatile()) {
            throw new IllegalStateException(caller + ": the function's result is volatile because of " + result.cut()
                    + ", so it has no gradient");
        }
    }

    /** Places to pull gradients back to, all of one level. */
    static List<AdjointArray> arguments(List<AdjointArray> given, long around) {
        long level = around;
        for (AdjointArray array : given) {
            level = Math.max(level, Perturbation.levelOf(array));
        }
        long top = level;
        return given.stream().map(array -> AdjointArray.argument(array, top)).toList();
    }

    /** The shape of the result. */
    Shape shape() {
        return result.shape();
    }

    /** The result as those see it who do not know of the arguments: it requires grad only for what is outside. */
    AdjointArray value(Form<?> form) {
        boolean dependsOnMore =
                form.order() != Order.FIRST && result.requiresGrad() && BackwardPass.isOpen(result, goals, since);
        return outside(dependsOnMore ? result : AdjointArray.cutOff(result, Cut.PASS));
    }

    /** The gradient 1 of a result of one element. */
    AdjointArray one() {
        if (result.size() != 1) {
            throw new IllegalArgumentException(caller + ": the function's result has shape " + result.shape()
                    + ", and only a result of one element has a gradient; see vjp and jacobianReverse");
        }
        return AdjointArray.constant(FloatArray.ones(result.shape()));
    }

    /**
     * What a gradient of the result is pulled back to at each argument, null where the result does not depend on it.
     *
     * @param retain whether this will be called again
     */
    List<@Nullable AdjointArray> pull(AdjointArray gradient, boolean retain, Order order) {
        if (!gradient.shape().equals(result.shape())) {
            throw new IllegalArgumentException(
                    caller + ": a gradient of shape " + gradient.shape() + " for a result of shape " + result.shape());
        }
        List<@Nullable AdjointArray> pulled = new ArrayList<>();
        if (result.requiresGrad()) {
            for (AdjointArray arrived :
                    Grad.on(() -> BackwardPass.toNodes(result, gradient, goals, since, retain, order))) {
                pulled.add(arrived == null ? null : outside(arrived));
            }
        } else {
            for (int i = 0; i < goals.size(); i++) {
                pulled.add(null);
            }
        }
        return pulled;
    }

    /** The same, with zeros for nothing, or an error. */
    List<AdjointArray> pullAll(AdjointArray gradient, boolean retain, Order order, boolean refuseUnused) {
        List<@Nullable AdjointArray> pulled = pull(gradient, retain, order);
        List<AdjointArray> all = new ArrayList<>();
        for (int i = 0; i < pulled.size(); i++) {
            AdjointArray one = pulled.get(i);
            if (one == null && refuseUnused) {
                throw new IllegalArgumentException(caller + ": the result does not depend on argument " + i
                        + " of shape " + given.get(i).shape());
            }
            all.add(
                    one == null
                            ? AdjointArray.constant(
                                    FloatArray.zeros(given.get(i).shape()))
                            : one);
        }
        return all;
    }

    private AdjointArray outside(AdjointArray inner) {
        for (AdjointArray array : given) {
            if (array.isVolatile()) {
                return AdjointArray.cutOff(inner, Objects.requireNonNull(array.cut()));
            }
        }
        return ofPass(inner, since);
    }

    /** What came out of a first-order pass, or of another: its volatility has done its work. */
    static AdjointArray ofPass(AdjointArray arrived, long since) {
        Perturbation own = arrived.perturbation();
        if (!Cut.PASS.equals(arrived.cut())) {
            return arrived;
        }
        if (own == null || own.level() < since) {
            return AdjointArray.cutOff(arrived, Cut.CONSTANT);
        }
        AdjointArray tangent = own.tangent();
        return AdjointArray.perturbed(
                ofPass(own.primal(), since),
                own.level(),
                tangent == null ? null : ofPass(tangent, since),
                Cut.CONSTANT);
    }
}
