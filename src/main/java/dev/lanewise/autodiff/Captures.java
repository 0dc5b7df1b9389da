package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arrays that closures captured from the closures' fields: not what a rule says that it keeps, but what it
 * does keep. Arrays may stand in fields, in object arrays and lists, and in closures within the closure.
 */
final class Captures {

    private static final int MAX_DEPTH = 4;

    // Of this reader alone: a static cache would keep the classes of closures from being unloaded.
    private final Map<Class<?>, Field[]> fields = new HashMap<>();
    private boolean readable = true;

    /** The captured {@link AdjointArray}s and {@link FloatArray}s, in the order in which they were captured. */
    List<Object> of(Object closure) {
        readable = true;
        List<Object> found = new ArrayList<>(2);
        readFields(closure, found, 0);
        return found;
    }

    /** Whether the last closure let us look at all of its fields. */
    boolean readable() {
        return readable;
    }

    private void readFields(Object closure, List<Object> found, int depth) {
        for (Field field : fields.computeIfAbsent(closure.getClass(), Captures::instanceFields)) {
            try {
                field.setAccessible(true);
                read(field.get(closure), found, depth);
            } catch (IllegalAccessException | InaccessibleObjectException e) {
                readable = false;
            }
        }
    }

    private void read(@Nullable Object captured, List<Object> found, int depth) {
        if (captured instanceof AdjointArray array) {
            found.add(array);
            Perturbation carried = array.perturbation();
            if (carried != null) { // what it carries within forward derivatives
                read(carried.primal(), found, depth + 1);
                read(carried.tangent(), found, depth + 1);
            }
        } else if (captured instanceof FloatArray) {
            found.add(captured);
        } else if (captured == null || depth == MAX_DEPTH) {
            return;
        } else if (captured instanceof Object[] several) {
            for (Object one : several) {
                read(one, found, depth + 1);
            }
        } else if (captured instanceof List<?> several) {
            for (Object one : several) {
                read(one, found, depth + 1);
            }
        } else if (captured.getClass().isHidden()
                || captured instanceof Checkpoint
                || captured instanceof Anomaly.Traced) {
            readFields(captured, found, depth + 1); // a closure within the closure
        }
    }

    private static Field[] instanceFields(Class<?> type) {
        return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
                .flatMap(c -> Arrays.stream(c.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers())
                        && !field.getType().isPrimitive())
                // The order of declared fields is unspecified; a lambda's are arg$1, arg$2, …
                .sorted(Comparator.comparingInt((Field field) -> field.getName().length())
                        .thenComparing(Field::getName))
                .toArray(Field[]::new);
    }
}
