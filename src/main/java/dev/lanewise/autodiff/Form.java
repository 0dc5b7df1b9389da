package dev.lanewise.autodiff;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of an argument in a fixed order, and the way back: the same argument with other arrays in their places. An
 * argument is an array, a list of arrays, or a record whose components are arrays, lists or records of such. Arrays in
 * other containers are refused.
 *
 * <p>Also the kinds of arrays: what is computed as {@link AdjointArray} is given back as the kind that came in, which
 * says how far it can be differentiated further: a {@link FloatArray} not at all, an adjoint array in reverse, a dual
 * array forward.
 *
 * @param <P> the argument
 */
final class Form<P> {

    private final String caller;
    private final P given;
    private final List<ArrayOps<?>> arrays = new ArrayList<>();

    private Form(String caller, P given) {
        this.caller = caller;
        this.given = given;
        collect(given, given instanceof Record ? given.getClass().getSimpleName() : null);
        if (arrays.isEmpty()) {
            throw new IllegalArgumentException(caller + ": there is no array among the arguments");
        }
    }

    /** The caller's name is for messages. */
    static <P> Form<P> of(String caller, P given) {
        return new Form<>(caller, given);
    }

    int count() {
        return arrays.size();
    }

    Shape shape(int i) {
        return arrays.get(i).shape();
    }

    List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        arrays.forEach(array -> shapes.add(array.shape()));
        return shapes;
    }

    // ---- taking apart

    private void collect(@Nullable Object part, @Nullable String path) {
        switch (part) {
            case ArrayOps<?> array -> {
                requireKind(array, path);
                arrays.add(array);
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    collect(list.get(i), path == null ? null : path + "[" + i + "]");
                }
            }
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    Object value = component(record, component);
                    if (value != null) {
                        collect(value, path + "." + component.getName());
                    }
                }
            }
            case null ->
                throw new NullPointerException(caller + ": " + (path == null ? "an argument" : path) + " is null");
            default -> requireNoArrays(part, path); // a number, a name: handed on as it is
        }
    }

    /** An array that is not found would be taken for a constant, and handed back in the place of its gradient. */
    private void requireNoArrays(Object part, @Nullable String path) {
        if (hidesArrays(part)) {
            throw new IllegalArgumentException(caller + ": " + (path == null ? "the argument" : path) + " is of type "
                    + part.getClass().getSimpleName()
                    + " and holds arrays, which are only followed in lists and records; put them into a List");
        }
    }

    private boolean hidesArrays(@Nullable Object part) {
        return switch (part) {
            case ArrayOps<?> _ -> true;
            case Optional<?> optional -> hidesArrays(optional.orElse(null));
            case Map<?, ?> map -> map.values().stream().anyMatch(this::hidesArrays);
            case Collection<?> collection -> collection.stream().anyMatch(this::hidesArrays);
            case Object[] objects -> Stream.of(objects).anyMatch(this::hidesArrays);
            case Record record ->
                Stream.of(record.getClass().getRecordComponents()).anyMatch(c -> hidesArrays(component(record, c)));
            case null, default -> false;
        };
    }

    private void requireKind(ArrayOps<?> array, @Nullable String path) {
        if (path != null && !(array instanceof FloatArray)) {
            throw new IllegalArgumentException(caller + ": " + path + " is of type "
                    + array.getClass().getSimpleName() + "; a record is differentiated with its arrays as FloatArrays");
        }
        switch (array) {
            case FloatArray _ -> {}
            case AdjointArray adjoint -> Perturbation.requireLive(caller, adjoint);
            case DualArray dual -> dual.requireLive(caller);
            default ->
                throw new IllegalArgumentException(
                        caller + ": an array of type " + array.getClass().getName() + " cannot be differentiated");
        }
    }

    // ---- putting together

    /** The argument with other arrays in the places of its own. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // Q is P with another type of arrays; a record's caller vouches for that
    <Q> Q with(List<?> others) {
        return (Q) replaced(given, others.iterator());
    }

    private Object replaced(Object part, Iterator<?> others) {
        return switch (part) {
            case ArrayOps<?> _ -> others.next();
            case List<?> list -> {
                List<Object> result = new ArrayList<>(list.size());
                for (Object element : list) {
                    result.add(replaced(element, others));
                }
                yield List.copyOf(result);
            }
            case Record record -> replaced(record, others);
            default -> part;
        };
    }

    private Object replaced(Record record, Iterator<?> others) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object value = component(record, components[i]);
            values[i] = value == null ? null : replaced(value, others);
            Class<?> type = components[i].getType();
            if (values[i] instanceof ArrayOps<?> array && !type.isInstance(array)) {
                String name = record.getClass().getSimpleName();
                throw new IllegalArgumentException(caller + ": component " + components[i].getName() + " of " + name
                        + " is declared as " + type.getSimpleName() + " and cannot hold an "
                        + array.getClass().getSimpleName() + "; declare the record as " + name
                        + "<A>, with arrays of type A");
            }
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(caller + ": " + record.getClass() + " refuses the arrays", e.getCause());
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            throw hidden(record, e);
        }
    }

    private @Nullable Object component(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            throw hidden(record, e);
        }
    }

    private IllegalArgumentException hidden(Record record, Exception cause) {
        return new IllegalArgumentException(
                caller + ": the components of " + record.getClass()
                        + " cannot be read; open its package to dev.lanewise",
                cause);
    }

    // ---- kinds

    /** The arrays as constants or as what they are: what a reverse derivative starts from. */
    List<AdjointArray> adjoints() {
        return arrays.stream().map(Form::adjoint).toList();
    }

    /**
     * The same for a forward derivative. Of plain numbers only numbers are wanted back, so what is computed from them
     * here is volatile and records nothing.
     */
    List<AdjointArray> unrecorded() {
        return arrays.stream()
                .map(array -> array instanceof FloatArray plain
                        ? AdjointArray.cutOff(AdjointArray.constant(plain), Cut.PASS)
                        : adjoint(array))
                .toList();
    }

    private static AdjointArray adjoint(ArrayOps<?> array) {
        return switch (array) {
            case AdjointArray adjoint -> adjoint;
            case DualArray dual -> dual.toAdjoint();
            default -> AdjointArray.constant(array.value());
        };
    }

    /** Whether the arguments are plain numbers. */
    boolean isPlain() {
        return arrays.getFirst() instanceof FloatArray;
    }

    /** How far gradients must be differentiable: those of adjoint arrays, by what they depend on. */
    BackwardPass.Order order() {
        return arrays.getFirst() instanceof AdjointArray ? BackwardPass.Order.AS_NEEDED : BackwardPass.Order.FIRST;
    }

    /** A result in the kind of the arguments. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // V is the type of the arguments' arrays
    <V> V kind(AdjointArray result) {
        AdjointArray outside =
                Grad.isOff() ? AdjointArray.cutOff(result.detach(), Cut.RECORDING_OFF) : result; // see Grad.off
        return (V)
                switch (arrays.getFirst()) {
                    case AdjointArray _ -> outside;
                    case DualArray _ -> DualArray.fromAdjoint(outside);
                    default -> result.value();
                };
    }

    /** Results in the places and the kind of the arguments. */
    P likeGiven(List<AdjointArray> results) {
        return with(results.stream().map(result -> this.<Object>kind(result)).toList());
    }
}
