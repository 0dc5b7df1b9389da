package dev.lanewise.bench.gate;

import dev.lanewise.Lanewise;
import dev.lanewise.bench.Statistics;
import dev.lanewise.bench.gate.Judge.Finding;
import dev.lanewise.bench.gate.Judge.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Measures the guarded kernels, and fails when one is slower than what was accepted, or makes garbage. */
public final class Gate {

    private static final int ACCEPTED_FORKS = 15;
    /** The command that accepts. */
    static final String ACCEPT = "mvn -q test-compile exec:exec@perf-accept";

    private Gate() {}

    /** {@code check}, or {@code accept} to make what is measured now the baseline of this kind of machine. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 0 || !List.of("check", "accept").contains(args[0])) {
            System.err.println("check or accept is wanted");
            System.exit(2);
        }
        System.out.println(Lanewise.describe());
        System.exit((args[0].equals("check") ? check() : accept()) ? 0 : 1);
    }

    private static boolean check() throws IOException, InterruptedException {
        Optional<Baseline> baseline = Baseline.ofThisMachine();
        Forks forks = new Forks("");
        Inspection inspection = new Inspection(forks, System.out::println);
        List<Finding> findings =
                inspection.against(baseline.map(Baseline::accepted).orElse(Map.of()));
        if (baseline.isEmpty()) {
            print(inspection.samples());
            System.out.printf(
                    "%nNothing was accepted yet on a machine like this (%s), so no kernel can be called slower.%n"
                            + "To accept these ratios: %s%n",
                    Machine.key(), ACCEPT);
        } else {
            System.out.printf(
                    "%nAgainst %s of %s.%n%n",
                    Baseline.file(baseline.get().machine()), baseline.get().date());
            findings.forEach(Gate::print);
            tellUnknown(inspection.samples(), baseline.get());
        }
        List<String> problems = problems(inspection.samples(), forks);
        findings.stream()
                .filter(each -> each.verdict() == Verdict.SLOWER)
                .forEach(each -> problems.add(sentence(each)));
        System.out.println();
        problems.forEach(System.out::println);
        System.out.println(problems.isEmpty() ? "The gate is open." : "The gate is shut.");
        return problems.isEmpty();
    }

    private static boolean accept() throws IOException, InterruptedException {
        Forks forks = new Forks("");
        Inspection inspection = new Inspection(forks, System.out::println);
        inspection.measure(ACCEPTED_FORKS);
        print(inspection.samples());
        List<String> problems = problems(inspection.samples(), forks);
        if (!problems.isEmpty()) {
            problems.forEach(System.out::println);
            System.out.println("Nothing is accepted.");
            return false;
        }
        Path file = Baseline.file(Machine.key());
        Baseline.now(inspection.samples().ratios()).write(file);
        System.out.println("Wrote " + file);
        return true;
    }

    /** What needs no clock to be wrong. A further check of that kind, of the machine code say, belongs here. */
    private static List<String> problems(Samples samples, Forks forks) {
        List<String> problems = new ArrayList<>();
        samples.bytes().forEach((kernel, bytes) -> {
            if (bytes > 0) {
                problems.add(kernel + " makes garbage: " + bytes + " bytes a call");
            }
        });
        forks.skipped().forEach(line -> problems.add("The JIT compiler gave up: " + line));
        return problems;
    }

    private static void print(Samples samples) {
        System.out.printf("%n%-20s %6s %12s %s%n", "kernel", "forks", "of yardstick", " from .. to");
        for (String kernel : samples.kernels()) {
            double[] ratios = samples.of(kernel);
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %6d %12.4f  %.4f .. %.4f%n",
                    kernel,
                    ratios.length,
                    Statistics.median(ratios),
                    Statistics.quantile(ratios, 0),
                    Statistics.quantile(ratios, 1));
        }
    }

    private static void print(Finding finding) {
        System.out.printf(
                Locale.ROOT,
                "%-20s %3d forks  %.4f of the yardstick, accepted %.4f: %+5.1f %%  (%+.1f .. %+.1f)%s%n",
                finding.kernel(),
                finding.forks(),
                finding.ratio(),
                finding.accepted(),
                percent(finding.change()),
                percent(finding.interval().low()),
                percent(finding.interval().high()),
                switch (finding.verdict()) {
                    case HOLDS -> "";
                    case OPEN -> "  perhaps slower, not certainly";
                    case SLOWER -> "  SLOWER";
                    case FASTER -> "  faster: accept it, and it is guarded";
                });
    }

    /** What the gate says of a slower kernel. */
    static String sentence(Finding finding) {
        return String.format(
                Locale.ROOT,
                "%s is slower: %.4f of the yardstick, %.4f was accepted; %.1f %% less, with %.0f %% confidence at least"
                        + " %.1f %% (%.0f %% are allowed), in %d forks.",
                finding.kernel(),
                finding.ratio(),
                finding.accepted(),
                -percent(finding.change()),
                100 * Judge.CONFIDENCE,
                -percent(finding.interval().high()),
                100 * Judge.MARGIN,
                finding.forks());
    }

    private static double percent(double change) {
        return 100 * (change - 1);
    }

    private static void tellUnknown(Samples samples, Baseline baseline) {
        for (String kernel : samples.kernels()) {
            if (!baseline.ratios().containsKey(kernel)) {
                System.out.printf(
                        Locale.ROOT,
                        "%-20s %3d forks  %.4f of the yardstick, nothing accepted yet: %s%n",
                        kernel,
                        samples.of(kernel).length,
                        Statistics.median(samples.of(kernel)),
                        ACCEPT);
            }
        }
        for (String kernel : baseline.ratios().keySet()) {
            if (!samples.kernels().contains(kernel)) {
                System.out.printf("%-20s is in the baseline, but no longer guarded%n", kernel);
            }
        }
    }
}
