package dev.lanewise.autodiff;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.BackwardPass.Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Gradients} compute, for arguments of every {@link Form}.
 *
 * @param <P> the arguments
 * @param <Q> the arguments with the arrays that the function takes
 */
final class Derivatives<P, Q> {

    private final String caller;
    private final Form<P> form;

    Derivatives(String caller, P at) {
        this.caller = caller;
        this.form = Form.of(caller, at);
    }

    // ---- reverse

    /** A function, or what it returned, that is there. */
    private <T> T given(String what, @Nullable T something) {
        return Objects.requireNonNull(something, () -> caller + ": " + what);
    }

    private Recording record(Function<Q, AdjointArray> f) {
        given("the function is null", f);
        return new Recording(caller, arguments -> f.apply(form.with(arguments)), form.adjoints(), around());
    }

    /** Plain numbers are not differentiated further, so they need not know what is around. */
    private long around() {
        return form.isPlain() ? Perturbation.NO_LEVEL : Clock.forward();
    }

    P grad(Function<Q, AdjointArray> f, GradientOption... options) {
        Recording recording = record(f);
        return form.likeGiven(recording.pullAll(recording.one(), false, form.order(), refusesUnused(options)));
    }

    <V> Gradients.ValueAndGrad<V, P> valueAndGrad(Function<Q, AdjointArray> f, GradientOption... options) {
        Recording recording = record(f);
        V value = form.kind(recording.value(form)); // before the pass: it looks at the graph, which the pass frees
        return new Gradients.ValueAndGrad<>(
                value, form.likeGiven(recording.pullAll(recording.one(), false, form.order(), refusesUnused(options))));
    }

    <V, T> Gradients.ValueAndGradWithAux<V, P, T> valueAndGradWithAux(
            Function<Q, Gradients.Aux<T>> f, GradientOption... options) {
        given("the function is null", f);
        List<T> aux = new ArrayList<>(1);
        Gradients.ValueAndGrad<V, P> result = valueAndGrad(
                arguments -> {
                    Gradients.Aux<T> both = given("the function returned null", f.apply(arguments));
                    aux.add(both.aux());
                    return both.value();
                },
                options);
        return new Gradients.ValueAndGradWithAux<>(result.value(), result.grad(), aux.getFirst());
    }

    <V> Gradients.Vjp<V, P> vjp(Function<Q, AdjointArray> f, GradientOption... options) {
        Recording recording = record(f);
        boolean refuse = refusesUnused(options);
        return new Gradients.Vjp<>(form.kind(recording.value(form)), gradient -> {
            AdjointArray adjoint = Form.of(caller, gradient).adjoints().getFirst();
            return form.likeGiven(recording.pullAll(adjoint, true, form.order(), refuse));
        });
    }

