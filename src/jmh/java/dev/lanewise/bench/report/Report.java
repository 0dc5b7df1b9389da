package dev.lanewise.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.lanewise.bench.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a run says, part by part, for whatever writes it down. */
final class Report {

    private static final List<String> LAYOUTS = List.of("NT", "TN", "TT");

    private static final String OF_KERNELS =
            "Each result is checked against the same in double precision. The multiply-add peak is what a loop without"
                    + " any memory reaches, the bandwidth of a copy that of System.arraycopy at about the same size.";

    private static final String OF_NETWORKS = "The first step of each is compared with Lanewise's.";

    private static final String OF_ENCODER =
            "All have the weights of one file. The numbers of each token, and the losses of the first five steps of"
                    + " training, may be no further than 1e-4 from Lanewise's. Lanewise infers by a Plan, which copies"
                    + " its result out, and trains in a Workspace; the others leave their results where they are.";

    private final Run run;

    Report(Run run) {
        this.run = run;
    }

    String title() {
        return "Lanewise " + run.name() + " benchmark";
    }

    /** In a sentence, what and where. */
    String lead() {
        String what = run.isOfEncoder()
                ? "The sentence encoder all-MiniLM-L6-v2, 6 layers with 22.6 million numbers, in pure Java against"
                        + " native libraries"
                : "Pure Java against native and Java libraries";
        return what + ", all on one thread and in the same run: " + run.about("cpu") + ", " + run.about("jdk") + ", "
                + run.about("date").replaceAll("T.*", "") + ".";
    }

