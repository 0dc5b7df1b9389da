package dev.lanewise.bench.report;

import dev.lanewise.bench.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The headline figures of the README, which nobody types: they come from {@code perf-reports/full.json}. */
public final class Readme {

    static final Path FILE = Path.of("README.md");
    static final Path FOLDER = Path.of("perf-reports");
    static final String RUN = "full";

    private static final Pattern BLOCK =
            Pattern.compile("(<!-- figures:[^>]*-->\n).*?(\n<!-- /figures -->)", Pattern.DOTALL);

    private Readme() {}

    /** Writes them into the README. */
    public static void main(String[] args) throws IOException {
        String readme = Files.readString(FILE);
        Files.writeString(FILE, replaced(readme, figures(Run.read(FOLDER, RUN))));
        System.out.println("Wrote the figures of " + FOLDER.resolve(RUN + ".json") + " into " + FILE);
    }

    /** What stands between the marks. */
    static Optional<String> block(String readme) {
        Matcher block = BLOCK.matcher(readme);
        return block.find() ? Optional.of(readme.substring(block.end(1), block.start(2))) : Optional.empty();
    }

    static String replaced(String readme, String figures) {
        Matcher block = BLOCK.matcher(readme);
        if (!block.find()) {
            throw new IllegalArgumentException(
                    "README: the marks <!-- figures: … --> and <!-- /figures --> are missing");
        }
        return readme.substring(0, block.end(1)) + figures + readme.substring(block.start(2));
    }

    /** Markdown. */
    static String figures(Run run) {
        List<Engines> peers = Engines.peersIn(run.results().stream()).stream()
                .filter(Engines::isNative)
                .toList();
        List<String> header = new ArrayList<>(List.of("How many times as fast as"));
        peers.forEach(each -> header.add(each.title()));
        Table table = Table.ofNumbers(header);
        for (Family family :
                List.of(Family.SQUARE, Family.MODEL, Family.BATCHED, Family.ELEMENTWISE, Family.REDUCTION)) {
            List<String> row = new ArrayList<>(List.of(family.title()));
            peers.forEach(peer -> row.add(mean(run, family, peer)));
            if (row.stream().skip(1).anyMatch(cell -> !cell.isEmpty())) {
                table.row(row);
            }
        }
        String best = run.results().stream()
                .filter(each -> each.engine().equals(Engines.OURS) && Family.of(each) == Family.SQUARE)
                .filter(each -> each.param("shape").equals("512x512x512")
                        && each.param("layout").equals("NN"))
                .findFirst()
                .map(each -> " A product of 512 x 512 matrices runs at " + Figures.rate(each) + ", "
                        + Figures.percent(run.ofYardstick(each)) + " of what multiply-adds on registers alone reach.")
                .orElse("");
        return "One thread on " + run.about("cpu") + ", " + run.about("jdk") + ", " + run.forks()
                + " forks of everything in one run, medians. Geometric means over the sizes measured; above 1 Lanewise"
                + " is faster." + best + "\n\n" + table.compact().toMarkdown()
                + "\nEvery size, the spread, what is missed, and how it was measured: [perf-reports/" + RUN
                + ".md](perf-reports/" + RUN + ".md), with charts in `perf-reports/" + RUN + ".html`.";
    }

    private static String mean(Run run, Family family, Engines peer) {
        double[] ratios = run.results().stream()
                .filter(each -> each.engine().equals(Engines.OURS) && Family.of(each) == family)
                .flatMap(each -> run.peer(each, peer.id()).stream().map(other -> other.time() / each.time()))
                .mapToDouble(Double::doubleValue)
                .toArray();
        return ratios.length == 0 ? Figures.NONE : Figures.ratio(Statistics.geometricMean(ratios));
    }
}
