package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One place in a recorded graph, for reading: a leaf that a gradient arrives at, or the result of an operation.
 *
 * <p>It describes the graph as it was when {@link Graph#nodes} was asked; it does not change when the graph is freed,
 * and keeps alive the arrays that it names.
 *
 * @param id its place in the list that it came in
 * @param operation the name of the operation, or {@code leaf}
 * @param shape the shape of the value, which is also that of its gradient
 * @param leaf whether it is a leaf
 * @param array the array whose place this is, as far as it can be known: that of a leaf always; that of a result if it
 *     is a root or if some closure keeps it
 * @param freed whether an earlier backward pass has dropped its closures, so that its operands are not known any more
 * @param operands the operands, in the operation's order
 */
public record GraphNode(
        int id,
        String operation,
        Shape shape,
        boolean leaf,
        @Nullable AdjointArray array,
        boolean freed,
        List<Operand> operands) {

    /** An operand: one that a gradient is pulled back to, or one that was left out. */
    public sealed interface Operand permits Tracked, Pruned {}

    /**
     * An operand that a gradient is pulled back to, and what is kept to compute it.
     *
     * @param id the operand's place in the list; it is greater than that of the result
     * @param saved the arrays that the closure captured
     * @param readable whether all of the closure's fields could be read; those of a class in another module need not be
     */
    public record Tracked(int id, List<Saved> saved, boolean readable) implements Operand {}

    /**
     * An operand that no gradient goes to. The graph knows nothing of it but why.
     *
     * @param reason why
     * @param because the name of the leaf where the reason lies, the operand itself or what it was computed from; null
     *     if it has none
     * @param saved the operand, if a closure for another operand keeps it all the same; of several unnamed constants that
     *     one operation takes, the first may stand for the one that is kept
     */
    public record Pruned(
            Graph.Reason reason,
            @Nullable String because,
            @Nullable Saved saved) implements Operand {}

    /**
     * An array that a closure captured.
     *
     * @param value its value
     * @param array the captured array, with its name and flags; null if the closure holds the plain value
     * @param id the place in the list of what the array is the value of; -1 if it has none there, as a constant
     * @param reason why no gradient goes to it; null if one does, or for a plain value
     * @param because the name of the leaf where the reason lies; null if it has none
     */
    public record Saved(
            FloatArray value,
            @Nullable AdjointArray array,
            int id,
            Graph.@Nullable Reason reason,
            @Nullable String because) {}
}
