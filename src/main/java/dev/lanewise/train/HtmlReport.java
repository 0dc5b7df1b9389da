package dev.lanewise.train;

import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.graph.GraphPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/**
 * A page about a run, in one file that opens without a network: curves of losses and scores, confusion matrices, what
 * freezing saves, and the picture of the graph of the first step. As a listener it collects what it is told; the page may be
 * written at any time, and has then what is known.
 *
 * <p>The graph's picture is drawn by Graphviz in the browser, if that is on the class path (see {@link GraphPicture#html()});
 * otherwise its text is shown.
 */
public final class HtmlReport implements Listener {

    /** The policy keeps the page, and the picture within, from reaching for anything. */
    private static final String HEAD = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'">
        <title>@TITLE@</title>
        <style>
        body { font-family: Helvetica, Arial, sans-serif; margin: 2em auto; max-width: 74em; padding: 0 1em; color: #222; }
        svg { max-width: 100%; height: auto; margin: 0 1em 1em 0; }
        table { border-collapse: collapse; margin: 1em 0; }
        th, td { padding: .3em .8em; text-align: right; border-bottom: 1px solid #ddd; }
        th:first-child, td:first-child { text-align: left; }
        iframe { width: 100%; height: 46em; border: 1px solid #ddd; }
        pre { overflow: auto; background: #f6f6f6; padding: 1em; }
        </style>
        </head>
        <body>
        <h1>@TITLE@</h1>
        """;

    private final String title;
    private final List<Epoch> epochs = new ArrayList<>();
    private final SequencedMap<String, ConfusionMatrix> confusions = new LinkedHashMap<>();
    private List<FreezeCost> costs = List.of();
    private String dot = "";
    private String picture = "";

    /** A report with that title. */
    public HtmlReport(String title) {
        this.title = title;
    }

    /** Adds what freezing saves, in the given order. */
    public HtmlReport costs(List<FreezeCost> measured) {
        costs = List.copyOf(measured);
        return this;
    }

    /** Adds which label was taken for which, under a title: beside that of the last epoch, which is there by itself. */
    public HtmlReport confusion(String of, ConfusionMatrix matrix) {
        confusions.put(of, matrix);
        return this;
    }

    @Override
    public void recorded(long step, AdjointArray loss) {
        if (dot.isEmpty()) {
            // Drawn now, since the backward pass frees the graph.
            GraphPicture drawn = GraphPicture.of(loss).title("The graph of step " + step);
            dot = drawn.dot();
            try {
                picture = drawn.html();
            } catch (IllegalStateException e) {
                picture = ""; // Graphviz is not there; the text is shown instead
            }
        }
    }

    @Override
    public void epoch(Epoch epoch) {
        epochs.add(epoch);
    }

    /**
     * Writes the page.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        Files.writeString(file, html());
    }

    /** The page. */
    public String html() {
        StringBuilder html = new StringBuilder(HEAD.replace("@TITLE@", Chart.escape(title)));
        curves(html);
        table(html);
        confusion(html);
        freezing(html);
        graph(html);
        return html.append("</body>\n</html>\n").toString();
    }

    private void curves(StringBuilder html) {
        if (epochs.isEmpty()) {
            return;
        }
        long first = epochs.getFirst().number() + 1;
        html.append("<section id=\"curves\">\n<h2>Epochs</h2>\n");
        html.append(Chart.lines(
                "Loss",
                first,
                known(List.of(curve("training", Epoch::trainingLoss), curve("validation", validated(Score::loss))))));
        List<Chart.Curve> scores =
                known(List.of(curve("accuracy", validated(Score::accuracy)), curve("F1", validated(Score::f1))));
        if (!scores.isEmpty()) {
            html.append(Chart.lines("Validation", first, scores));
        }
        html.append("\n</section>\n");
    }

    private Chart.Curve curve(String name, ToDoubleFunction<Epoch> of) {
        return new Chart.Curve(name, epochs.stream().mapToDouble(of).toArray());
    }

    private static ToDoubleFunction<Epoch> validated(ToDoubleFunction<Score> of) {
        return epoch -> {
            Score score = epoch.validation();
            return score == null ? Double.NaN : of.applyAsDouble(score);
        };
    }

    /** The curves that have a point. */
    private static List<Chart.Curve> known(List<Chart.Curve> curves) {
        return curves.stream()
                .filter(curve -> Arrays.stream(curve.values()).anyMatch(Double::isFinite))
                .toList();
    }

    private void table(StringBuilder html) {
        if (epochs.isEmpty()) {
            return;
        }
        html.append("<details><summary>The numbers</summary>\n"
            + "<table id=\"epochs\"><tr><th>epoch</th><th>steps</th><th>learning rate</th><th>trained</th><th>training"
            + " loss</th><th>validation loss</th><th>accuracy</th><th>F1</th><th>seconds</th></tr>\n");
        for (Epoch epoch : epochs) {
            html.append("<tr>");
            cell(html, Long.toString(epoch.number() + 1));
            cell(html, Long.toString(epoch.steps()));
            cell(html, Chart.shortest(epoch.learningRate()));
            cell(html, String.format(Locale.ROOT, "%,d", epoch.trained()));
            cell(html, Chart.shortest(epoch.trainingLoss()));
            for (ToDoubleFunction<Epoch> of :
                    List.of(validated(Score::loss), validated(Score::accuracy), validated(Score::f1))) {
                double number = of.applyAsDouble(epoch);
                cell(html, Double.isNaN(number) ? "" : Chart.shortest(number));
            }
            cell(html, String.format(Locale.ROOT, "%.1f", epoch.seconds()));
            html.append("</tr>\n");
        }
        html.append("</table></details>\n");
    }

    private static void cell(StringBuilder html, String text) {
        html.append("<td>").append(Chart.escape(text)).append("</td>");
    }

    private void confusion(StringBuilder html) {
        SequencedMap<String, ConfusionMatrix> all = new LinkedHashMap<>(confusions);
        Score score = epochs.isEmpty() ? null : epochs.getLast().validation();
        ConfusionMatrix last = score == null ? null : score.confusion();
        if (last != null) {
            all.put("After the last epoch", last);
        }
        if (!all.isEmpty()) {
            html.append("<section id=\"confusion\">\n<h2>Which label was taken for which</h2>\n");
            all.forEach((title, matrix) -> confusion(html, title, matrix));
            html.append("</section>\n");
        }
    }

    private static void confusion(StringBuilder html, String title, ConfusionMatrix matrix) {
        html.append("<h3>").append(Chart.escape(title)).append("</h3>\n<table><tr><th>label \\ guess</th>");
        for (int guess = 0; guess < matrix.classes(); guess++) {
            html.append("<th>").append(guess).append("</th>");
        }
        html.append("<th>recall</th></tr>\n");
        for (int label = 0; label < matrix.classes(); label++) {
            long ofLabel = 0;
            for (int guess = 0; guess < matrix.classes(); guess++) {
                ofLabel += matrix.count(label, guess);
            }
            html.append("<tr><th>").append(label).append("</th>");
            for (int guess = 0; guess < matrix.classes(); guess++) {
                double share = ofLabel == 0 ? 0 : (double) matrix.count(label, guess) / ofLabel;
                html.append(String.format(
                        Locale.ROOT,
                        "<td style=\"background: rgba(0, 114, 178, %.2f)\">%d</td>",
                        0.7 * share,
                        matrix.count(label, guess)));
            }
            html.append(String.format(Locale.ROOT, "<td>%.3f</td></tr>%n", matrix.recall(label)));
        }
        html.append("</table>\n");
    }

    private void freezing(StringBuilder html) {
        if (costs.isEmpty()) {
            return;
        }
        List<String> names = costs.stream().map(FreezeCost::name).toList();
        html.append("<section id=\"freezing\">\n<h2>What freezing saves</h2>\n");
        html.append(Chart.bars(
                "A step, forward and backward",
                names,
                costs.stream().mapToDouble(FreezeCost::milliseconds).toArray(),
                costs.stream()
                        .map(cost -> Chart.shortest(cost.milliseconds()) + " ms")
                        .toList()));
        html.append(Chart.bars(
                "What the graph keeps",
                names,
                costs.stream().mapToDouble(FreezeCost::bytes).toArray(),
                costs.stream()
                        .map(cost -> String.format(Locale.ROOT, "%,d B", cost.bytes()))
                        .toList()));
        html.append(
                "<table><tr><th>setting</th><th>numbers trained</th><th>frozen</th><th>closures</th><th>bytes kept</th>"
                        + "<th>ms a step</th></tr>\n");
        for (FreezeCost cost : costs) {
            html.append("<tr>");
            cell(html, cost.name());
            cell(html, String.format(Locale.ROOT, "%,d", cost.parameters().trained()));
            cell(html, String.format(Locale.ROOT, "%,d", cost.parameters().frozen()));
            cell(html, Integer.toString(cost.closures()));
            cell(html, String.format(Locale.ROOT, "%,d", cost.bytes()));
            cell(html, Chart.shortest(cost.milliseconds()));
            html.append("</tr>\n");
        }
        html.append("</table>\n</section>\n");
    }

    private void graph(StringBuilder html) {
        if (dot.isEmpty()) {
            return;
        }
        html.append("<section id=\"graph\">\n<h2>The graph of the first step</h2>\n");
        if (picture.isEmpty()) {
            html.append("<p>As text for Graphviz: the page draws it where org.mvnpm.at.hpcc-js:wasm is on the"
                            + " class path.</p>\n")
                    .append("<pre>")
                    .append(Chart.escape(dot))
                    .append("</pre>\n");
        } else {
            html.append("<iframe title=\"graph\" srcdoc=\"")
                    .append(Chart.escape(picture))
                    .append("\"></iframe>\n");
        }
        html.append("</section>\n");
    }
}
