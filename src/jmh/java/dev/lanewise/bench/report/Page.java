package dev.lanewise.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes {@code NAME.html} and {@code NAME.md} beside {@code NAME.json} and {@code NAME.about.json}. */
public final class Page {

    private static final Path GATE_TRIALS = Path.of("perf-reports", "gate-trials.json");

    private Page() {}

    /** Takes the path of the JSON. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1 || !args[0].endsWith(".json")) {
            System.err.println("The JSON of a run is wanted, for example perf-reports/full.json");
            System.exit(2);
        }
        write(Path.of(args[0]));
    }

    /** Of the run whose JSON this is. */
    public static void write(Path json) throws IOException {
        String name = json.getFileName().toString().replaceFirst("\\.json$", "");
        Run run = Run.read(json.toAbsolutePath().getParent(), name);
        Report report = new Report(run);
        List<Section> sections = new ArrayList<>(report.sections());
        if (!run.of("SquareBenchmark").isEmpty()) { // most of what the gate guards are matrix products
            GateTrials.section(GATE_TRIALS).ifPresent(gate -> sections.add(sections.size() - 1, gate));
        }
        write(json.resolveSibling(name + ".html"), HtmlPage.of(report, sections));
        write(json.resolveSibling(name + ".md"), MarkdownPage.of(report, sections));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        System.out.println("Wrote " + file);
    }
}