    P jacobianReverse(Function<Q, AdjointArray> f) {
        Recording recording = record(f);
        Shape to = recording.shape();
        form.shapes().forEach(from -> requireRoom(to, from));
        List<List<AdjointArray>> rows = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            AdjointArray gradient = AdjointArray.constant(unit(to, i));
            rows.add(recording.pullAll(gradient, i + 1 < to.size(), form.order(), false));
        }
        List<AdjointArray> jacobians = new ArrayList<>();
        for (int argument = 0; argument < form.count(); argument++) {
            int here = argument;
            List<AdjointArray> ofArgument =
                    rows.stream().map(row -> row.get(here)).toList();
            jacobians.add(jacobian(0, ofArgument, to, form.shape(argument)));
        }
        return form.likeGiven(jacobians);
    }

    private static boolean refusesUnused(GradientOption... options) {
        return Arrays.asList(options).contains(GradientOption.REFUSE_UNUSED);
    }

    // ---- forward

    /** A result and how it varies along the arguments' tangents, null for not at all. */
    private record Moved(AdjointArray value, @Nullable AdjointArray tangent) {

        AdjointArray tangentOrZeros() {
            return tangent == null ? AdjointArray.constant(FloatArray.zeros(value.shape())) : tangent;
        }
    }

    private Moved push(
            Function<Q, DualArray> f, List<AdjointArray> primals, List<? extends @Nullable AdjointArray> tangents) {
        given("the function is null", f);
        long level = Clock.tick();
        List<DualArray> arguments = new ArrayList<>();
        for (int i = 0; i < primals.size(); i++) {
            AdjointArray tangent = tangents.get(i);
            arguments.add(
                    tangent == null
                            ? DualArray.constant(primals.get(i))
                            : DualArray.at(caller, level, primals.get(i), tangent));
        }
        DualArray result = Clock.withinForward(level, () -> {
            DualArray returned = given("the function returned null", Grad.on(() -> f.apply(form.with(arguments))));
            returned.requireLive(caller);
            return returned;
        });
        if (result.level() > level) {
            throw new IllegalStateException(caller + ": the function's result of shape " + result.shape()
                    + " carries the tangent of a dual array that was made by hand further in; return its primal or its"
                    + " tangent, and make constants with DualArray.constant");
        }
        return new Moved(result.primalAt(level), result.tangentAt(level));
    }

    <V> Gradients.Jvp<V> jvp(Function<Q, DualArray> f, P direction) {
        Moved result = push(f, form.unrecorded(), directions(direction));
        return new Gradients.Jvp<>(form.kind(result.value), form.kind(result.tangentOrZeros()));
    }

    private List<AdjointArray> directions(P direction) {
        List<AdjointArray> tangents = Form.of(caller, direction).unrecorded();
        if (tangents.size() != form.count()) {
            throw new IllegalArgumentException(
                    caller + ": " + tangents.size() + " tangents for " + form.count() + " arguments");
        }
        for (int i = 0; i < tangents.size(); i++) {
            if (!tangents.get(i).shape().equals(form.shape(i))) {
                throw new IllegalArgumentException(caller + ": a tangent of shape "
                        + tangents.get(i).shape() + " for argument " + i + " of shape " + form.shape(i));
            }
        }
        return tangents;
    }

    /**
     * The tangent is linear in the arguments' tangents t, so its gradient by t is linear in the gradient u of the result;
     * that map, of u, is recorded once, and pulling v back through it gives the derivative along v: the transpose of the
     * transpose.
     */
    <V> Gradients.Linearized<P, V> linearize(Function<Q, DualArray> f) {
        long since = Clock.tick();
        List<AdjointArray> at = form.adjoints();
        List<AdjointArray> t = zerosLike(at);
        Moved result = push(f, at, t);
        AdjointArray tangent = result.tangentOrZeros();
        AdjointArray u = zerosLike(List.of(tangent)).getFirst();
        @Nullable AdjointArray[] pulled = new AdjointArray[t.size()];
        if (tangent.requiresGrad()) {
            List<Node> ofT = t.stream().map(AdjointArray::trackedNode).toList();
            pulled = Grad.on(() -> BackwardPass.toNodes(tangent, u, ofT, since, false, Order.ANY));
        }
        @Nullable AdjointArray[] ofU = pulled;
        AdjointArray map = Grad.on(() -> joined(Arrays.asList(ofU), ofU));
        return new Gradients.Linearized<>(form.kind(result.value), along(map, u, pulled, since));
    }

    private List<AdjointArray> zerosLike(List<AdjointArray> arrays) {
        long level = around();
        for (AdjointArray array : arrays) {
            level = Math.max(level, Perturbation.levelOf(array));
        }
        return Recording.arguments(
                arrays.stream().map(array -> orZeros(null, array.shape())).toList(), level);
    }

    /** The derivative along a direction, from the map of u. */
    private <V> Function<P, V> along(
            @Nullable AdjointArray map, AdjointArray u, @Nullable AdjointArray[] pulled, long since) {
        List<Node> ofU = List.of(u.trackedNode());
        return direction -> {
            List<AdjointArray> directions = directions(direction);
            if (map == null || !map.requiresGrad()) {
                return form.kind(orZeros(null, u.shape()));
            }
            AdjointArray arrived = Grad.on(() -> {
                AdjointArray v = joined(directions, pulled);
                return BackwardPass.toNodes(map, Objects.requireNonNull(v), ofU, since, true, form.order())[0];
            });
            return form.kind(Recording.ofPass(orZeros(arrived, u.shape()), since));
        };
    }

    P jacobianForward(Function<Q, DualArray> f) {
        List<AdjointArray> at = form.unrecorded();
        Shape to = null;
        List<AdjointArray> jacobians = new ArrayList<>();
        for (int argument = 0; argument < form.count(); argument++) {
            Shape from = form.shape(argument);
            List<AdjointArray> columns = new ArrayList<>();
            for (int i = 0; i < from.size(); i++) {
                columns.add(push(f, at, units(argument, i)).tangentOrZeros());
                if (i == 0) {
                    requireRoom(columns.getFirst().shape(), from);
                }
            }
            if (to == null) {
                to = columns.isEmpty()
                        ? push(f, at, units(0, -1)).value.shape()
                        : columns.getFirst().shape();
            }
            jacobians.add(jacobian(-1, columns, to, from));
        }
        return form.likeGiven(jacobians);
    }

    /** A tangent in which one element of one argument moves; null for the arguments that do not. */
    private List<@Nullable AdjointArray> units(int argument, int element) {
        List<@Nullable AdjointArray> tangents = new ArrayList<>();
        for (int i = 0; i < form.count(); i++) {
            tangents.add(i == argument && element >= 0 ? AdjointArray.constant(unit(form.shape(i), element)) : null);
        }
        return tangents;
    }

    private static FloatArray unit(Shape shape, int element) {
        float[] numbers = new float[shape.size()];
        numbers[element] = 1;
        return FloatArray.wrap(numbers, shape);
    }

    /** That the derivatives fit one array, asked before they are worked out one by one. */
    private void requireRoom(Shape to, Shape from) {
        if ((long) to.size() * from.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(caller + ": the derivatives of " + to + " by " + from
                    + " are more than an array can hold, " + Integer.MAX_VALUE);
        }
    }

    /** Rows (along axis 0) or columns (along the last) in the shape of the result followed by that of the argument. */
    private static AdjointArray jacobian(int axis, List<AdjointArray> parts, Shape to, Shape from) {
        int[] dims = Arrays.copyOf(to.dims(), to.rank() + from.rank());
        System.arraycopy(from.dims(), 0, dims, to.rank(), from.rank());
        return parts.isEmpty()
                ? AdjointArray.constant(FloatArray.zeros(dims))
                : ArrayOps.stack(axis, parts).reshape(dims);
    }

    // ---- forward over reverse

    /** How the gradient by each argument varies along tangents of the arguments; null where it does not. */
    private List<@Nullable AdjointArray> gradientAlong(
            Function<Q, AdjointArray> f, List<AdjointArray> primals, List<? extends @Nullable AdjointArray> tangents) {
        given("the function is null", f);
        long level = Clock.tick();
        List<AdjointArray> moving = new ArrayList<>();
        for (int i = 0; i < primals.size(); i++) {
            moving.add(AdjointArray.perturbed(primals.get(i), level, tangents.get(i), Cut.CONSTANT));
        }
        List<@Nullable AdjointArray> pulled = Clock.withinForward(level, () -> {
            Recording recording = new Recording(caller, arguments -> f.apply(form.with(arguments)), moving, level);
            return recording.pull(recording.one(), false, Order.FIRST);
        });
        List<@Nullable AdjointArray> result = new ArrayList<>();
        for (AdjointArray gradient : pulled) {
            result.add(gradient == null ? null : Perturbation.tangentAt(level, gradient));
        }
        return result;
    }

    P hvp(Function<Q, AdjointArray> f, P direction) {
        List<@Nullable AdjointArray> products = gradientAlong(f, form.unrecorded(), directions(direction));
        List<AdjointArray> all = new ArrayList<>();
        for (int i = 0; i < products.size(); i++) {
            all.add(orZeros(products.get(i), form.shape(i)));
        }
        return form.likeGiven(all);
    }

    /** For each argument and each argument, the derivative of the gradient by the first along the second. */
    List<List<AdjointArray>> hessian(Function<Q, AdjointArray> f) {
        List<AdjointArray> at = form.unrecorded();
        form.shapes().forEach(to -> form.shapes().forEach(from -> requireRoom(to, from)));
        List<List<List<AdjointArray>>> columns = new ArrayList<>(); // by the second, by its element, by the first
        for (int second = 0; second < form.count(); second++) {
            List<List<AdjointArray>> ofSecond = new ArrayList<>();
            for (int i = 0; i < form.shape(second).size(); i++) {
                List<@Nullable AdjointArray> column = gradientAlong(f, at, units(second, i));
                List<AdjointArray> filled = new ArrayList<>();
                for (int first = 0; first < form.count(); first++) {
                    filled.add(orZeros(column.get(first), form.shape(first)));
                }
                ofSecond.add(filled);
            }
            columns.add(ofSecond);
        }
        List<List<AdjointArray>> blocks = new ArrayList<>();
        for (int i = 0; i < form.count(); i++) {
            int first = i;
            List<AdjointArray> row = new ArrayList<>();
            for (int second = 0; second < form.count(); second++) {
                List<AdjointArray> parts = columns.get(second).stream()
                        .map(column -> column.get(first))
                        .toList();
                row.add(jacobian(-1, parts, form.shape(first), form.shape(second)));
            }
            blocks.add(row);
        }
        return blocks;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // V is the type of the arguments' arrays
    <V> V kind(AdjointArray result) {
        return form.kind(result);
    }

    private static AdjointArray orZeros(@Nullable AdjointArray array, Shape shape) {
        return array == null ? AdjointArray.constant(FloatArray.zeros(shape)) : array;
    }

    /** The arrays that are wanted, one after the other in one vector; null for none. */
    private static @Nullable AdjointArray joined(
            List<? extends @Nullable AdjointArray> arrays, @Nullable AdjointArray[] wanted) {
        List<AdjointArray> flat = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            AdjointArray array = arrays.get(i);
            if (wanted[i] != null && array != null) {
                flat.add(array.reshape(-1));
            }
        }
        return flat.isEmpty() ? null : ArrayOps.concat(0, flat);
    }
}
