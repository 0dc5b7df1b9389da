package dev.lanewise.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells a person how far a run is: the plan first, then a line for each fork. */
final class Progress implements Alternation.Listener {

    private final int rounds;
    private final long start = System.nanoTime();
    private int total;
    private int done;
    private int failures;

    Progress(List<Case> cases, int rounds) {
        this.rounds = rounds;
        total = cases.size() * rounds;
        Map<String, Long> families = cases.stream()
                .collect(Collectors.groupingBy(Case::family, java.util.LinkedHashMap::new, Collectors.counting()));
        families.forEach((family, count) -> System.out.printf(Locale.ROOT, "%5d  %s%n", count, family));
        double seconds = rounds
                * cases.stream().mapToDouble(each -> each.timing().seconds()).sum();
        System.out.printf(
                Locale.ROOT, "%5d  cases, %d forks of each: about %.0f minutes%n", cases.size(), rounds, seconds / 60);
    }

    int failures() {
        return failures;
    }

    @Override
    public void measured(int round, Case what, double nanos) {
        done++;
        Work work = Work.of(what.name(), what.params());
        System.out.printf(
                Locale.ROOT,
                "%4.1f min left, round %d of %d  %-44s %-9s %s%n",
                minutesLeft(),
                round,
                rounds,
                what.group(),
                what.params().getOrDefault("engine", ""),
                rate(work, nanos));
    }

    @Override
    public void failed(int round, Case what, Exception why) {
        failures++;
        total -= rounds - round + 1;
        System.out.println("FAILED " + what.group() + " " + what.params().getOrDefault("engine", ""));
        why.printStackTrace(System.out);
    }

    private double minutesLeft() {
        double minutes = (System.nanoTime() - start) / 60e9;
        return minutes / done * (total - done);
    }

    private static String rate(Work work, double nanos) {
        return switch (work.unit()) {
            case FLOATING_POINT_OPERATIONS -> String.format(Locale.ROOT, "%9.1f GFLOP/s", work.amount() / nanos);
            case BYTES -> String.format(Locale.ROOT, "%9.1f GB/s", work.amount() / nanos);
            case ELEMENTS -> String.format(Locale.ROOT, "%9.3f ns per element", nanos / work.amount());
            case RECORDED_OPERATIONS -> String.format(Locale.ROOT, "%9.1f ns per operation", nanos / work.amount());
            case CALLS -> String.format(Locale.ROOT, "%9.1f us", nanos / 1000);
        };
    }
}
