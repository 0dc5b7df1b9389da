/**
 * Pictures of a recorded graph: {@link dev.lanewise.graph.GraphPicture} writes DOT text and, with a Graphviz that runs
 * in the browser, an HTML page that needs no network.
 *
 * <p><b>The path of data.</b> {@code Graph.nodes} lists what a result was computed from and what each closure keeps.
 * {@code Sketch} makes of it boxes, lines and totals, as many as fit the limit; {@code Scopes} finds the cluster of each
 * operation from the dotted names of the leaves around it; {@code Dot} writes the text and is the only place that knows
 * how to quote; {@code Page} puts text and script into HTML and is the only place that knows how to quote there.
 */
@NullMarked
package dev.lanewise.graph;

import org.jspecify.annotations.NullMarked;
