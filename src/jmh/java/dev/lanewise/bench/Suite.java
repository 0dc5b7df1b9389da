package dev.lanewise.bench;

import dev.lanewise.Lanewise;
import dev.lanewise.bench.engine.Engine;
import dev.lanewise.bench.report.Page;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * Runs the benchmarks, fork by fork in alternation, and writes JMH's JSON and what is to be known about the run to
 * {@code perf-reports}; a run of some of them only goes to {@code target/jmh}.
 */
public final class Suite {

    private Suite() {}

    /** Takes what {@link Choice#USAGE} says; ends with 1 if a benchmark failed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ThisJvm.leaveTunedEnvironment(Suite.class, args);
        Choice choice;
        try {
            choice = Choice.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(Choice.USAGE);
            System.exit(2);
            return;
        }
        System.out.println(Lanewise.describe());
        Map<Engine, Probe.Finding> engines = probe(choice.cases());
        List<Case> cases = new ArrayList<>(choice.cases());
        cases.removeIf(each ->
                each.engine().isPresent() && !engines.get(each.engine().get()).usable());

        Progress progress = new Progress(cases, choice.rounds());
        Alternation alternation = new Alternation(cases, progress);
        for (int round = 1; round <= choice.rounds(); round++) {
            alternation.round(round);
        }
        String about = About.json(choice.name(), choice.rounds(), engines, "Suite " + String.join(" ", args));
        write(choice, alternation.results().values(), about);
        System.exit(progress.failures() == 0 ? 0 : 1);
    }

    private static Map<Engine, Probe.Finding> probe(List<Case> cases) throws IOException, InterruptedException {
        Set<Engine> wanted = cases.stream()
                .flatMap(each -> each.engine().stream())
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        Map<Engine, Probe.Finding> findings = new LinkedHashMap<>();
        for (Engine engine : wanted) {
            Probe.Finding finding = Probe.of(engine);
            findings.put(engine, finding);
            System.out.printf(
                    Locale.ROOT,
                    finding.usable() ? "%-9s %s%n" : "%-9s skipped: %s%n",
                    engine.id(),
                    finding.usable() ? finding.version() : finding.obstacle());
        }
        return findings;
    }

    private static void write(Choice choice, Iterable<RunResult> results, String about) throws IOException {
        Path folder = Path.of(choice.partial() ? "target/jmh" : "perf-reports");
        Files.createDirectories(folder);
        Path json = folder.resolve(choice.name() + ".json");
        List<RunResult> list = new ArrayList<>();
        results.forEach(list::add);
        try (PrintStream out = new PrintStream(json.toFile(), StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(list);
        }
        Files.writeString(folder.resolve(choice.name() + ".about.json"), about);
        System.out.println("Wrote " + json);
        Page.write(json);
    }
}
