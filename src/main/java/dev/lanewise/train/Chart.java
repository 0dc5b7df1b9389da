package dev.lanewise.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Charts as SVG elements that stand in a page by themselves: no script, no style from elsewhere. */
final class Chart {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 260;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 40;
    private static final int BOTTOM = 36;

    /** Colours that can be told apart without seeing red and green (Okabe and Ito, 2008). */
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7");

    private static final int BAR_HEIGHT = 26;
    private static final int BAR_LABEL = 190;

    /** One curve; a number that is not finite has no point, and the line leads past it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Curve(String name, double[] values) {}

    private Chart() {}

    /** Curves over the numbers from {@code first} on, at least one. */
    static String lines(String title, long first, List<Curve> curves) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int count = 0;
        for (Curve curve : curves) {
            count = Math.max(count, curve.values.length);
            for (double value : curve.values) {
                if (Double.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        if (low > high) {
            low = 0;
            high = 1;
        }
        double[] ticks = ticks(low, high);
        StringBuilder svg = open(title, WIDTH, HEIGHT);
        double bottom = ticks[0];
        double top = ticks[ticks.length - 1];
        for (double tick : ticks) {
            double y = y(tick, bottom, top);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>",
                    LEFT,
                    y,
                    WIDTH - RIGHT,
                    y));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 6,
                    y + 4,
                    shortest(tick)));
        }
        int every = Math.max(1, Math.ceilDiv(count, 10));
        for (int i = 0; i < count; i += every) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>",
                    x(i, count),
                    HEIGHT - BOTTOM + 18,
                    first + i));
        }
        for (int i = 0; i < curves.size(); i++) {
            curve(svg, curves.get(i), COLOURS.get(i % COLOURS.size()), count, bottom, top, i);
        }
        return svg.append("</svg>").toString();
    }

    private static void curve(
            StringBuilder svg, Curve curve, String colour, int count, double bottom, double top, int number) {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < curve.values.length; i++) {
            if (Double.isFinite(curve.values[i])) {
                points.add(String.format(Locale.ROOT, "%.1f,%.1f", x(i, count), y(curve.values[i], bottom, top)));
            }
        }
        svg.append(String.format(
                Locale.ROOT,
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>",
                colour,
                String.join(" ", points)));
        for (String point : points) {
            String[] xy = point.split(",", -1);
            svg.append(String.format(
                    Locale.ROOT, "<circle cx=\"%s\" cy=\"%s\" r=\"2.5\" fill=\"%s\"/>", xy[0], xy[1], colour));
        }
        int x = LEFT + number * 150;
        svg.append(String.format(
                Locale.ROOT, "<rect x=\"%d\" y=\"24\" width=\"12\" height=\"4\" fill=\"%s\"/>", x, colour));
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"30\">%s</text>", x + 18, escape(curve.name)));
    }

    private static double x(int i, int count) {
        double width = WIDTH - LEFT - RIGHT;
        return count < 2 ? LEFT + width / 2 : LEFT + width * i / (count - 1);
    }

    private static double y(double value, double bottom, double top) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - bottom) / (top - bottom);
    }

    /** Round numbers at equal distances, the first at most {@code low} and the last at least {@code high}. */
    static double[] ticks(double low, double high) {
        double span = high - low > 0 ? high - low : Math.max(Math.abs(high), 1e-9);
        double rough = span / 4;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = 10 * power;
        for (double factor : new double[] {5, 2, 1}) {
            step = factor * power >= rough ? factor * power : step;
        }
        long from = (long) Math.floor(low / step + 1e-9);
        long to = Math.max(from + 1, (long) Math.ceil(high / step - 1e-9));
        double[] ticks = new double[(int) (to - from) + 1];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = (from + i) * step;
        }
        return ticks;
    }

    /** Bars from 0, the longest as wide as there is room. */
    static String bars(String title, List<String> labels, double[] values, List<String> texts) {
        double most = 0;
        for (double value : values) {
            most = Math.max(most, value);
        }
        StringBuilder svg = open(title, WIDTH, TOP + values.length * BAR_HEIGHT);
        for (int i = 0; i < values.length; i++) {
            double width = most == 0 ? 0 : (WIDTH - BAR_LABEL - 110) * values[i] / most;
            int y = TOP - 8 + i * BAR_HEIGHT;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                    BAR_LABEL - 8,
                    y + 15,
                    escape(labels.get(i))));
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                    BAR_LABEL,
                    y,
                    width,
                    BAR_HEIGHT - 6,
                    COLOURS.getFirst()));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\">%s</text>",
                    BAR_LABEL + width + 6,
                    y + 15,
                    escape(texts.get(i))));
        }
        return svg.append("</svg>").toString();
    }

    private static StringBuilder open(String title, int width, int height) {
        return new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " role=\"img\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\""
                        + " fill=\"#222\"><title>%s</title><text x=\"%d\" y=\"14\" font-weight=\"bold\">%s</text>",
                width,
                height,
                width,
                height,
                escape(title),
                LEFT,
                escape(title)));
    }

    /** A number in few digits. */
    static String shortest(double number) {
        String text = String.format(Locale.ROOT, "%.4g", number);
        return text.contains("e") || !text.contains(".") ? text : text.replaceAll("\\.?0+$", "");
    }

    /** Plain text as the text of an element or the value of an attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
