package dev.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How many times as fast, a lane for each comparison: a bar from 1.0 to the ratio, and its spread over forks as a line.
 *
 * <p>Every lane is a picture of its own with places in percent, so that the chart is as wide as the window while its text
 * keeps its size.
 */
final class RatioChart {

    /** What is compared with: its name, and the classes and marks of its lanes. */
    record Series(String id, String title, String mark) {

        static Series of(Engines engine) {
            return new Series(engine.id(), engine.title(), engine.mark());
        }
    }

    private static final double[] TICKS = {
        0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 5, 10, 20, 50, 100, 200, 500
    };

    /** Marks keep clear of both ends, in percent. */
    private static final double EDGE = 3;

    private final String title;
    private final String less;
    private final String more;
    private final List<Series> series;
    private final SequencedMap<String, Map<String, Ratio>> rows = new LinkedHashMap<>();

    /** Says what is shown, and what the left and the right half mean. */
    RatioChart(String title, String less, String more, List<Series> series) {
        this.title = title;
        this.less = less;
        this.more = more;
        this.series = series;
    }

    RatioChart add(String label, Series series, Ratio ratio) {
        rows.computeIfAbsent(label, key -> new LinkedHashMap<>()).put(series.id(), ratio);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    String toHtml() {
        List<Series> used = series.stream()
                .filter(each -> rows.values().stream().anyMatch(row -> row.containsKey(each.id())))
                .toList();
        Axis axis = axis();
        StringBuilder text = new StringBuilder("<figure>\n<figcaption><b>");
        text.append(Html.escaped(title)).append("</b> ");
        for (Series each : used) {
            text.append("<span class=\"key s-")
                    .append(each.id())
                    .append("\">")
                    .append(mark(each))
                    .append(' ');
            text.append(Html.escaped(each.title())).append("</span> ");
        }
        text.append("</figcaption>\n");
        text.append("<div class=\"row ends\"><span></span><span class=\"less\">← ")
                .append(Html.escaped(less));
        text.append("</span><span class=\"more\">").append(Html.escaped(more)).append(" →</span></div>\n");
        text.append(scale(axis));
        rows.forEach((label, ratios) -> {
            text.append("<div class=\"row\"><span class=\"label\">")
                    .append(Html.escaped(label))
                    .append("</span><div>");
            for (Series each : used) {
                Ratio ratio = ratios.get(each.id());
                if (ratio != null) {
                    text.append(lane(axis, label, each, ratio));
                }
            }
            text.append("</div></div>\n");
        });
        return text.append(scale(axis)).append("</figure>\n").toString();
    }

    private static String mark(Series series) {
        return "<svg width=\"12\" height=\"12\" viewBox=\"-6 -6 12 12\" aria-hidden=\"true\"><path class=\"mark\" d=\""
                + series.mark() + "\"/></svg>";
    }

    /** A logarithmic axis: twice and half are as far from 1. */
    private record Axis(double low, double high) {

        double percent(double value) {
            double clipped = Math.min(Math.max(value, low), high);
            return EDGE + (100 - 2 * EDGE) * Math.log(clipped / low) / Math.log(high / low);
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            boolean wide = high / low > 6;
            for (double tick : TICKS) {
                boolean minor = tick > 0.5 && tick < 2 && tick != 1;
                if (tick >= low && tick <= high && !(wide && minor)) {
                    ticks.add(tick);
                }
            }
            return ticks;
        }
    }

    /** Holds every ratio, and 1; spreads may reach beyond it. */
    private Axis axis() {
        double low = 0.8;
        double high = 1.25;
        for (Map<String, Ratio> row : rows.values()) {
            for (Ratio ratio : row.values()) {
                low = Math.min(low, Math.min(ratio.value(), Math.max(ratio.low(), ratio.value() * 0.8)));
                high = Math.max(high, Math.max(ratio.value(), Math.min(ratio.high(), ratio.value() * 1.25)));
            }
        }
        return new Axis(low, high);
    }

    private static String lane(Axis axis, String label, Series series, Ratio ratio) {
        double one = axis.percent(1);
        double at = axis.percent(ratio.value());
        StringBuilder text = new StringBuilder();
        String what = label + ", against " + series.title() + ": " + Figures.ratio(ratio);
        text.append("<div class=\"lane s-")
                .append(series.id())
                .append("\"><svg width=\"100%\" height=\"16\" role=\"img\"");
        text.append(" aria-label=\"")
                .append(Html.escaped(what))
                .append("\"><title>")
                .append(Html.escaped(what));
        text.append("</title>");
        for (double tick : axis.ticks()) {
            text.append(line(tick == 1 ? "one" : "grid", axis.percent(tick), axis.percent(tick), 0, 16));
        }
        text.append(String.format(
                Locale.ROOT,
                "<rect class=\"bar\" x=\"%.2f%%\" y=\"5\" width=\"%.2f%%\" height=\"6\"/>",
                Math.min(one, at),
                Math.abs(at - one)));
        if (ratio.low() != ratio.high()) {
            text.append(line("whisker", axis.percent(ratio.low()), axis.percent(ratio.high()), 8, 8));
            text.append(line("whisker", axis.percent(ratio.low()), axis.percent(ratio.low()), 5, 11));
            text.append(line("whisker", axis.percent(ratio.high()), axis.percent(ratio.high()), 5, 11));
        }
        text.append(String.format(
                Locale.ROOT,
                "<svg x=\"%.2f%%\" y=\"8\" overflow=\"visible\"><path class=\"mark\" d=\"%s\"/></svg></svg>",
                at,
                series.mark()));
        return text.append("<span class=\"value\">")
                .append(Figures.ratio(ratio.value()))
                .append("</span></div>")
                .toString();
    }

    private static String line(String type, double x1, double x2, int y1, int y2) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>",
                type,
                x1,
                x2,
                y1,
                y2);
    }

    private static String scale(Axis axis) {
        StringBuilder text = new StringBuilder(
                "<div class=\"row scale\"><span></span><div class=\"lane\"><svg width=\"100%\" height=\"18\""
                        + " aria-hidden=\"true\">");
        for (double tick : axis.ticks()) {
            text.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.2f%%\" y=\"13\" text-anchor=\"middle\">%s</text>",
                    axis.percent(tick),
                    tick == Math.rint(tick) ? String.valueOf((int) tick) : String.valueOf(tick)));
        }
        return text.append("</svg><span class=\"value\"></span></div></div>\n").toString();
    }
}
