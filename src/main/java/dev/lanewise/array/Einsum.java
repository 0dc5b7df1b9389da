package dev.lanewise.array;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums of products by labelled axes, made of the other operations, so that derivatives follow.
 *
 * <p>A label is a letter, or a negative number for an axis that an ellipsis stands for, counted from the last one. The
 * operands are multiplied from left to right. Each product of two is one batched matrix product: labels that both have and
 * that are still wanted are its batch, those that both have and nobody wants are summed, the others are rows of the left
 * operand and columns of the right one. What only one operand has and nobody wants is summed before. Where no label is
 * summed, or none is a row or a column, the product is an elementwise one.
 */
final class Einsum<A extends ArrayOps<A>> {

    private final String subscripts;
    private final List<A> arrays;

    /** The labels of each operand's axes, and of the result's. */
    private final List<List<Integer>> inputs = new ArrayList<>();

    private final List<Integer> output;

    /** The length that each label stands for: that of any axis that is not 1. */
    private final Map<Integer, Integer> lengths = new LinkedHashMap<>();

    Einsum(String subscripts, List<A> arrays) {
        this.subscripts = subscripts;
        this.arrays = arrays;
        Shapes.requireSome("einsum " + subscripts, arrays);
        String[] sides = subscripts.replace(" ", "").split("->", -1);
        String[] terms = sides[0].split(",", -1);
        require(sides.length <= 2, "'->' stands more than once");
        require(terms.length == arrays.size(), terms.length + " terms for " + arrays.size() + " arrays");
        for (int i = 0; i < terms.length; i++) {
            inputs.add(labels(terms[i], arrays.get(i).rank()));
        }
        measure();
        this.output = sides.length == 2 ? labels(sides[1], -1) : implicit();
        for (int label : output) {
            require(lengths.containsKey(label), "no array has " + text(label) + " of the result");
            require(Collections.frequency(output, label) == 1, "the result has " + text(label) + " twice");
        }
    }

    // ---- reading the subscripts

