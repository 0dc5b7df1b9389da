package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Footprint;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a recorded graph consists of, and what it keeps alive. */
public final class Graph {

    private Graph() {}

    /**
     * What stands behind a result.
     *
     * @param operations the recorded operations
     * @param leaves the leaves that a backward pass would reach
     * @param closures the closures that a backward pass would run
     * @param bytes the storage that those closures keep alive, each shared array counted once
     * @param closuresByOperation how many closures operations of each name keep
     */
    public record Report(
            int operations, int leaves, int closures, long bytes, SortedMap<String, Integer> closuresByOperation) {}

    /** Counts the graph behind an array; all zeros for an array that nothing was recorded for. */
    public static Report report(AdjointArray root) {
        int operations = 0;
        int leaves = 0;
        int closures = 0;
        Footprint kept = new Footprint();
        SortedMap<String, Integer> byOperation = new TreeMap<>();
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Node> open = new ArrayDeque<>();
        if (root.requiresGrad()) {
            Node start = root.trackedNode();
            seen.add(start);
            open.push(start);
        }
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node.leaf == null) {
                operations++;
            } else {
                leaves++;
            }
            for (Node.Edge edge : node.edges()) {
                closures++;
                byOperation.merge(node.name, 1, Integer::sum);
                addCaptured(edge.pull(), kept, 0);
                if (seen.add(edge.target())) {
                    open.push(edge.target());
                }
            }
        }
        return new Report(operations, leaves, closures, kept.bytes(), Collections.unmodifiableSortedMap(byOperation));
    }

    /**
     * Adds the arrays that a closure captured, read from its fields: not what a rule says that it keeps, but what it
     * does keep. Closures of other modules that do not let us look count as nothing.
     */
    private static void addCaptured(Object closure, Footprint kept, int depth) {
        for (Field field : closure.getClass().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
                continue;
            }
            Object captured;
            try {
                field.setAccessible(true);
                captured = field.get(closure);
            } catch (IllegalAccessException | InaccessibleObjectException e) {
                continue;
            }
            if (captured instanceof AdjointArray array) {
                kept.add(array.value());
            } else if (captured instanceof FloatArray array) {
                kept.add(array);
            } else if (captured != null && captured.getClass().isHidden() && depth < 4) {
                addCaptured(captured, kept, depth + 1); // a closure within the closure
            }
        }
    }
}
