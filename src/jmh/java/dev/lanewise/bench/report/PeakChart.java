package dev.lanewise.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What part of the multiply-add peak the products of two n x n matrices reach, over n: a line for each engine. */
final class PeakChart {

    private static final int HEIGHT = 260;
    private static final int TOP = 16;
    private static final int BOTTOM = 24;

    /** Marks keep clear of both ends, in percent. */
    private static final double LEFT = 10;

    private static final double RIGHT = 3;

    private final SequencedMap<Engines, NavigableMap<Integer, Double>> lines = new LinkedHashMap<>();

    void add(Engines engine, int n, double ofPeak) {
        lines.computeIfAbsent(engine, key -> new TreeMap<>()).put(n, ofPeak);
    }

    boolean isEmpty() {
        return lines.values().stream().allMatch(line -> line.size() < 2);
    }

    String toHtml() {
        int from = sizes().getFirst();
        int to = sizes().getLast();
        StringBuilder text =
                new StringBuilder("<figure>\n<figcaption><b>Part of the multiply-add peak that is reached</b> ");
        for (Engines each : lines.sequencedKeySet()) {
            text.append("<span class=\"key s-")
                    .append(each.id())
                    .append("\"><svg width=\"12\" height=\"12\" viewBox=\"-6 -6");
            text.append(" 12 12\" aria-hidden=\"true\"><path class=\"mark\" d=\"")
                    .append(each.mark());
            text.append("\"/></svg> ").append(Html.escaped(each.title())).append("</span> ");
        }
        text.append("</figcaption>\n<svg width=\"100%\" height=\"")
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"");
        text.append("Part of the multiply-add peak over the size of the matrices; the table has the numbers\">");
        for (int percent = 0; percent <= 100; percent += 20) {
            double y = y(percent / 100.0);
            text.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"0\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            + "<text x=\"0\" y=\"%.1f\">%d %%</text>",
                    y,
                    y,
                    y - 3,
                    percent));
        }
        for (int n = Integer.highestOneBit(from); n <= to; n *= 2) {
            if (n >= from) {
                text.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%.2f%%\" y=\"%d\" text-anchor=\"middle\">%s%d</text>",
                        x(n, from, to),
                        HEIGHT - 5,
                        n == from ? "n = " : "",
                        n));
            }
        }
        lines.forEach((engine, line) -> text.append(line(engine, line, from, to)));
        return text.append("</svg>\n</figure>\n").toString();
    }

    private List<Integer> sizes() {
        return lines.values().stream()
                .flatMap(line -> line.keySet().stream())
                .sorted()
                .toList();
    }

    /** A stretched picture for the line, whose places can only be numbers, and marks in percent upon it. */
    private static String line(Engines engine, NavigableMap<Integer, Double> line, int from, int to) {
        StringBuilder text = new StringBuilder("<g class=\"s-" + engine.id() + "\">");
        text.append("<svg width=\"100%\" height=\"")
                .append(HEIGHT)
                .append("\" viewBox=\"0 0 100 ")
                .append(HEIGHT);
        text.append("\" preserveAspectRatio=\"none\"><polyline class=\"line\" points=\"");
        text.append(line.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%.3f,%.1f", x(e.getKey(), from, to), y(e.getValue())))
                .collect(Collectors.joining(" ")));
        text.append("\"/></svg>");
        for (Map.Entry<Integer, Double> e : line.entrySet()) {
            text.append(String.format(
                    Locale.ROOT,
                    "<svg x=\"%.2f%%\" y=\"%.1f\" overflow=\"visible\"><path class=\"mark\" d=\"%s\"/><title>%s, n ="
                            + " %d: %s</title></svg>",
                    x(e.getKey(), from, to),
                    y(e.getValue()),
                    engine.mark(),
                    Html.escaped(engine.title()),
                    e.getKey(),
                    Figures.percent(e.getValue())));
        }
        return text.append("</g>").toString();
    }

    private static double x(int n, int from, int to) {
        return LEFT + (100 - LEFT - RIGHT) * Math.log((double) n / from) / Math.log((double) to / from);
    }

    private static double y(double ofPeak) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - Math.min(ofPeak, 1.05));
    }
}