    /** All but the trials of the gate, which are no part of the run. */
    List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        sections.add(targets());
        sections.add(glance());
        for (Family family : Family.values()) {
            family(family).ifPresent(sections::add);
        }
        sections.add(method());
        return sections;
    }

    private Section targets() {
        Table table = Table.ofNumbers(List.of("Target", "wanted", "measured", ""));
        for (Judgement.Outcome each : Targets.of(run)) {
            table.row(List.of(each.target(), each.wanted(), each.measured(), each.verdict()));
        }
        return new Section(
                "Targets",
                List.of("A ratio says how many times as fast Lanewise is: 1 is as fast, 2 takes half the time."),
                List.of(),
                List.of(table));
    }

    /** Geometric means of each family's ratios. */
    private Section glance() {
        List<Engines> peers = Engines.peersIn(run.results().stream());
        List<String> header = new ArrayList<>(List.of("How many times as fast as"));
        peers.forEach(each -> header.add(each.title()));
        Table table = Table.ofNumbers(header);
        for (Family family : Family.values()) {
            List<Result> ours = family == Family.COLD ? List.of() : ours(family); // nothing that has a mean
            List<String> row = new ArrayList<>(List.of(family.title()));
            for (Engines peer : peers) {
                row.add(mean(ours, peer));
            }
            if (row.stream().skip(1).anyMatch(cell -> !cell.isEmpty())) {
                table.row(row);
            }
        }
        return new Section(
                "At a glance",
                List.of("Geometric means over the sizes that both were measured at; in brackets, how many."),
                List.of(),
                List.of(table));
    }

    private String mean(List<Result> ours, Engines peer) {
        double[] ratios = ours.stream()
                .flatMap(each -> run.peer(each, peer.id()).stream().map(other -> other.time() / each.time()))
                .mapToDouble(Double::doubleValue)
                .toArray();
        return ratios.length == 0
                ? Figures.NONE
                : Figures.ratio(Statistics.geometricMean(ratios)) + " (" + ratios.length + ")";
    }

    /** This library's results in a family, row-major ones only. */
    private List<Result> ours(Family family) {
        return run.results().stream()
                .filter(each -> Family.of(each) == family && each.engine().equals(Engines.OURS))
                .filter(each -> !LAYOUTS.contains(each.param("layout")))
                .toList();
    }

    private Optional<Section> family(Family family) {
        List<Result> ours = ours(family);
        if (ours.isEmpty()) {
            return Optional.empty();
        }
        List<Engines> peers = Engines.peersIn(run.results().stream().filter(each -> Family.of(each) == family));
        List<String> charts = new ArrayList<>();
        if (family == Family.SQUARE) {
            peakChart(ours, peers).ifPresent(charts::add);
        }
        chart("How many times as fast as native libraries", ours, peers.stream().filter(Engines::isNative))
                .ifPresent(charts::add);
        chart("How many times as fast as other Java", ours, peers.stream().filter(each -> !each.isNative()))
                .ifPresent(charts::add);
        List<Table> tables = new ArrayList<>(List.of(details(ours, peers)));
        Table layouts = layouts(ours, charts);
        if (!layouts.isEmpty()) {
            tables.add(layouts);
        }
        return Optional.of(new Section(family.title(), List.of(family.explanation()), charts, tables));
    }

    private Optional<String> chart(String title, List<Result> ours, Stream<Engines> others) {
        List<Engines> peers = others.toList();
        RatioChart chart = new RatioChart(
                title,
                "Lanewise is slower",
                "Lanewise is faster",
                peers.stream().map(RatioChart.Series::of).toList());
        for (Result each : ours) {
            for (Engines peer : peers) {
                run.peer(each, peer.id())
                        .ifPresent(other ->
                                chart.add(Family.label(each), RatioChart.Series.of(peer), Ratio.of(each, other)));
            }
        }
        return chart.isEmpty() ? Optional.empty() : Optional.of(chart.toHtml());
    }

    private Optional<String> peakChart(List<Result> ours, List<Engines> peers) {
        PeakChart chart = new PeakChart();
        List<Engines> shown = new ArrayList<>(List.of(Engines.named(Engines.OURS)));
        peers.stream().filter(Engines::isNative).forEach(shown::add);
        for (Engines engine : shown) {
            for (Result each : ours) {
                run.peer(each, engine.id())
                        .filter(found -> run.peak() > 0)
                        .ifPresent(found -> chart.add(
                                engine, Integer.parseInt(each.param("shape").split("x")[0]), run.ofYardstick(found)));
            }
        }
        return chart.isEmpty() ? Optional.empty() : Optional.of(chart.toHtml());
    }

    private Table details(List<Result> ours, List<Engines> peers) {
        boolean memory = ours.stream().anyMatch(each -> each.work().bytes() > 0);
        List<String> header =
                new ArrayList<>(List.of("", "Lanewise", memory ? "of copy bandwidth" : "of peak", "of contiguous"));
        peers.forEach(each -> header.add("against " + each.title()));
        header.addAll(List.of("spread of forks", "bytes per call"));
        Table table = Table.ofNumbers(header);
        for (Result each : ours) {
            List<String> row = new ArrayList<>(
                    List.of(Family.label(each), Figures.rate(each), Figures.percent(run.ofYardstick(each))));
            row.add(run.sibling(each, "view", "contiguous")
                    .filter(contiguous -> each.params().containsKey("view"))
                    .map(contiguous -> Figures.percent(contiguous.time() / each.time()))
                    .orElse(Figures.NONE));
            for (Engines peer : peers) {
                row.add(run.peer(each, peer.id())
                        .map(other -> Figures.ratio(Ratio.of(each, other)))
                        .orElse(Figures.NONE));
            }
            row.add(each.forks().length > 1 ? Figures.percent(each.spread()) : Figures.NONE);
            row.add(Figures.bytes(each.garbage()));
            table.row(row);
        }
        return table.compact();
    }

    /** Adds a chart to {@code charts} if there is something to show. */
    private Table layouts(List<Result> plain, List<String> charts) {
        List<RatioChart.Series> series = IntStream.range(0, LAYOUTS.size())
                .mapToObj(i -> new RatioChart.Series(
                        LAYOUTS.get(i), LAYOUTS.get(i), Engines.marks().get(i)))
                .toList();
        RatioChart chart = new RatioChart(
                "How fast with transposed operands, against both row-major",
                "slower than NN",
                "faster than NN",
                series);
        List<String> header = new ArrayList<>(List.of("Transposed, against NN"));
        header.addAll(LAYOUTS);
        Table table = Table.ofNumbers(header);
        for (Result nn : plain) {
            List<String> row = new ArrayList<>(List.of(Family.label(nn)));
            for (RatioChart.Series each : series) {
                Optional<Ratio> ratio = run.sibling(nn, "layout", each.id()).map(other -> Ratio.of(other, nn));
                ratio.ifPresent(found -> chart.add(Family.label(nn), each, found));
                row.add(ratio.map(Figures::ratio).orElse(Figures.NONE));
            }
            if (row.stream().skip(1).anyMatch(cell -> !cell.isEmpty())) {
                table.row(row);
            }
        }
        if (!chart.isEmpty()) {
            charts.add(chart.toHtml());
        }
        return table;
    }

    private Section method() {
        Table facts = Table.ofText(List.of("", "this run"));
        String commit = run.about("commit");
        facts.row(List.of(
                "Processor", run.about("cpu") + ", " + readable(run.about().get("caches"))));
        facts.row(List.of("System", run.about("os")));
        facts.row(List.of("JVM", run.about("jdk")));
        facts.row(List.of("Flags of every fork", readable(run.about().get("flags"))));
        facts.row(List.of("Lanewise", run.about("lanewise").replace("\n", "; ").replaceAll(" +", " ")));
        facts.row(List.of(
                "Commit",
                commit.substring(0, Math.min(12, commit.length()))
                        + (run.about("dirty").equals("true") ? ", with changes that were not committed" : "")));
        facts.row(List.of("When", run.about("date")));
        facts.row(List.of("Command", run.about("command")));
        for (Result peak : run.of("PeakBenchmark")) {
            facts.row(List.of("Multiply-adds on registers alone", Figures.rate(peak)));
        }
        for (Result copy : run.of("CopyBenchmark")) {
            facts.row(List.of("Copy of " + Figures.bytes(copy.work().bytes() / 2) + " bytes", Figures.rate(copy)));
        }
        return new Section(
                "How this was measured",
                List.of(
                        "By JMH, " + run.forks()
                                + " forks of each benchmark, that is JVMs of their own, which take turns: a round has"
                                + " one fork of every benchmark with every engine, so what slows the machine for a"
                                + " while slows all of them. Numbers are medians of forks, a fork's being the median"
                                + " of its iterations. A ratio is one of medians; in brackets, and as lines in the"
                                + " charts, stand the least and the largest ratio of two forks of one round.",
                        "In the tables, the spread of forks is that of Lanewise's own times, from the fastest to the"
                            + " slowest of the median; bytes per call are what a call allocates; results of operations"
                            + " stand in workspaces.",
                        "Each engine uses one thread and is alone in its JVM. "
                                + (run.isOfEncoder() ? OF_ENCODER : run.isOfOperations() ? OF_KERNELS : OF_NETWORKS)),
                List.of(),
                List.of(facts, engines()));
    }

    private Table engines() {
        Table table = Table.ofText(List.of("Engine", "version, or why it was left out"));
        JsonObject engines = run.about().has("engines") ? run.about().getAsJsonObject("engines") : new JsonObject();
        for (Map.Entry<String, JsonElement> each : engines.entrySet()) {
            JsonObject what = each.getValue().getAsJsonObject();
            table.row(List.of(
                    Engines.named(each.getKey()).title(),
                    what.has("version")
                            ? what.get("version").getAsString()
                            : "left out: " + what.get("skipped").getAsString()));
        }
        return table;
    }

    /** A list or an object of JSON as text. */
    private static String readable(JsonElement json) {
        if (json instanceof JsonArray list) {
            return list.asList().stream().map(JsonElement::getAsString).collect(Collectors.joining(" "));
        }
        return json instanceof JsonObject map
                ? map.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue().getAsString())
                        .collect(Collectors.joining(", "))
                : "";
    }
}
