package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Footprint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a recorded graph consists of, what it keeps alive, and what it left out. */
public final class Graph {

    private Graph() {}

    /** Why no gradient goes to an operand. Of several reasons for one result, the one that stands last here is told. */
    public enum Reason {
        /** It was made as a constant, or computed from constants alone. */
        CONSTANT,
        /** The result does not vary with it, as with the condition of a choice. */
        NO_DERIVATIVE,
        /** It was {@linkplain AdjointArray#detach detached}. */
        DETACHED,
        /** It was computed where recording is {@linkplain Grad#off off}. */
        RECORDING_OFF,
        /** It is a leaf that has been told not to require grad, or was computed from one and nothing that does. */
        FROZEN,
        /** It is volatile. */
        VOLATILE
    }

    /**
     * What the operations of one name keep.
     *
     * @param operations how many there are
     * @param closures the closures that a backward pass would run for them
     * @param bytes the storage that those closures keep alive, each shared array counted once here, but again with
     *     operations of other names
     */
    public record Kept(int operations, int closures, long bytes) {}

    /**
     * Operands that no gradient goes to.
     *
     * @param operation the name of the operation, or "" if nothing was recorded at all
     * @param reason why
     * @param name the name of the leaf where the reason lies, or null if it has none
     * @param operands how many
     */
    public record Pruned(
            String operation, Reason reason, @Nullable String name, int operands) {}

    /**
     * What stands behind a result.
     *
     * @param operations the recorded operations
     * @param leaves the leaves that a backward pass would reach
     * @param closures the closures that a backward pass would run
     * @param bytes the storage that those closures keep alive, each shared array counted once
     * @param byOperation what operations of each name keep
     * @param pruned what was left out and why, sorted
     */
    public record Report(
            int operations,
            int leaves,
            int closures,
            long bytes,
            SortedMap<String, Kept> byOperation,
            List<Pruned> pruned) {

        /** How many closures operations of each name keep, of those that keep any. */
        public SortedMap<String, Integer> closuresByOperation() {
            SortedMap<String, Integer> closuresOf = new TreeMap<>();
            byOperation.forEach((name, kept) -> {
                if (kept.closures > 0) {
                    closuresOf.put(name, kept.closures);
                }
            });
            return Collections.unmodifiableSortedMap(closuresOf);
        }

        /** A table for people. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%d operations, %d leaves, %d closures that keep %,d bytes%n",
                    operations,
                    leaves,
                    closures,
                    bytes));
            byOperation.forEach((name, kept) -> text.append(String.format(
                    Locale.ROOT,
                    "  %-14s %6d x %6d closures %,14d bytes%n",
                    name,
                    kept.operations,
                    kept.closures,
                    kept.bytes)));
            for (Pruned cut : pruned) {
                text.append(String.format(
                        Locale.ROOT,
                        "  pruned: %d operand%s%s: %s%s%n",
                        cut.operands,
                        cut.operands == 1 ? "" : "s",
                        cut.operation.isEmpty() ? "" : " of " + cut.operation,
                        cut.reason.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        cut.name == null ? "" : " '" + cut.name + "'"));
            }
            return text.toString();
        }
    }

    /** Counts the graph behind an array. For one that nothing was recorded for, the report says why. */
    public static Report report(AdjointArray root) {
        Count count = new Count();
        Cut why = root.cut();
        if (why == null) {
            count.walk(root.trackedNode());
        } else {
            count.prune("", why);
        }
        return count.report();
    }

    /**
     * Lists the graph behind some results, root first, each node after everything that depends on it: the order of a
     * backward pass, the same each time. A root that does not require grad has no graph and adds nothing.
     */
    public static List<GraphNode> nodes(AdjointArray... roots) {
        return new GraphReader().read(roots);
    }

    /** A walk over a graph. */
    private static final class Count {

        /** What operations of one name were found to keep. */
        private static final class Tally {
            private int operations;
            private int closures;
            private final Footprint kept = new Footprint();
        }

        private record Place(
                String operation, Reason reason, @Nullable String name) {}

        private final Captures captures = new Captures();
        private final Footprint kept = new Footprint();
        private final SortedMap<String, Tally> tallies = new TreeMap<>();
        private final SortedMap<Place, Integer> cuts = new TreeMap<>(Comparator.comparing(Place::operation)
                .thenComparing(Place::reason)
                .thenComparing(place -> place.name == null ? "" : place.name));
        private int operations;
        private int leaves;
        private int closures;

        void walk(Node start) {
            Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            ArrayDeque<Node> open = new ArrayDeque<>();
            seen.add(start);
            open.push(start);
            while (!open.isEmpty()) {
                Node node = open.pop();
                if (node.leaf != null) {
                    leaves++;
                    continue;
                }
                operations++;
                Tally tally = tallies.computeIfAbsent(node.name, name -> new Tally());
                tally.operations++;
                for (Node.Edge edge : node.edges()) {
                    switch (edge) {
                        case Node.Tracked tracked -> {
                            closures++;
                            tally.closures++;
                            for (Object captured : captures.of(tracked.pull())) {
                                FloatArray array = captured instanceof AdjointArray adjoint
                                        ? adjoint.value()
                                        : (FloatArray) captured;
                                kept.add(array);
                                tally.kept.add(array);
                            }
                            if (seen.add(tracked.target())) {
                                open.push(tracked.target());
                            }
                        }
                        case Cut cut -> prune(node.name, cut);
                    }
                }
            }
        }

        void prune(String operation, Cut cut) {
            cuts.merge(new Place(operation, cut.reason, cut.name()), 1, Integer::sum);
        }

        Report report() {
            SortedMap<String, Kept> byOperation = new TreeMap<>();
            tallies.forEach((name, tally) ->
                    byOperation.put(name, new Kept(tally.operations, tally.closures, tally.kept.bytes())));
            List<Pruned> pruned = new ArrayList<>();
            cuts.forEach((place, number) -> pruned.add(new Pruned(place.operation, place.reason, place.name, number)));
            return new Report(
                    operations,
                    leaves,
                    closures,
                    kept.bytes(),
                    Collections.unmodifiableSortedMap(byOperation),
                    List.copyOf(pruned));
        }
    }
}
