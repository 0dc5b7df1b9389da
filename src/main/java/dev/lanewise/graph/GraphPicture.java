package dev.lanewise.graph;

import dev.lanewise.autodiff.AdjointArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The picture of a recorded graph, as DOT text or as an HTML page.
 *
 * <pre>{@code
 * GraphPicture.of(loss).write(Path.of("loss.html"));
 * }</pre>
 *
 * <p>Leaves are light blue, with their name and shape; operations grey, with the shape of their result. The arrays that
 * closures keep for the backward pass are orange, with shape and bytes ("shared" if another box stands for the same
 * storage), joined to the operation that keeps them by a dashed line. Arrows run from operand to result, and the results
 * asked for have a bold frame. An operand that no gradient goes to has a pale box with a dashed frame, which says why
 * (frozen, constant, detached, …) and, in brackets, which leaf is the reason; what lies behind it is not in the graph,
 * and its shape and bytes are known only where a closure keeps it. A volatile result has nothing behind it. A legend
 * lists the kinds that occur, and the totals of the whole graph. Leaves with dotted names, as layers give them, and their
 * operations stand in clusters.
 *
 * <p>A picture is drawn from the graph as it is when it is asked for: draw it before {@code backward} frees the graph.
 * The same graph gives the same text each time. Instances are immutable; they hold the results, not a copy of the graph.
 */
public final class GraphPicture {

    /** How many operations and leaves are drawn if no other limit is given. */
    public static final int DEFAULT_LIMIT = 300;

    private final List<AdjointArray> roots;
    private final int limit;
    private final String title;
    private final boolean legend;
    private final boolean clusters;

    private GraphPicture(List<AdjointArray> roots, int limit, String title, boolean legend, boolean clusters) {
        this.roots = roots;
        this.limit = limit;
        this.title = title;
        this.legend = legend;
        this.clusters = clusters;
    }

    /**
     * The picture of what some results, mostly one loss, were computed from.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static GraphPicture of(AdjointArray... results) {
        if (results.length == 0) {
            throw new IllegalArgumentException("GraphPicture: there is no result to draw");
        }
        return new GraphPicture(List.of(results), DEFAULT_LIMIT, "", true, true);
    }

    /**
     * The same with at most this many operations and leaves: those that a backward pass would reach first. One box
     * stands for the others and says how many they are.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public GraphPicture limit(int nodes) {
        if (nodes < 1) {
            throw new IllegalArgumentException("GraphPicture: a limit of " + nodes + " nodes leaves nothing to draw");
        }
        return new GraphPicture(roots, nodes, title, legend, clusters);
    }

    /** The same with a title above it; none if it is empty. */
    public GraphPicture title(String text) {
        return new GraphPicture(roots, limit, text, legend, clusters);
    }

    /** The same with or without the legend and the totals. */
    public GraphPicture legend(boolean shown) {
        return new GraphPicture(roots, limit, title, shown, clusters);
    }

    /** The same with or without a frame around what belongs to one layer. */
    public GraphPicture clusters(boolean drawn) {
        return new GraphPicture(roots, limit, title, legend, drawn);
    }

    /** The picture in the DOT language, for Graphviz and whatever else reads it. */
    public String dot() {
        return Dot.of(new Sketch(roots, limit, clusters), title, legend);
    }

    /**
     * A page that draws the picture in the browser, with no network: Graphviz, compiled to WebAssembly, is part of it.
     * It is taken from {@code org.mvnpm.at.hpcc-js:wasm} (Apache-2.0; the Graphviz in it EPL-1.0), which has to be on
     * the class path, and adds about 660 kB to the page.
     *
     * @throws IllegalStateException if it is not there
     */
    public String html() {
        return html(Page.scriptOnClassPath(
                Thread.currentThread().getContextClassLoader(), GraphPicture.class.getClassLoader()));
    }

    /**
     * As {@link #html()}, with the script given.
     *
     * @param graphvizScript the text of {@code dist/graphviz.umd.js} of the npm package {@code @hpcc-js/wasm}
     */
    public String html(String graphvizScript) {
        return Page.of(title.isEmpty() ? "Graph" : title, dot(), graphvizScript);
    }

    /**
     * Writes the {@linkplain #html() page} to a file whose name ends in {@code .html}, the {@linkplain #dot() text} to
     * one that ends in {@code .dot} or {@code .gv}.
     *
     * @throws IllegalArgumentException if the name ends otherwise
     * @throws IllegalStateException for a page, if Graphviz is not on the class path
     */
    public void write(Path file) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".html")) {
            Files.writeString(file, html());
        } else if (name.endsWith(".dot") || name.endsWith(".gv")) {
            Files.writeString(file, dot());
        } else {
            throw new IllegalArgumentException("GraphPicture: cannot tell from the name " + file
                    + " whether to write a page (.html) or the text (.dot, .gv)");
        }
    }
}
