package dev.lanewise.nn;

import dev.lanewise.array.FloatArray;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The walks over a tree of layers that {@link Layer} offers. */
final class Trees {

    /** How many paths an error lists. */
    private static final int LISTED = 12;

    private Trees() {}

    static SequencedMap<String, Parameter> parameters(Layer root) {
        SequencedMap<String, Parameter> found = new LinkedHashMap<>();
        collect(root, "", found, Collections.newSetFromMap(new IdentityHashMap<>()));
        return found;
    }

    private static void collect(Layer layer, String prefix, Map<String, Parameter> found, Set<Parameter> seen) {
        layer.parameters().forEach((name, parameter) -> {
            if (seen.add(parameter) && found.put(prefix + name, parameter) != null) {
                throw new IllegalStateException("two parameters have the path '" + prefix + name
                        + "': names of parameters and of children have no dots and differ");
            }
        });
        layer.children().forEach((name, child) -> collect(child, prefix + name + ".", found, seen));
    }

    /** Does something with every layer of the tree, once with each. */
    static void each(Layer root, Consumer<Layer> action) {
        each(root, action, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static void each(Layer layer, Consumer<Layer> action, Set<Layer> seen) {
        if (seen.add(layer)) {
            action.accept(layer);
            layer.children().values().forEach(child -> each(child, action, seen));
        }
    }

    /** Parameters by the names that they were made with, in order, for a layer to have as its own; null is left out. */
    static SequencedMap<String, Parameter> own(@Nullable Parameter... parameters) {
        SequencedMap<String, Parameter> named = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (parameter != null) {
                named.put(parameter.name(), parameter);
            }
        }
        return Collections.unmodifiableSequencedMap(named);
    }

    /** Gives every parameter of the tree its path as its name. */
    static void rename(Layer root) {
        root.namedParameters().forEach((path, parameter) -> parameter.rename(path));
    }

    static Parameter parameter(Layer root, String path) {
        SequencedMap<String, Parameter> all = root.namedParameters();
        Parameter parameter = all.get(path);
        if (parameter == null) {
            throw new IllegalArgumentException(
                    "parameter: none has the path '" + path + "'; there are " + list(all.keySet()));
        }
        return parameter;
    }

    static int choose(String operation, Layer root, Predicate<String> paths, Consumer<Parameter> action) {
        SequencedMap<String, Parameter> all = root.namedParameters();
        List<Parameter> chosen = new ArrayList<>();
        all.forEach((path, parameter) -> {
            if (paths.test(path)) {
                chosen.add(parameter);
            }
        });
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    operation + ": no parameter was chosen; there are " + list(all.keySet()));
        }
        chosen.forEach(action);
        return chosen.size();
    }

    static void restore(Layer root, Map<String, FloatArray> snapshot) {
        SequencedMap<String, Parameter> all = root.namedParameters();
        if (!all.keySet().equals(snapshot.keySet())) {
            // Only what differs: two long lists that differ in one path help nobody.
            throw new IllegalArgumentException("restore: "
                    + String.join(
                            " and ",
                            Stream.of(
                                            lacks("the snapshot", snapshot.keySet(), all.keySet()),
                                            lacks("the layer", all.keySet(), snapshot.keySet()))
                                    .filter(part -> !part.isEmpty())
                                    .toList()));
        }
        all.forEach((path, parameter) -> {
            FloatArray value = snapshot.get(path);
            if (value == null || !value.shape().equals(parameter.shape())) {
                throw new IllegalArgumentException("restore: " + path + " has shape " + parameter.shape() + ", and "
                        + (value == null ? "none" : value.shape()) + " in the snapshot");
            }
            Parameter.requireReadable("restore", path, value);
        });
        snapshot.forEach((path, value) -> {
            Parameter parameter = all.get(path);
            if (parameter != null) {
                parameter.update(value);
            }
        });
    }

    /** That one has not got all that the other has; empty if it has. */
    private static String lacks(String who, Set<String> own, Set<String> others) {
        List<String> missing =
                others.stream().filter(path -> !own.contains(path)).toList();
        return missing.isEmpty() ? "" : who + " has no " + list(missing);
    }

    private static String list(Collection<String> paths) {
        if (paths.isEmpty()) {
            return "none";
        }
        String listed = paths.stream().limit(LISTED).collect(Collectors.joining(", "));
        return paths.size() > LISTED ? listed + " and " + (paths.size() - LISTED) + " more" : listed;
    }
}
