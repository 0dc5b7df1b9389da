package dev.lanewise.nn;

import dev.lanewise.array.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a model is made of, as {@link Layer#summary} found it: a line for each layer that has parameters of its own or no
 * layers within.
 *
 * @param rows the lines, in the order of the tree
 * @param parameters how many numbers there are in all, each parameter counted once
 */
public record Summary(List<Row> rows, ParameterCount parameters) {

    /**
     * One layer.
     *
     * @param path where it stands; empty for the root
     * @param layer what it says of itself
     * @param shapes those of its own parameters
     * @param count how many numbers these hold
     * @param sameAs the path of the place where the same layer stood before, or an empty string; then it is not counted again
     */
    public record Row(String path, String layer, List<Shape> shapes, ParameterCount count, String sameAs) {

        private String state() {
            if (!sameAs.isEmpty()) {
                return "as " + sameAs;
            }
            if (count.total() == 0) {
                return "";
            }
            return count.frozen() == 0 ? "trained" : count.trained() == 0 ? "frozen" : "partly frozen";
        }
    }

    static Summary of(Layer root) {
        List<Row> rows = new ArrayList<>();
        collect(root, "", rows, new IdentityHashMap<>());
        return new Summary(List.copyOf(rows), root.countParameters());
    }

    private static void collect(Layer layer, String path, List<Row> rows, Map<Layer, String> seen) {
        String before = seen.putIfAbsent(layer, path);
        if (before != null) {
            rows.add(new Row(path, layer.toString(), List.of(), new ParameterCount(0, 0), before));
            return;
        }
        if (!layer.parameters().isEmpty() || layer.children().isEmpty()) {
            long trained = 0;
            long frozen = 0;
            List<Shape> shapes = new ArrayList<>();
            for (Parameter parameter : layer.parameters().values()) {
                shapes.add(parameter.shape());
                if (parameter.isFrozen()) {
                    frozen += parameter.shape().size();
                } else {
                    trained += parameter.shape().size();
                }
            }
            rows.add(new Row(path, layer.toString(), List.copyOf(shapes), new ParameterCount(trained, frozen), ""));
        }
        layer.children()
                .forEach((name, child) -> collect(child, path.isEmpty() ? name : path + "." + name, rows, seen));
    }

    /** A table for people: path, layer, shapes of its parameters, how many numbers, and whether they are trained. */
    @Override
    public String toString() {
        int path = "path".length();
        int layer = "layer".length();
        int shapes = "parameters".length();
        for (Row row : rows) {
            path = Math.max(path, row.path.length());
            layer = Math.max(layer, row.layer.length());
            shapes = Math.max(shapes, listed(row.shapes).length());
        }
        List<String> lines = new ArrayList<>();
        lines.add(padded("path", path) + padded("layer", layer) + padded("parameters", shapes) + "       numbers");
        for (Row row : rows) {
            String count = row.count.total() == 0 ? "" : String.format(Locale.ROOT, "%,d", row.count.total());
            String line = padded(row.path, path)
                    + padded(row.layer, layer)
                    + padded(listed(row.shapes), shapes)
                    + String.format(Locale.ROOT, "%14s  %s", count, row.state());
            lines.add(line.stripTrailing());
        }
        lines.add(String.format(
                Locale.ROOT,
                "%,d numbers, of which %,d are trained and %,d are frozen",
                parameters.total(),
                parameters.trained(),
                parameters.frozen()));
        return String.join(System.lineSeparator(), lines);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length() + 2);
    }

    private static String listed(List<Shape> shapes) {
        return String.join(", ", shapes.stream().map(Shape::toString).toList());
    }
}