    /** The labels of a term for an array of that rank; of the result's term for -1. */
    private List<Integer> labels(String term, int rank) {
        int dots = term.indexOf("...");
        String letters = term.replace("...", "");
        require(
                letters.chars().allMatch(Einsum::isLabel) && letters.length() >= term.length() - 3,
                "the term '" + term + "' is not made of letters and at most one '...'");
        int hidden = dots < 0 ? 0 : rank < 0 ? ellipsisAxes() : rank - letters.length();
        require(
                rank < 0 || hidden >= 0 && letters.length() + hidden == rank,
                "the term '" + term + "' does not have one label for each of " + rank + " axes");
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            if (i == dots) {
                addEllipsis(labels, hidden);
            }
            labels.add((int) letters.charAt(i));
        }
        if (dots == letters.length()) {
            addEllipsis(labels, hidden);
        }
        return labels;
    }

    private static boolean isLabel(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static void addEllipsis(List<Integer> labels, int axes) {
        for (int axis = axes; axis > 0; axis--) {
            labels.add(-axis);
        }
    }

    private int ellipsisAxes() {
        return -lengths.keySet().stream()
                .mapToInt(label -> Math.min(label, 0))
                .min()
                .orElse(0);
    }

    private void measure() {
        for (int i = 0; i < inputs.size(); i++) {
            for (int axis = 0; axis < inputs.get(i).size(); axis++) {
                int label = inputs.get(i).get(axis);
                int length = arrays.get(i).shape().dim(axis);
                int known = lengths.getOrDefault(label, 1);
                int first = inputs.get(i).indexOf(label);
                require(
                        arrays.get(i).shape().dim(first) == length,
                        text(label) + " stands for axes of "
                                + arrays.get(i).shape().dim(first) + " and " + length + " of one array");
                require(
                        known == length || known == 1 || length == 1,
                        text(label) + " stands for lengths " + known + " and " + length);
                lengths.put(label, known == 1 ? length : known);
            }
        }
    }

    /** As NumPy: the axes of the ellipsis, then in alphabetical order the letters that stand once. */
    private List<Integer> implicit() {
        Map<Integer, Integer> counts = new TreeMap<>();
        inputs.forEach(labels -> labels.forEach(label -> counts.merge(label, 1, Integer::sum)));
        List<Integer> result = new ArrayList<>();
        counts.forEach((label, count) -> {
            if (label < 0 || count == 1) {
                result.add(label);
            }
        });
        return result;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("einsum " + subscripts + ": "
                    + String.join(
                            " and ",
                            arrays.stream()
                                    .map(array -> array.shape().toString())
                                    .toList())
                    + ": " + otherwise);
        }
    }

    private static String text(int label) {
        return label < 0 ? "the ellipsis's axis " + label : "the label " + Character.toString(label);
    }

    // ---- working it out

    /** An array and the labels of its axes, no two equal. */
    private record Labelled<A extends ArrayOps<A>>(A array, List<Integer> labels) {

        /** With the axes in the order of the labels, which are these in any order. */
        Labelled<A> inOrder(List<Integer> order) {
            return order.equals(labels)
                    ? this
                    : new Labelled<>(
                            array.transpose(
                                    order.stream().mapToInt(labels::indexOf).toArray()),
                            order);
        }
    }

    A result() {
        Labelled<A> product = prepared(0);
        for (int i = 1; i < inputs.size(); i++) {
            product = times(product, prepared(i), wantedAfter(i));
        }
        return summed(product, output).inOrder(output).array;
    }

    /** The labels that the operands after one, and the result, have. */
    private List<Integer> wantedAfter(int operand) {
        List<Integer> wanted = new ArrayList<>(output);
        inputs.subList(operand + 1, inputs.size()).forEach(wanted::addAll);
        return wanted;
    }

    /** An operand with the diagonal where a label repeats, and without axes that are only to be broadcast. */
    private Labelled<A> prepared(int operand) {
        A array = arrays.get(operand);
        List<Integer> labels = inputs.get(operand);
        List<Integer> rest = new ArrayList<>();
        int[] broadcast = new int[labels.size()];
        int count = 0;
        for (int axis = 0; axis < labels.size(); axis++) {
            if (array.shape().dim(axis) == 1 && length(labels.get(axis)) != 1) {
                broadcast[count++] = axis;
            } else {
                rest.add(labels.get(axis));
            }
        }
        return withoutRepeats(count == 0 ? array : array.squeeze(Arrays.copyOf(broadcast, count)), rest);
    }

    private Labelled<A> withoutRepeats(A array, List<Integer> labels) {
        for (int axis = 0; axis < labels.size(); axis++) {
            int second = labels.lastIndexOf(labels.get(axis));
            if (second > axis) {
                List<Integer> rest = new ArrayList<>(labels.subList(0, axis));
                rest.addAll(labels.subList(axis + 1, second));
                rest.addAll(labels.subList(second + 1, labels.size()));
                rest.add(labels.get(axis));
                return withoutRepeats(diagonal(array, axis, second), rest);
            }
        }
        return new Labelled<>(array, labels);
    }

    /** The elements whose positions along two axes are equal, along a new last axis. */
    private static <A extends ArrayOps<A>> A diagonal(A array, int first, int second) {
        int[] order = new int[array.rank()];
        int[] dims = new int[array.rank() - 1];
        Index[] diagonal = new Index[dims.length];
        int n = array.shape().dim(first);
        int next = 0;
        for (int axis = 0; axis < order.length; axis++) {
            if (axis != first && axis != second) {
                dims[next] = array.shape().dim(axis);
                diagonal[next] = Index.all();
                order[next++] = axis;
            }
        }
        order[next] = first;
        order[next + 1] = second;
        dims[next] = Shapes.length("einsum", (long) n * n);
        diagonal[next] = Index.range(0, dims[next], n + 1);
        return array.transpose(order).reshape(dims).slice(diagonal);
    }

    /** Without the axes that nobody wants. */
    private static <A extends ArrayOps<A>> Labelled<A> summed(Labelled<A> x, List<Integer> wanted) {
        List<Integer> kept = common(x.labels, wanted);
        if (kept.size() == x.labels.size()) {
            return x;
        }
        int[] axes = x.labels.stream()
                .filter(label -> !wanted.contains(label))
                .mapToInt(x.labels::indexOf)
                .toArray();
        return new Labelled<>(x.array.sum(axes), kept);
    }

    private Labelled<A> times(Labelled<A> left, Labelled<A> right, List<Integer> wanted) {
        Labelled<A> a = summed(left, union(right.labels, wanted));
        Labelled<A> b = summed(right, union(left.labels, wanted));
        List<Integer> both = common(a.labels, b.labels);
        List<Integer> batch = common(both, wanted);
        List<Integer> inner = without(both, wanted);
        List<Integer> rows = without(a.labels, both);
        List<Integer> columns = without(b.labels, both);
        if (inner.isEmpty() || rows.isEmpty() && columns.isEmpty()) {
            List<Integer> all = union(union(batch, inner), union(rows, columns));
            return summed(new Labelled<>(spread(a, all).mul(spread(b, all)), all), wanted);
        }
        List<Integer> labels = union(union(batch, rows), columns);
        A product = matrices(a, batch, rows, inner).matmul(matrices(b, batch, inner, columns));
        return new Labelled<>(product.reshape(lengths(labels)), labels);
    }

    /** The array with an axis for each label, of length 1 where it has none. */
    private A spread(Labelled<A> x, List<Integer> labels) {
        int[] dims = lengths(labels);
        for (int i = 0; i < dims.length; i++) {
            dims[i] = x.labels.contains(labels.get(i)) ? dims[i] : 1;
        }
        return x.inOrder(common(labels, x.labels)).array.reshape(dims);
    }

    /** The array as a batch of matrices, the axes of either side joined to one. */
    private A matrices(Labelled<A> x, List<Integer> batch, List<Integer> rows, List<Integer> columns) {
        int[] dims = Arrays.copyOf(lengths(batch), batch.size() + 2);
        dims[batch.size()] = Shapes.size(lengths(rows));
        dims[batch.size() + 1] = Shapes.size(lengths(columns));
        return x.inOrder(union(union(batch, rows), columns)).array.reshape(dims);
    }

    private int[] lengths(List<Integer> labels) {
        return labels.stream().mapToInt(this::length).toArray();
    }

    private int length(int label) {
        return lengths.getOrDefault(label, 1);
    }

    // ---- sets of labels, in the order of the first

    private static List<Integer> common(List<Integer> a, List<Integer> b) {
        return a.stream().filter(b::contains).toList();
    }

    private static List<Integer> without(List<Integer> a, List<Integer> b) {
        return a.stream().filter(label -> !b.contains(label)).toList();
    }

    private static List<Integer> union(List<Integer> a, List<Integer> b) {
        List<Integer> all = new ArrayList<>(a);
        all.addAll(without(b, a));
        return all;
    }
}
