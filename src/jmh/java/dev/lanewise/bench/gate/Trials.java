package dev.lanewise.bench.gate;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.lanewise.bench.gate.Judge.Finding;
import dev.lanewise.bench.gate.Judge.Verdict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Tries the gate itself: whole inspections of unchanged kernels, none of which may be called slower, and inspections with
 * one kernel slowed by a tenth on purpose, another one each time, which has to be named.
 *
 * <p>Each run is written when it ends, so the trials can be stopped and go on where they were. A new baseline starts them
 * again.
 */
public final class Trials {

    /** Where the page finds them. */
    static final Path FILE = Path.of("perf-reports", "gate-trials.json");

    private static final int UNCHANGED = 20;
    private static final int SLOWED = 5;

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private Trials() {}

    /** All runs against one baseline. */
    record Log(String machine, String cpu, String jdk, String baseline, List<Run> runs) {}

    /**
     * One inspection.
     *
     * @param slowed the kernel slowed on purpose, empty for none
     * @param load processes that wanted a processor when it began, averaged over the last minute; -1 where the system
     *     does not tell
     * @param named the kernels that the gate called slower
     * @param least the kernel that looked slowest in the end, slowed one apart
     * @param leastChange its ratio, of the accepted one
     */
    record Run(
            String slowed,
            String date,
            double load,
            long seconds,
            List<String> named,
            String least,
            double leastChange) {}

    /** Takes nothing. Ends with 1 if a run went wrong. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Baseline baseline = Baseline.ofThisMachine().orElse(null);
        if (baseline == null) {
            System.err.println("Nothing is accepted on a machine like this yet: " + Gate.ACCEPT);
            System.exit(2);
            return;
        }
        Log log = begun(baseline);
        List<String> plan = plan(List.copyOf(baseline.ratios().keySet()));
        while (log.runs().size() < plan.size()) {
            String slowed = plan.get(log.runs().size());
            log.runs().add(run(slowed, baseline));
            Files.writeString(FILE, GSON.toJson(log) + "\n");
            tell(log.runs().getLast(), log.runs().size(), plan.size());
        }
        long wrong = log.runs().stream().filter(run -> !asItShould(run)).count();
        System.out.println(plan.size() + " runs, " + wrong + " not as they should be");
        System.exit(wrong == 0 ? 0 : 1);
    }

    /** Unchanged ones, and after every fourth one that slows a kernel: from the first to the last, at even steps. */
    static List<String> plan(List<String> kernels) {
        List<String> plan = new ArrayList<>();
        for (int i = 0; i < SLOWED; i++) {
            plan.addAll(Collections.nCopies(UNCHANGED / SLOWED, ""));
            plan.add(kernels.get(i * (kernels.size() - 1) / (SLOWED - 1)));
        }
        return plan;
    }

    static boolean asItShould(Run run) {
        return run.named().equals(run.slowed().isEmpty() ? List.of() : List.of(run.slowed()));
    }

    private static Log begun(Baseline baseline) throws IOException {
        if (Files.exists(FILE)) {
            Log log = GSON.fromJson(Files.readString(FILE), Log.class);
            if (log.machine().equals(baseline.machine()) && log.baseline().equals(baseline.date())) {
                System.out.println("Going on after " + log.runs().size() + " runs.");
                return log;
            }
        }
        return new Log(baseline.machine(), baseline.cpu(), baseline.jdk(), baseline.date(), new ArrayList<>());
    }

    private static Run run(String slowed, Baseline baseline) throws IOException, InterruptedException {
        String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        long start = System.nanoTime();
        List<Finding> findings = new Inspection(new Forks(slowed), line -> {}).against(baseline.accepted());
        Finding least = findings.stream()
                .filter(each -> !each.kernel().equals(slowed))
                .min(Comparator.comparingDouble(Finding::change))
                .orElseThrow();
        return new Run(
                slowed,
                date,
                Math.round(100 * load) / 100.0,
                (System.nanoTime() - start) / 1_000_000_000,
                findings.stream()
                        .filter(each -> each.verdict() == Verdict.SLOWER)
                        .map(Finding::kernel)
                        .toList(),
                least.kernel(),
                Math.round(1e4 * least.change()) / 1e4);
    }

    private static void tell(Run run, int number, int of) {
        System.out.printf(
                Locale.ROOT,
                "%2d of %d  %-30s named: %s; least otherwise %s %+.1f %%; %d s, load %.1f%s%n",
                number,
                of,
                run.slowed().isEmpty() ? "unchanged" : run.slowed() + " slowed",
                run.named().isEmpty() ? "none" : String.join(", ", run.named()),
                run.least(),
                100 * (run.leastChange() - 1),
                run.seconds(),
                run.load(),
                asItShould(run) ? "" : "  WRONG");
    }
}
